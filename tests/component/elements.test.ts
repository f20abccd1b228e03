import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors';
import '../../src/ui/av-answer';
import type { AvAnswer } from '../../src/ui/av-answer';
import '../../src/ui/av-error';
import type { AvError } from '../../src/ui/av-error';
import '../../src/ui/av-model';
import type { AvModel } from '../../src/ui/av-model';
import '../../src/ui/av-overlay';
import type { AvOverlay } from '../../src/ui/av-overlay';
import '../../src/ui/av-picker';
import type { AvPicker } from '../../src/ui/av-picker';
import '../../src/ui/av-progress';
import type { AvProgress } from '../../src/ui/av-progress';
import '../../src/ui/av-question';
import type { AvQuestion } from '../../src/ui/av-question';
import '../../src/ui/av-thinking';
import type { AvThinking } from '../../src/ui/av-thinking';
import { analysisOf, capabilities, eventClue, modelInfo } from '../fixtures/fake-reasoner';
import { edit, reviewOf } from '../../src/clues/review';
import { auditPage, inside, mount, nextEvent } from './mount';

const told = [eventClue(1), eventClue(2), eventClue(3, 'cough')];
const review = reviewOf(told);
const trace = { id: 1, question: 'How many barks?', clues: told, review, text: '' };

function press(target: Element, key: string): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

describe('av-question', () => {
  const suggestions = ['How many people are there?'];

  it('is accessible, with a problem, too', async () => {
    const question = await mount<AvQuestion>('av-question', { suggestions });
    await auditPage();
    inside(question, '#ask').click();
    await question.updateComplete;
    await auditPage();
  });

  it('asks on Enter, without the space around it', async () => {
    const question = await mount<AvQuestion>('av-question', { value: '  How many? ' });
    const asked = nextEvent('av-ask');
    press(inside(question, '#question'), 'Enter');
    expect((await asked).question).toBe('How many?');
  });

  it('asks a suggestion', async () => {
    const question = await mount<AvQuestion>('av-question', { suggestions });
    const asked = nextEvent('av-ask');
    inside(question, '.suggestion').click();
    expect((await asked).question).toBe(suggestions[0]);
    expect(inside<HTMLTextAreaElement>(question, '#question').value).toBe(suggestions[0]);
  });

  it.each([
    ['  ', 'question-empty'],
    ['x'.repeat(1001), 'question-too-long'],
  ])('answers %j on the spot', async (value, code) => {
    const question = await mount<AvQuestion>('av-question', { value });
    let asked = 0;
    question.addEventListener('av-ask', () => (asked += 1));
    inside(question, '#ask').click();
    await question.updateComplete;
    expect(inside(question, '#problem').dataset['code']).toBe(code);
    expect(asked).toBe(0);
  });

  it('stops while it runs', async () => {
    const question = await mount<AvQuestion>('av-question', { running: true });
    const stopped = nextEvent('av-stop');
    inside(question, '#stop').click();
    await stopped;
  });
});

describe('av-answer', () => {
  it('is accessible', async () => {
    const analysis = analysisOf(told);
    await mount<AvAnswer>('av-answer', { run: { kind: 'done', ...trace, analysis } });
    await auditPage();
  });

  it('shows what the model said, and how often it is right', async () => {
    const analysis = analysisOf(told, { count: 12 });
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'done', ...trace, analysis },
      model: modelInfo,
      byHand: 11,
    });
    expect(inside(answer, '#count').textContent).toBe('12');
    expect(inside(answer, '#by-hand').textContent).toContain('11');
    expect(inside(answer, '#trust').textContent).toContain('81 %');
  });

  it('says what went into the answer, and whether the bare number agrees', async () => {
    const used = { frames: 58, heardSeconds: 600, soundSeconds: 600, note: null };
    const run = { kind: 'done', ...trace } as const;
    const answer = await mount<AvAnswer>('av-answer', {
      run: { ...run, analysis: analysisOf(told, { count: 3, bareCount: 5, used }) },
      model: { ...modelInfo, testWeights: true },
    });
    await auditPage();
    expect(inside(answer, '#used').textContent).toBe(
      '58 frames and 600 of 600 s of sound went into this answer.',
    );
    expect(inside(answer, '#agreement').textContent).toContain('it says 5');
    expect(inside(answer, '#test-weights').textContent).toContain('random');
    answer.run = { ...run, analysis: analysisOf(told, { count: 3, bareCount: 3 }) };
    await answer.updateComplete;
    expect(inside(answer, '#agreement').textContent).toContain('the same');
    expect(answer.shadowRoot?.querySelector('#used')).toBeNull();
  });

  it('follows the visitor, and keeps what the model said', async () => {
    const analysis = analysisOf(told);
    const changed = edit(trace.review, { kind: 'judge', id: 2, verdict: 'rejected' });
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'done', ...trace, review: changed, analysis },
    });
    await auditPage();
    expect(inside(answer, '#count').textContent).toBe('2');
    expect(inside(answer, '#model-count').textContent).toContain('The model said 3');
    const asked = nextEvent('av-edit');
    inside(answer, '#reset').click();
    expect((await asked).edit).toEqual({ kind: 'reset', clues: told });
  });

  it('keeps the trust in the model beside the model, and says nothing of the visitor', async () => {
    const analysis = analysisOf(told, { count: 12 });
    const changed = edit(trace.review, { kind: 'judge', id: 2, verdict: 'rejected' });
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'done', ...trace, review: changed, analysis },
      model: modelInfo,
    });
    expect(inside(answer, '#count').textContent).toBe('2');
    expect(inside(answer, '#model-count').textContent).toContain('said 12');
    expect(inside(answer, '#trust').textContent).toContain('81 %');
  });

  it('counts by hand where the model could not, or stopped early', async () => {
    const review = edit(reviewOf([]), { kind: 'add', clue: eventClue(1) });
    const none = { ...trace, clues: [], review };
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'done', ...none, analysis: analysisOf([], { covered: false, count: null }) },
    });
    await auditPage();
    expect(inside(answer, '#count').textContent).toBe('1');
    expect(inside(answer, '#not-covered')).toBeTruthy();
    answer.run = { kind: 'done', ...none, analysis: analysisOf([], { count: null }) };
    await answer.updateComplete;
    expect(inside(answer, '#model-count').textContent).toContain('gave no number');
    const changed = edit(trace.review, { kind: 'judge', id: 2, verdict: 'rejected' });
    answer.run = { kind: 'cancelled', ...trace, review: changed };
    await answer.updateComplete;
    await auditPage();
    expect(inside(answer, '#count').textContent).toBe('2');
    expect(inside(answer, '#model-count').textContent).toContain('had found 3');
  });

  it('counts kinds for an attribute', async () => {
    const cars = ['red car', 'blue car', 'red car'].map((label, at) => eventClue(at, label));
    const review = edit(reviewOf(cars), { kind: 'judge', id: 2, verdict: 'rejected' });
    const analysis = analysisOf(cars, { count: 2, category: 'attribute' });
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'done', ...trace, clues: cars, review, analysis },
    });
    expect(inside(answer, '#count').textContent).toBe('1');
  });

  it('ticks up while the model writes, and does not call that the count', async () => {
    const progress = { stage: 'reason', done: 0, total: 0, secondsLeft: null, seen: [] } as const;
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'running', ...trace, progress },
    });
    expect(inside(answer, '#count').textContent).toBe('3');
    expect(inside(answer, '#count').dataset['state']).toBe('running');
  });

  it('gives words and no number for what the model cannot count', async () => {
    const analysis = analysisOf([], { covered: false, count: null, answerText: 'No push-ups.' });
    const answer = await mount<AvAnswer>('av-answer', {
      run: { kind: 'done', ...trace, clues: [], analysis },
      model: modelInfo,
    });
    await auditPage();
    expect(answer.shadowRoot?.querySelector('#count')).toBeNull();
    expect(inside(answer, '#not-covered').textContent).toContain('No push-ups.');
    expect(inside(answer, '#not-covered').textContent).toContain('dog bark');
  });
});

describe('av-overlay', () => {
  const path = [
    { timestampSeconds: 1, box: [0, 0, 100, 50] },
    { timestampSeconds: 2, box: [100, 50, 200, 100] },
  ] as const;
  const clue = {
    kind: 'object',
    timestampSeconds: 1,
    box: path[0].box,
    label: 'car',
    path,
  } as const;

  it('lays boxes over the letterboxed picture', async () => {
    const overlay = await mount<AvOverlay>('av-overlay', {
      clues: reviewOf([clue]).clues,
      timeSeconds: 2,
      width: 200,
      height: 100,
    });
    // A 2 : 1 picture in a square: bars of 100 pixels above and below.
    Object.assign(overlay.style, {
      position: 'absolute',
      inset: '0',
      width: '400px',
      height: '400px',
    });
    const host = overlay.getBoundingClientRect();
    const box = inside(overlay, '.box').getBoundingClientRect();
    expect([box.left - host.left, box.top - host.top, box.width, box.height]).toEqual([
      200, 200, 200, 100,
    ]);
  });

  it('says how sure a box is, and what the visitor made of it', async () => {
    const doubtful = { ...clue, confidence: 0.3 };
    const review = edit(reviewOf([doubtful]), { kind: 'judge', id: 1, verdict: 'accepted' });
    const overlay = await mount<AvOverlay>('av-overlay', {
      ...{ clues: review.clues, timeSeconds: 1, width: 200, height: 100 },
    });
    expect(getComputedStyle(inside(overlay, '.box')).borderStyle).toBe('dashed');
    expect(inside(overlay, '.box').classList).toContain('accepted');
  });

  it('shows a box only while its object is in view', async () => {
    const overlay = await mount<AvOverlay>('av-overlay', {
      clues: reviewOf([clue]).clues,
      timeSeconds: 5,
      width: 200,
      height: 100,
    });
    expect(overlay.shadowRoot?.querySelector('.box')).toBeNull();
  });
});

describe('the smaller ones', () => {
  it('av-error says what to do, names the code and tries again', async () => {
    const error = new AppError('out-of-memory', 'The heap could not grow.');
    const element = await mount<AvError>('av-error', { error, retry: 'Ask again' });
    await auditPage();
    expect(inside(element, '#error').dataset['code']).toBe('out-of-memory');
    expect(inside(element, '[role=alert]').textContent).toContain('out-of-memory');
    const retried = nextEvent('av-retry');
    inside(element, 'button').click();
    await retried;
  });

  it('av-model tells what it can count and how often it is right', async () => {
    const model = await mount<AvModel>('av-model', {
      model: { kind: 'ready', info: modelInfo, refused: null },
      capabilities,
    });
    await auditPage();
    const words = inside(model, '#model').textContent;
    for (const part of ['dog bark', 'bottle', '81 %', 'Apache-2.0', '1.0.0', '14 MB', 'wasm']) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain('offline');
  });

  it('av-model shows how far the download is', async () => {
    const progress = { stage: 'fetch', done: 7e6, total: 14e6, bytesPerSecond: 1e6 } as const;
    const model = await mount<AvModel>('av-model', {
      model: { kind: 'loading', title: '', progress, previous: null },
    });
    await auditPage();
    const bar = inside(model, 'av-load-bar');
    expect(inside(bar, '[role=progressbar]').getAttribute('aria-valuenow')).toBe('50');
    expect(inside(bar, 'p').textContent).toContain('7.0 MB of 14 MB · 1.0 MB/s · 10 s left');
  });

  it('av-progress shows the real figures of the stage at work', async () => {
    const at = { stage: 'look', done: 12, total: 48, secondsLeft: 9 } as const;
    const progress = { ...at, seen: ['probe', 'look'] } as const;
    const line = await mount<AvProgress>('av-progress', { progress });
    await auditPage();
    expect(inside(line, '[aria-current=step]').textContent).toMatch(/Look\s+12 of 48\s*10 s left/);
    const listen = line.shadowRoot?.querySelectorAll('li')[1];
    expect(listen?.textContent).toContain('not needed');
    expect(listen?.querySelector('svg')).toBeNull();
  });

  it('av-thinking hides the tags, also one that has half arrived', async () => {
    const text = '<think>1 bark ;</thi';
    const thinking = await mount<AvThinking>('av-thinking', { text, writing: true });
    await auditPage();
    expect(inside(thinking, '#thinking').textContent).toBe('1 bark ;');
    expect(inside<HTMLDetailsElement>(thinking, 'details').open).toBe(true);
  });

  it('av-picker hands over a sample, a wish to record and a chosen file', async () => {
    const sample = {
      ...{
        id: 'dog',
        title: 'Dog',
        description: '',
        file: 'dog.ogg',
        poster: null,
        posterSmall: null,
        captions: null,
      },
      ...{ question: 'How many barks?', count: 3, credit: '' },
    };
    const picker = await mount<AvPicker>('av-picker', { samples: [sample] });
    await auditPage();
    const picked = nextEvent('av-sample');
    inside(picker, '[data-sample=dog]').click();
    expect((await picked).sample).toBe(sample);

    const wished = nextEvent('av-record');
    inside(picker, '#record').click();
    await wished;

    const files = new DataTransfer();
    files.items.add(new File(['x'], 'clip.mp4'));
    const input = inside<HTMLInputElement>(picker, '#file');
    input.files = files.files;
    const chosen = nextEvent('av-file');
    input.dispatchEvent(new Event('change'));
    expect((await chosen).file.name).toBe('clip.mp4');
  });
});
