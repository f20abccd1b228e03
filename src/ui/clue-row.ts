import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { clueSpan } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import { beliefWords, senseWords, stateWords } from './clue-words';
import { editShortcuts } from './edit-keys';
import { formatTime } from './format';
import { icon } from './icons';
import { labelWords } from './label-words';
import { isUncertain, markKind } from './timeline-marks';

export interface Row {
  readonly reviewed: ReviewedClue;
  /** From 0. */
  readonly index: number;
  readonly isCurrent: boolean;
  /** Whether Tab reaches its buttons. */
  readonly isInTabOrder: boolean;
  readonly isEditable: boolean;
  readonly isFormOpen: boolean;
}

export type RowWish = 'show' | 'accept' | 'reject' | 'adjust';

const senseIcons = { heard: 'audioLines', movement: 'footprints', object: 'eye' } as const;

/** One clue of the list: the moment as a button, and beside it what can be done about the clue. */
export function renderRow(row: Row, onWish: (wish: RowWish) => void): TemplateResult {
  const { reviewed, index, isCurrent, isInTabOrder, isEditable } = row;
  const { clue, verdict, origin } = reviewed;
  const [from, to] = clueSpan(clue);
  const badge = verdict === 'accepted' ? 'check' : origin === 'visitor' ? 'addMark' : null;
  return html`<button
      class="clue ${isUncertain(clue) ? 'unsure' : ''}"
      data-clue=${index + 1}
      aria-current=${isCurrent ? 'true' : nothing}
      aria-keyshortcuts=${isEditable ? `${editShortcuts} E` : nothing}
      tabindex=${isInTabOrder ? 0 : -1}
      @click=${() => onWish('show')}
    >
      <span class="number tabular"
        >${index + 1}${badge ? html`<span class="badge">${icon(badge)}</span>` : nothing}</span
      >
      <span class="label">${labelWords(clue.label)}</span>
      ${renderHow(reviewed)}
      <span class="when tabular">
        ${formatTime(from)}${
          to - from >= 0.05
            ? html`<span class="to"
                ><span aria-hidden="true">–</span
                ><span class="visually-hidden"> ${msg('to')} </span>${formatTime(to)}</span
              >`
            : nothing
        }
      </span>
    </button>
    ${isEditable ? renderTools(row, onWish) : nothing}`;
}

function renderHow(reviewed: ReviewedClue): TemplateResult {
  const { clue, origin } = reviewed;
  const words = stateWords(reviewed);
  const known = origin === 'model' ? [senseWords(clue)] : [];
  if (clue.confidence !== undefined && origin === 'model') known.push(beliefWords(clue.confidence));
  return html`<span class="how">
    ${words.length > 0 ? html`<strong>${words.join(msg(', '))}</strong>` : nothing}
    ${
      known.length > 0
        ? html`<span class="known">${icon(senseIcons[markKind(clue)])} ${known.join(' · ')}</span>`
        : nothing
    }
  </span>`;
}

function renderTools(
  { reviewed, index, isInTabOrder, isFormOpen }: Row,
  onWish: (wish: RowWish) => void,
): TemplateResult {
  const { verdict, origin } = reviewed;
  const number = index + 1;
  const isRejected = verdict === 'rejected';
  const [rejectWords, rejectIcon] = isRejected
    ? ([msg(str`Restore clue ${number}`), 'restore'] as const)
    : origin === 'visitor'
      ? ([msg(str`Remove clue ${number}`), 'trash'] as const)
      : ([msg(str`Reject clue ${number}`), 'close'] as const);
  const tabindex = isInTabOrder ? 0 : -1;
  return html`<div class="tools" role="group" aria-label=${msg(str`Clue ${number}`)}>
    <button
      class="tool accept"
      tabindex=${tabindex}
      aria-label=${msg(str`Accept clue ${number}`)}
      aria-pressed=${verdict === 'accepted'}
      title=${msg('Accept (Y)')}
      @click=${() => onWish('accept')}
    >
      ${icon('check')}
    </button>
    <button
      class="tool reject"
      tabindex=${tabindex}
      aria-label=${rejectWords}
      title=${isRejected ? msg('Restore (X)') : origin === 'visitor' ? msg('Remove (X)') : msg('Reject (X)')}
      @click=${() => onWish('reject')}
    >
      ${icon(rejectIcon)}
    </button>
    <button
      class="tool adjust"
      tabindex=${tabindex}
      aria-label=${msg(str`Change the times of clue ${number}`)}
      aria-expanded=${isFormOpen}
      title=${msg('Change times and label (E)')}
      @click=${() => onWish('adjust')}
    >
      ${icon('pencil')}
    </button>
  </div>`;
}
