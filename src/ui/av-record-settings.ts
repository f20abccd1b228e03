import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { localized, msg, str } from '@lit/localize';
import { recordSettingsStyles } from './av-recorder.styles';
import { RecordSettingsEvent } from './events';
import { icon } from './icons';
import { firstSettings, recordLengths, type RecordSettings } from './recorder-phase';
import type { Device, Devices } from './recording';
import { controls } from './theme';

/** An option of a row: its value and its words. */
type Choice = readonly [value: string, words: string];

/**
 * What to record from and for how long.
 *
 * @event av-record-settings
 */
@localized()
@customElement('av-record-settings')
export class AvRecordSettings extends LitElement {
  static override styles = [controls, recordSettingsStyles];

  @property({ attribute: false }) settings: RecordSettings = firstSettings;
  @property({ attribute: false }) devices: Devices = { cameras: [], microphones: [] };
  @property({ type: Boolean }) disabled = false;

  protected override render(): TemplateResult {
    const { cameras, microphones } = this.devices;
    const { soundOnly, cameraId, microphoneId, seconds } = this.settings;
    const sources: Choice[] = [
      ['picture', msg('Picture and sound')],
      ['sound', msg('Sound only')],
    ];
    const lengths = recordLengths.map((value): Choice => [String(value), msg(str`${value} s`)]);
    return html`<fieldset class="settings" ?disabled=${this.disabled}>
      <legend class="visually-hidden">${msg('Settings')}</legend>
      ${this.#renderRow('source', msg('Record'), sources, soundOnly ? 'sound' : 'picture')}
      ${this.#renderRow('length', msg('Length'), lengths, String(seconds))}
      ${soundOnly ? nothing : this.#renderDevices('camera', msg('Camera'), cameras, cameraId)}
      ${this.#renderDevices('microphone', msg('Microphone'), microphones, microphoneId)}
    </fieldset>`;
  }

  #renderRow(
    name: 'source' | 'length',
    legend: string,
    choices: readonly Choice[],
    chosen: string,
  ): TemplateResult {
    return html`<fieldset class="row" role="radiogroup">
      <legend>${legend}</legend>
      <div class="segments">
        ${choices.map(
          ([value, words]) =>
            html`<label>
              <input
                type="radio"
                name=${name}
                value=${value}
                .checked=${value === chosen}
                @change=${() =>
                  this.#change(
                    name === 'source'
                      ? { soundOnly: value === 'sound' }
                      : { seconds: Number(value) },
                  )}
              />
              <span>${words}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  /** Nothing where there is no choice, or the browser does not yet say what there is. */
  #renderDevices(
    name: 'camera' | 'microphone',
    label: string,
    devices: readonly Device[],
    chosen: string,
  ): TemplateResult | typeof nothing {
    if (devices.filter(({ id }) => id).length < 2) return nothing;
    return html`<label class="row">
      <span class="label">${label}</span>
      <span class="select">
        <select
          id=${name}
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            this.#change(name === 'camera' ? { cameraId: value } : { microphoneId: value });
          }}
        >
          ${devices.map(
            (device, index) =>
              html`<option value=${device.id} .selected=${device.id === chosen}>
                ${device.label || `${label} ${index + 1}`}
              </option>`,
          )}
        </select>
        ${icon('chevronDown')}
      </span>
    </label>`;
  }

  #change(settings: Partial<RecordSettings>): void {
    this.dispatchEvent(new RecordSettingsEvent({ ...this.settings, ...settings }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-record-settings': AvRecordSettings;
  }
}
