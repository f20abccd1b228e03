import { afterEach, describe, expect, it, vi } from 'vitest';
import { edit, reviewOf } from '../../src/clues/review';
import { readResult } from '../../src/results/result';
import { fromShareHash } from '../../src/results/share-link';
import type { AbsentVideo, DoneRun } from '../../src/state/state';
import '../../src/ui/av-takeaway';
import type { AvTakeaway } from '../../src/ui/av-takeaway';
import { analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';
import { auditPage, inside, mount } from './mount';

const clues = [eventClue(0.5), eventClue(1.25)];
const analysis = analysisOf(clues);
const run: DoneRun = {
  ...{ kind: 'done', id: 1, question: 'How many barks?', clues },
  ...{ review: reviewOf(clues), text: '<think>two</think>', analysis },
};
const video: AbsentVideo = { kind: 'absent', title: 'dog.mp4', media: analysis.media, seek: null };

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

async function opened(changes: Partial<AvTakeaway> = {}): Promise<AvTakeaway> {
  const element = await mount<AvTakeaway>('av-takeaway', {
    ...{ video, run, model: modelInfo },
    ...changes,
  });
  inside(element, '#takeaway').click();
  await vi.waitFor(() => expect(inside<HTMLInputElement>(element, '#link').value).toContain('#r='));
  return element;
}

/** What is written to the clipboard from now on. */
function clipboard(): string[] {
  const written: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    written.push(text);
    return Promise.resolve();
  });
  return written;
}

/** The files that go to the downloads from now on. */
function downloads(): { file: File; name: string }[] {
  const found: { file: File; name: string }[] = [];
  let file: File | undefined;
  const make = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
    file = object as File;
    return make(object);
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    if (file) found.push({ file, name: this.download });
  });
  return found;
}

describe('av-takeaway', () => {
  it('is accessible, closed and open', async () => {
    const element = await mount<AvTakeaway>('av-takeaway', { video, run, model: modelInfo });
    await auditPage();
    await element.open();
    await element.updateComplete;
    await auditPage();
  });

  it('is nothing without an answer', async () => {
    const element = await mount<AvTakeaway>('av-takeaway', { video, run: null });
    expect(element.shadowRoot?.children).toHaveLength(0);
  });

  it('opens by its button, closes and gives the focus back', async () => {
    const element = await opened();
    const dialog = inside<HTMLDialogElement>(element, 'dialog');
    expect(dialog.matches(':modal')).toBe(true);
    expect(element.shadowRoot?.activeElement?.id).toBe('close');
    inside(element, '#close').click();
    expect(dialog.open).toBe(false);
    await vi.waitFor(() => expect(element.shadowRoot?.activeElement?.id).toBe('takeaway'));
  });

  it('copies the words and the link, and says so', async () => {
    const written = clipboard();
    const element = await opened();
    inside(element, '#copy-text').click();
    await vi.waitFor(() => expect(inside(element, '#said').textContent).toBe('Copied'));
    expect(inside(element, '#copy-text').textContent).toContain('Copied');
    inside(element, '#copy-link').click();
    await vi.waitFor(() => expect(written).toHaveLength(2));
    expect(written[0]).toContain('How many barks?\nCount: 2');
    expect(written[1]).toBe(inside<HTMLInputElement>(element, '#link').value);
    expect(fromShareHash(new URL(written[1]!).hash).review.clues).toHaveLength(2);
  });

  it('gives the words to be copied by hand where the browser does not allow it', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no'));
    const element = await opened();
    inside(element, '#copy-text').click();
    await vi.waitFor(() =>
      expect(inside<HTMLTextAreaElement>(element, '#by-hand').value).toContain('Count: 2'),
    );
    await auditPage();
  });

  it('saves files of three kinds under names of the video', async () => {
    const found = downloads();
    const element = await opened();
    for (const kind of ['json', 'csv', 'vtt']) inside(element, `#${kind}`).click();
    await element.updateComplete;
    expect(found.map(({ name }) => name)).toEqual([
      ...['dog-count.json', 'dog-clues.csv', 'dog-clues.vtt'],
    ]);
    const [json, csv, vtt] = await Promise.all(found.map(({ file }) => file.text()));
    expect(readResult(json!)).toMatchObject({ question: 'How many barks?', answer: { count: 2 } });
    expect(csv!.split('\r\n')).toHaveLength(4);
    expect(vtt).toMatch(/^WEBVTT\n/);
    expect(inside(element, '#said').textContent).toContain('Saved');
  });

  it('takes along what the visitor made of it, also while it is open', async () => {
    const element = await opened();
    const before = inside<HTMLInputElement>(element, '#link').value;
    const review = edit(run.review, { kind: 'judge', id: 1, verdict: 'rejected' });
    element.run = { ...run, review };
    await vi.waitFor(() =>
      expect(inside<HTMLInputElement>(element, '#link').value).not.toBe(before),
    );
    const { hash } = new URL(inside<HTMLInputElement>(element, '#link').value);
    expect(fromShareHash(hash).review).toMatchObject({ count: 1 });
  });

  it('has a code, and words in its place where there is too much for one', async () => {
    const element = await opened();
    expect(inside(element, '#code path').getAttribute('d')?.length).toBeGreaterThan(1000);
    const many = Array.from({ length: 900 }, (_, i) =>
      eventClue(i * 3 + Math.abs(Math.sin(i * i))),
    );
    element.run = { ...run, clues: many, review: reviewOf(many), analysis: analysisOf(many) };
    await vi.waitFor(() => expect(inside(element, '.no-code').textContent).toContain('too many'));
    expect(inside(element, '#left-out').textContent).toContain('characters it is long');
    await auditPage();
  });
});
