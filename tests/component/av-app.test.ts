import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors';
import { Session } from '../../src/state/session';
import '../../src/ui/av-app';
import type { AvApp } from '../../src/ui/av-app';
import { FakeReasoner, analysisOf, eventClue } from '../fixtures/fake-reasoner';
import { silentWav } from './clips';
import { auditPage, inside, mount } from './mount';

let api: FakeReasoner;
let session: Session;
let app: AvApp;

beforeEach(async () => {
  api = new FakeReasoner();
  session = new Session(api, {
    model: { kind: 'url', manifestUrl: 'nano/manifest.json' },
    modelsUrl: new URL('no-models-here.json', document.baseURI).href,
    samplesUrl: new URL('no-samples-here.json', document.baseURI).href,
  });
  await session.start();
  app = await mount<AvApp>('av-app', { session });
  // The app brings its own <main>.
  document.body.replaceChildren(app);
  await app.updateComplete;
});

afterEach(() => {
  session.dispose();
  document.body.replaceChildren();
});

const workspace = (): Element => inside(app, 'av-workspace');

async function ask(question: string) {
  await vi.waitFor(() => {
    inside<HTMLTextAreaElement>(inside(workspace(), 'av-question'), '#question').value = question;
  });
  inside(inside(workspace(), 'av-question'), '#ask').click();
  return vi.waitFor(() => {
    const run = api.runs.at(-1);
    if (run?.request.question !== question) throw new Error('not asked yet');
    return run;
  });
}

function drop(file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
}

describe('av-app', () => {
  it('is accessible while it is empty, and promises privacy', async () => {
    await auditPage();
    expect(inside(app, '#privacy').textContent).toContain('never leaves this device');
  });

  it('takes a drop anywhere', async () => {
    drop(silentWav());
    await vi.waitFor(() =>
      expect(inside(workspace(), '#video-title').textContent).toBe('silence.wav'),
    );
    await auditPage();
  });

  it('takes a paste anywhere', async () => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(silentWav());
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    await vi.waitFor(() => expect(inside(workspace(), 'av-player')).toBeTruthy());
  });

  it('goes from the question to the count, and from a clue to its moment', async () => {
    drop(silentWav());
    await app.updateComplete;
    const run = await ask('How many barks?');
    await run.emit({ kind: 'text', text: '<think>1 dog bark 0.50 0.80 ;' });
    await run.emit({ kind: 'clue', clue: eventClue(0.5) });
    await vi.waitFor(() =>
      expect(inside(inside(workspace(), 'av-answer'), '#count').textContent).toBe('1'),
    );
    expect(inside(inside(workspace(), 'av-question'), '#stop')).toBeTruthy();
    run.finish(analysisOf([eventClue(0.5), eventClue(1.2)]));
    const answer = inside(workspace(), 'av-answer');
    await vi.waitFor(() => expect(inside(answer, '#count').dataset['state']).toBe('done'));
    expect(inside(answer, '#count').textContent).toBe('2');
    expect(inside(app, '#status').textContent).toContain('Counted 2');
    await auditPage();

    const list = inside(workspace(), 'av-clues');
    await vi.waitFor(() => expect(list.shadowRoot?.querySelectorAll('.clue')).toHaveLength(2));
    inside(list, '[data-clue="2"]').click();
    const video = inside<HTMLVideoElement>(inside(workspace(), 'av-player'), 'video');
    await vi.waitFor(() => expect(video.currentTime).toBeCloseTo(1.2, 2));
    await vi.waitFor(() =>
      expect(inside(list, '[data-clue="2"]').getAttribute('aria-current')).toBe('true'),
    );
  });

  it('keeps the clues when it is stopped', async () => {
    drop(silentWav());
    await app.updateComplete;
    const run = await ask('How many barks?');
    await run.emit({ kind: 'clue', clue: eventClue(0.5) });
    await app.updateComplete;
    inside(inside(workspace(), 'av-question'), '#stop').click();
    await vi.waitFor(() =>
      expect(inside(inside(workspace(), 'av-answer'), '#count').dataset['state']).toBe('cancelled'),
    );
    expect(run.signal.aborted).toBe(true);
    expect(inside(inside(workspace(), 'av-clues'), '.clue')).toBeTruthy();
  });

  it('shows an error with its code, and asks again', async () => {
    drop(silentWav());
    await app.updateComplete;
    const run = await ask('How many barks?');
    run.fail(new AppError('decode-failed', 'No frame.'));
    await vi.waitFor(() =>
      expect(inside(inside(workspace(), '.result av-error'), '#error').dataset['code']).toBe(
        'decode-failed',
      ),
    );
    await auditPage();
    inside(inside(workspace(), '.result av-error'), 'button').click();
    await vi.waitFor(() => expect(api.runs).toHaveLength(2));
  });

  it('changes the theme and says what the button will do', async () => {
    const button = inside(app, '#theme');
    const before = button.ariaLabel;
    button.click();
    await app.updateComplete;
    expect(button.ariaLabel).not.toBe(before);
    await auditPage();
    button.click();
    await app.updateComplete;
    expect(button.ariaLabel).toBe(before);
  });
});
