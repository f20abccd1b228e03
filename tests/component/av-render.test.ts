import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Clue } from '../../src/clues/clue';
import '../../src/ui/av-render';
import type { AvRender } from '../../src/ui/av-render';
import { fixture } from './barcode';
import { auditPage, inside, mount } from './mount';

const clues: readonly Clue[] = [
  { kind: 'event', startSeconds: 0.4, endSeconds: 0.6, label: 'beep' },
];

/** Downloads that the page began, by name; none reaches the disk. */
const saved: string[] = [];
function catchDownload(event: MouseEvent): void {
  const link = event.composedPath()[0];
  if (!(link instanceof HTMLAnchorElement) || !link.download) return;
  event.preventDefault();
  saved.push(link.download);
}
document.addEventListener('click', catchDownload);

afterEach(() => {
  document.body.replaceChildren();
  saved.length = 0;
});

async function mountRender(name: string, type?: string): Promise<AvRender> {
  const file = await fixture(name, type);
  const question = 'How many beeps are there?';
  return mount<AvRender>('av-render', { file, clues, question, count: 1 });
}

describe('av-render', () => {
  it('is accessible, and saves the video under a good name', async () => {
    const element = await mountRender('barcode-plain.mp4');
    await auditPage();
    inside(element, '#save').click();
    await vi.waitFor(() => expect(saved).toEqual(['barcode-plain-counted.mp4']), 20_000);
    await auditPage();
    const again = inside<HTMLAnchorElement>(element, '#again');
    again.click();
    expect(saved).toHaveLength(2);
    const made = await (await fetch(again.href)).blob();
    expect(made.type).toBe('video/mp4');
    expect(made.size).toBeGreaterThan(1000);
  });

  it('tells how far it is, and can be cancelled', async () => {
    const element = await mountRender('minute.mp4');
    inside(element, '#save').focus();
    inside(element, '#save').click();
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.id).toBe('cancel');
    const percent = () => Number(inside(element, '[role=progressbar]').ariaValueNow);
    await vi.waitFor(() => expect(percent()).toBeGreaterThan(0), 20_000);
    await auditPage();
    inside(element, '#cancel').click();
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.id).toBe('save');
    // What the worker sent before it ended must not bring the progress back.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(element.shadowRoot?.querySelector('[role=progressbar]')).toBeNull();
    expect(saved).toEqual([]);
  });

  it('says what is wrong, and tries again', async () => {
    const element = await mountRender('text.mp4');
    inside(element, '#save').click();
    await vi.waitFor(() => expect(inside(element, 'av-error')).toBeTruthy(), 20_000);
    await auditPage();
    const error = inside(element, 'av-error');
    expect(inside(error, '#error').dataset['code']).toBe('render-failed');
    const retries = vi.fn();
    document.body.addEventListener('av-retry', retries, { once: true });
    inside(error, 'button').click();
    await vi.waitFor(() => expect(inside(element, '[role=progressbar]')).toBeTruthy());
    expect(retries).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(inside(element, 'av-error')).toBeTruthy(), 20_000);
  });

  it('stops when it leaves the page, and forgets what was of another file', async () => {
    const element = await mountRender('minute.mp4');
    inside(element, '#save').click();
    await vi.waitFor(() => expect(inside(element, '[role=progressbar]')).toBeTruthy());
    element.remove();
    document.body.append(element);
    await element.updateComplete;
    expect(inside(element, '#save')).toBeTruthy();
    inside(element, '#save').click();
    await vi.waitFor(() => expect(inside(element, '[role=progressbar]')).toBeTruthy());
    element.file = await fixture('barcode-plain.mp4');
    await element.updateComplete;
    expect(inside(element, '#save')).toBeTruthy();
  });

  it('has nothing to offer for a still picture', async () => {
    const element = await mountRender('picture.png', 'image/png');
    expect(element.shadowRoot?.querySelector('button')).toBeNull();
  });
});
