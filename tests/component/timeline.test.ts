import { describe, expect, it, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import type { Clue } from '../../src/clues/clue';
import { clueSpan } from '../../src/clues/clue-time';
import { edit, reviewOf, type Edit, type ReviewedClue } from '../../src/clues/review';
import '../../src/ui/av-timeline';
import type { AvTimeline } from '../../src/ui/av-timeline';
import { Filmstrip } from '../../src/ui/filmstrip';
import { eventClue } from '../fixtures/fake-reasoner';
import clipUrl from '../fixtures/media/clip.mp4?url';
import { auditPage, inside, mount, nextEvent } from './mount';

const told = [eventClue(1), eventClue(2), eventClue(3, 'cough')];
const { clues } = reviewOf(told);
const properties = { clues, endSeconds: 10, timeSeconds: 5 };
const car: Clue = { kind: 'object', timestampSeconds: 6, box: [0, 0, 9, 9], label: 'car' };
const jump: Clue = { ...eventClue(7), path: [{ timestampSeconds: 7, box: [0, 0, 9, 9] }] };

const mountTimeline = (changes: Partial<AvTimeline> = {}): Promise<AvTimeline> =>
  mount<AvTimeline>('av-timeline', { ...properties, ...changes });

const trackOf = (timeline: AvTimeline): HTMLElement => inside(timeline, '#track');

function press(target: Element, key: string, keys: KeyboardEventInit = {}): void {
  const options = { key, bubbles: true, composed: true, cancelable: true, ...keys };
  target.dispatchEvent(new KeyboardEvent('keydown', options));
}

/** Where a moment stands in the one lane of a timeline without frames, from the track's corner. */
function placeOf(timeline: AvTimeline, seconds: number): { x: number; y: number } {
  const { clientWidth, clientHeight } = trackOf(timeline);
  const zoom = Number.parseFloat(inside(timeline, '#whole').textContent);
  expect(zoom).toBe(1);
  return { x: (seconds / timeline.endSeconds) * clientWidth, y: (20 + clientHeight) / 2 };
}

/** Drags with a real mouse from one moment to another. */
async function dragBetween(timeline: AvTimeline, from: number, to: number): Promise<void> {
  const track = trackOf(timeline);
  await userEvent.dragAndDrop(track, track, {
    sourcePosition: placeOf(timeline, from),
    targetPosition: placeOf(timeline, to),
    steps: 5,
  });
}

function editsOf(timeline: AvTimeline): Edit[] {
  const edits: Edit[] = [];
  timeline.addEventListener('av-edit', (event) => edits.push(event.edit));
  return edits;
}

/** The colour of the canvas at a moment, in the middle of the one lane, when it has been painted. */
async function colourAt(timeline: AvTimeline, seconds: number): Promise<number[]> {
  await painted(timeline);
  const canvas = inside<HTMLCanvasElement>(timeline, 'canvas');
  const { x, y } = placeOf(timeline, seconds);
  const density = canvas.width / canvas.clientWidth;
  const { data } = canvas.getContext('2d')!.getImageData(x * density, y * density, 1, 1);
  return [...data];
}

async function painted(timeline: AvTimeline): Promise<void> {
  await timeline.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

describe('av-timeline', () => {
  const judged = (
    [
      { kind: 'judge', id: 1, verdict: 'accepted' },
      { kind: 'judge', id: 2, verdict: 'rejected' },
      { kind: 'add', clue: eventClue(9) },
    ] as Edit[]
  ).reduce(edit, reviewOf([...told, car, jump, { ...eventClue(8), confidence: 0.2 }])).clues;

  it.each<[string, Partial<AvTimeline>]>([
    ['empty', { clues: [] }],
    ['with clues', {}],
    ['with every kind and state', { clues: judged, editable: true, current: 2 }],
    ['as the stage of a sound', { peaks: Float32Array.of(0, 0.5, 1, 0.2), tall: true }],
    ['while the model sweeps', { swept: 0.4 }],
  ])('is accessible %s', async (_name, changes) => {
    const timeline = await mountTimeline(changes);
    await auditPage();
    inside(timeline, '#zoom-in').click();
    await timeline.updateComplete;
    await auditPage();
  });

  it('says in words what its marks mean', async () => {
    const timeline = await mountTimeline({ clues: judged });
    const words = [...inside(timeline, '.legend').querySelectorAll('li')].map(
      ({ textContent }) => textContent,
    );
    expect(words).toEqual([
      ...['heard', 'movement', 'thing', 'unsure', 'accepted', 'rejected', 'yours'],
    ]);
  });

  it.each([
    ['ArrowRight', 5.1],
    ['ArrowLeft', 4.9],
    ['PageUp', 6],
    ['Home', 0],
    ['End', 10],
  ])('moves with %s', async (key, timeSeconds) => {
    const timeline = await mountTimeline();
    const asked = nextEvent('av-seek');
    press(trackOf(timeline), key);
    expect((await asked).timeSeconds).toBeCloseTo(timeSeconds, 5);
  });

  it('seeks where it is clicked, and picks the clue whose mark is clicked', async () => {
    const timeline = await mountTimeline();
    const track = trackOf(timeline);
    const asked = nextEvent('av-seek');
    await userEvent.click(track, { position: { x: track.clientWidth * 0.75, y: 5 } });
    const { timeSeconds, clueId } = await asked;
    expect(timeSeconds).toBeCloseTo(7.5, 1);
    expect(clueId).toBeNull();
    const picked = nextEvent('av-seek');
    await userEvent.click(track, { position: placeOf(timeline, 3.15) });
    expect(await picked).toMatchObject({ timeSeconds: 3, clueId: 3 });
  });

  it('goes from clue to clue', async () => {
    const timeline = await mountTimeline({ current: 1 });
    const asked = nextEvent('av-seek');
    inside(timeline, '[aria-label="Next clue"]').click();
    expect(await asked).toMatchObject({ timeSeconds: 3, clueId: 3 });
  });

  it('draws what is kept full, what is unsure hatched, what is rejected hollow', async () => {
    const long = (confidence: number): Clue => ({
      ...{ kind: 'event', label: 'rain', startSeconds: 2, endSeconds: 8, confidence },
    });
    const yellow = [255, 212, 58, 255];
    const timeline = await mountTimeline({ clues: reviewOf([long(0.9)]).clues });
    expect(await colourAt(timeline, 5)).toEqual(yellow);
    expect(await colourAt(timeline, 9)).not.toEqual(yellow);
    const shares = async (shown: readonly ReviewedClue[]): Promise<number> => {
      timeline.clues = shown;
      const colours = [];
      for (let time = 4; time < 7; time += 0.05) colours.push(await colourAt(timeline, time));
      return colours.filter((colour) => String(colour) === String(yellow)).length / colours.length;
    };
    expect(await shares(reviewOf([long(0.9)]).clues)).toBe(1);
    expect(await shares(reviewOf([long(0.3)]).clues)).toBeLessThan(0.7);
    const rejected = edit(reviewOf([long(0.9)]), { kind: 'judge', id: 1, verdict: 'rejected' });
    expect(await shares(rejected.clues)).toBe(0);
  });
});

describe('zoom', () => {
  const zoomOf = (timeline: AvTimeline): string => inside(timeline, '#whole').textContent.trim();

  it('goes by buttons, keys and wheel from 1× to 64×', async () => {
    const timeline = await mountTimeline();
    expect(inside<HTMLButtonElement>(timeline, '#zoom-out').disabled).toBe(true);
    for (let i = 0; i < 3; i += 1) {
      inside(timeline, '#zoom-in').click();
      await timeline.updateComplete;
    }
    expect(zoomOf(timeline)).toBe('8×');
    press(trackOf(timeline), '-');
    await timeline.updateComplete;
    expect(zoomOf(timeline)).toBe('4×');
    const wheel = (init: WheelEventInit): boolean =>
      trackOf(timeline).dispatchEvent(
        new WheelEvent('wheel', { cancelable: true, bubbles: true, ...init }),
      );
    expect(wheel({ deltaY: -2000, ctrlKey: true })).toBe(false);
    await timeline.updateComplete;
    expect(zoomOf(timeline)).toBe('64×');
    expect(inside<HTMLButtonElement>(timeline, '#zoom-in').disabled).toBe(true);
    inside(timeline, '#whole').click();
    await timeline.updateComplete;
    expect(zoomOf(timeline)).toBe('1×');
    // A wheel without a modifier scrolls the page.
    expect(wheel({ deltaY: 100 })).toBe(true);
  });

  it('moves by finer steps when zoomed', async () => {
    const timeline = await mountTimeline();
    press(trackOf(timeline), '+');
    press(trackOf(timeline), '+');
    const asked = nextEvent('av-seek');
    press(trackOf(timeline), 'ArrowRight');
    expect((await asked).timeSeconds).toBeCloseTo(5.025, 5);
  });

  it('follows the playhead, but not when it was scrolled away from it', async () => {
    const timeline = await mountTimeline();
    for (let i = 0; i < 3; i += 1) press(trackOf(timeline), '+');
    const now = (): number => Number.parseFloat(trackOf(timeline).style.getPropertyValue('--now'));
    await timeline.updateComplete;
    for (let time = 5; time < 8; time += 0.1) {
      timeline.timeSeconds = time;
      await timeline.updateComplete;
      expect(now()).toBeGreaterThanOrEqual(0);
      expect(now()).toBeLessThanOrEqual(1);
    }
    const shift = { deltaX: -4000, bubbles: true, cancelable: true };
    trackOf(timeline).dispatchEvent(new WheelEvent('wheel', shift));
    timeline.timeSeconds += 0.1;
    await timeline.updateComplete;
    expect(now()).toBeGreaterThan(1);
    // A jump brings it back.
    timeline.timeSeconds = 2;
    await timeline.updateComplete;
    expect(now()).toBeLessThanOrEqual(1);
  });

  it('is pinched with two fingers', async () => {
    const timeline = await mountTimeline();
    const { left, top, width } = trackOf(timeline).getBoundingClientRect();
    const frame = window.frameElement?.getBoundingClientRect();
    const point = (share: number, id: number) => ({
      ...{ id, x: left + share * width + (frame?.left ?? 0), y: top + 30 + (frame?.top ?? 0) },
    });
    const touch = (type: string, touchPoints: unknown[]): Promise<unknown> =>
      (cdp() as { send(name: string, params: unknown): Promise<unknown> }).send(
        'Input.dispatchTouchEvent',
        { type, touchPoints },
      );
    await touch('touchStart', [point(0.45, 1)]);
    await touch('touchStart', [point(0.45, 1), point(0.55, 2)]);
    await touch('touchMove', [point(0.35, 1), point(0.65, 2)]);
    await touch('touchMove', [point(0.25, 1), point(0.75, 2)]);
    await touch('touchEnd', []);
    await timeline.updateComplete;
    expect(Number.parseFloat(zoomOf(timeline))).toBeCloseTo(5, 0);
  });
});

describe('editing with the pointer', () => {
  const one = reviewOf([{ ...eventClue(4), endSeconds: 6 } as Clue]).clues;

  it('moves a mark by one edit, to a hundredth, and shows the moment on the way', async () => {
    const timeline = await mountTimeline({ clues: one, editable: true });
    const edits = editsOf(timeline);
    const sought: number[] = [];
    timeline.addEventListener('av-seek', ({ timeSeconds }) => sought.push(timeSeconds));
    await dragBetween(timeline, 5, 7);
    expect(edits).toHaveLength(1);
    const [change] = edits;
    if (change?.kind !== 'change') throw new Error('Not a change.');
    const [from, to] = clueSpan(change.clue);
    expect(from).toBeCloseTo(6, 1);
    expect(from).toBe(Math.round(from * 100) / 100);
    expect(to - from).toBeCloseTo(2, 6);
    expect(sought.length).toBeGreaterThan(1);
    expect(sought.at(-1)).toBe(from);
  });

  it.each([
    ['start', 4, 3, [3, 6]],
    ['end', 6, 8.5, [4, 8.5]],
    ['end, not past its start', 6, 1, [4, 4.01]],
  ])('resizes a mark at its %s', async (_name, at, to, span) => {
    const timeline = await mountTimeline({ clues: one, editable: true });
    const edits = editsOf(timeline);
    await dragBetween(timeline, at, to);
    expect(edits).toHaveLength(1);
    const [change] = edits;
    if (change?.kind !== 'change') throw new Error('Not a change.');
    const [from = 0, until = 0] = clueSpan(change.clue);
    expect(from).toBeCloseTo(span[0]!, 1);
    expect(until).toBeCloseTo(span[1]!, 1);
  });

  it('shows the drag before it is done, and Escape takes it back', async () => {
    const timeline = await mountTimeline({ clues: one, editable: true });
    const edits = editsOf(timeline);
    const { left, top } = trackOf(timeline).getBoundingClientRect();
    const pointer = (type: string, seconds: number): void => {
      const { x, y } = placeOf(timeline, seconds);
      const at = { clientX: left + x, clientY: top + y, pointerId: 1, button: 0, bubbles: true };
      trackOf(timeline).dispatchEvent(new PointerEvent(type, at));
    };
    pointer('pointerdown', 5);
    pointer('pointermove', 7);
    await timeline.updateComplete;
    expect(inside(timeline, '.bubble').textContent.trim()).toBe('0:06.00 – 0:08.00');
    expect(await colourAt(timeline, 7.5)).toEqual([255, 212, 58, 255]);
    press(trackOf(timeline), 'Escape');
    pointer('pointerup', 7);
    await timeline.updateComplete;
    expect(timeline.shadowRoot?.querySelector('.bubble')).toBeNull();
    expect(edits).toEqual([]);
  });

  it('does not move what may not be edited', async () => {
    const timeline = await mountTimeline({ clues: one });
    const edits = editsOf(timeline);
    await dragBetween(timeline, 5, 7);
    expect(edits).toEqual([]);
  });

  it('a finger scrubs past a mark, and drags the one that it has picked', async () => {
    const timeline = await mountTimeline({ clues: one, editable: true });
    const edits = editsOf(timeline);
    const { left, top } = trackOf(timeline).getBoundingClientRect();
    const drag = (): void => {
      for (const [type, seconds] of [
        ['pointerdown', 5],
        ['pointermove', 6],
        ['pointermove', 7],
        ['pointerup', 7],
      ] as const) {
        const { x, y } = placeOf(timeline, seconds);
        const at = { clientX: left + x, clientY: top + y, pointerId: 1, button: 0, bubbles: true };
        trackOf(timeline).dispatchEvent(new PointerEvent(type, { ...at, pointerType: 'touch' }));
      }
    };
    drag();
    expect(edits).toEqual([]);
    timeline.current = 0;
    await timeline.updateComplete;
    drag();
    expect(edits).toHaveLength(1);
  });

  it('adds by a double click, the button and a key', async () => {
    const timeline = await mountTimeline({ clues: one, editable: true });
    const added = nextEvent('av-add-clue');
    await userEvent.dblClick(trackOf(timeline), { position: placeOf(timeline, 8) });
    expect((await added).timeSeconds).toBeCloseTo(8, 1);
    const byButton = nextEvent('av-add-clue');
    inside(timeline, '#add').click();
    expect((await byButton).timeSeconds).toBe(5);
    const byKey = nextEvent('av-add-clue');
    press(trackOf(timeline), 'a');
    expect((await byKey).timeSeconds).toBe(5);
  });

  it('accepts, rejects and nudges the current clue by key', async () => {
    const timeline = await mountTimeline({ clues: one, editable: true, current: 0 });
    const edits = editsOf(timeline);
    press(trackOf(timeline), 'Enter');
    press(trackOf(timeline), 'x');
    press(trackOf(timeline), 'ArrowRight', { altKey: true });
    expect(edits).toMatchObject([
      { kind: 'judge', id: 1, verdict: 'accepted' },
      { kind: 'judge', id: 1, verdict: 'rejected' },
      { kind: 'change', id: 1, clue: { startSeconds: 4.05, endSeconds: 6.05 } },
    ]);
  });
});

describe('5,000 clues', () => {
  const many = reviewOf(Array.from({ length: 5000 }, (_, at) => eventClue(at * 0.7))).clues;

  it('are a handful of nodes and a bounded number of strokes, at any zoom', async () => {
    const timeline = await mountTimeline({ clues: many, endSeconds: 3500, editable: true });
    const nodes = (): number => timeline.shadowRoot?.querySelectorAll('*').length ?? 0;
    const few = nodes();
    expect(few).toBeLessThan(120);
    for (let i = 0; i < 7; i += 1) {
      await painted(timeline);
      const pieces = Number(inside(timeline, 'canvas').dataset['pieces']);
      expect(pieces).toBeGreaterThan(0);
      expect(pieces).toBeLessThan(400);
      inside(timeline, '#zoom-in').click();
      await timeline.updateComplete;
    }
    // The overview is all that came with the zoom.
    expect(nodes()).toBeLessThanOrEqual(few + 4);
    await auditPage();
  });

  it('are not drawn again while only the playhead moves', async () => {
    const timeline = await mountTimeline({ clues: many, endSeconds: 3500 });
    // The second time for the measure of its box, which comes a refresh later.
    await painted(timeline);
    await painted(timeline);
    const clear = vi.spyOn(CanvasRenderingContext2D.prototype, 'clearRect');
    try {
      for (let time = 5; time < 6; time += 0.1) {
        timeline.timeSeconds = time;
        await painted(timeline);
      }
      expect(clear).not.toHaveBeenCalled();
      timeline.current = 3;
      await painted(timeline);
      expect(clear).toHaveBeenCalledTimes(1);
    } finally {
      clear.mockRestore();
    }
  });
});

describe('the filmstrip', () => {
  async function objectUrl(): Promise<string> {
    return URL.createObjectURL(await (await fetch(clipUrl)).blob());
  }

  it('makes the frames that are asked for last, and no others', async () => {
    const url = await objectUrl();
    let came = 0;
    const film = new Filmstrip(url, () => (came += 1));
    film.show([0.1, 0.2, 0.3, 0.4]);
    film.show([0.5, 0.7]);
    await vi.waitFor(() => expect(came).toBe(2), 20_000);
    expect(film.size).toBe(2);
    expect(film.frameAt(0.7)).not.toBe(film.frameAt(0.5));
    expect(film.frameAt(0.1)).toBe(film.frameAt(0.5));
    film.dispose();
    URL.revokeObjectURL(url);
  });

  it('shows nothing, and says nothing, for what is no video', async () => {
    const url = URL.createObjectURL(new Blob(['no video']));
    const film = new Filmstrip(url, () => expect.unreachable());
    film.show([0.5]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(film.size).toBe(0);
    URL.revokeObjectURL(url);
  });

  it('gives the timeline a strip when the first frame has come', async () => {
    const src = await objectUrl();
    const timeline = await mountTimeline({ clues: [], endSeconds: 2, src });
    const before = trackOf(timeline).clientHeight;
    await vi.waitFor(() => expect(trackOf(timeline).clientHeight).toBeGreaterThan(before), 20_000);
    await auditPage();
    URL.revokeObjectURL(src);
  });
});
