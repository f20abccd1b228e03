import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Clue } from '../../src/clues/clue';
import { Session } from '../../src/state/session';
import '../../src/ui/av-workspace';
import type { AvWorkspace } from '../../src/ui/av-workspace';
import { FakeReasoner, analysisOf, eventClue } from '../fixtures/fake-reasoner';
import { silentWav } from './clips';
import { auditPage, inside, mount } from './mount';

let api: FakeReasoner;
let session: Session;
let workspace: AvWorkspace;

/** A workspace over a session, as the app wires it, with an answer of three barks. */
beforeEach(async () => {
  api = new FakeReasoner();
  session = new Session(api, {
    model: { kind: 'url', manifestUrl: 'nano/manifest.json' },
    modelsUrl: new URL('no-models-here.json', document.baseURI).href,
    samplesUrl: new URL('no-samples-here.json', document.baseURI).href,
  });
  await session.start();
  workspace = await mount<AvWorkspace>('av-workspace', { app: session.store.state });
  session.store.subscribe(() => (workspace.app = session.store.state));
  workspace.addEventListener('av-edit', ({ edit }) => session.edit(edit));
  workspace.addEventListener('av-seek', ({ timeSeconds }) => session.seek(timeSeconds));
  session.open(silentWav(10));
  await vi.waitFor(() => inside(workspace, 'av-timeline'));
});

afterEach(() => {
  session.dispose();
  document.body.replaceChildren();
});

async function answer(clues: readonly Clue[]): Promise<void> {
  void session.count('How many barks are there?');
  const run = await vi.waitFor(() => {
    const last = api.runs.at(-1);
    if (!last) throw new Error('Not asked yet.');
    return last;
  });
  run.finish(analysisOf(clues));
  await vi.waitFor(() => expect(count()).toBe(String(clues.length)));
}

const barks = [eventClue(1), eventClue(3), eventClue(5)];
const count = (): string => inside(inside(workspace, 'av-answer'), '#count').textContent;
const list = (): HTMLElement => inside(workspace, 'av-clues');
const entry = (number: number): HTMLElement => inside(list(), `[data-clue="${number}"]`);
const told = (): string => inside(workspace, '#edit-status').textContent.trim();

describe('the visitor has the last word', () => {
  it('by keyboard alone: reject, move, add, undo, redo, back', async () => {
    await answer(barks);
    entry(2).focus();
    await userEvent.keyboard('x');
    await vi.waitFor(() => expect(count()).toBe('2'));
    expect(told()).toBe('Clue 2 rejected. The count is now 2.');
    expect(inside(inside(workspace, 'av-answer'), '#model-count').textContent).toContain('said 3');

    await userEvent.keyboard('{ArrowDown}{Alt>}{Shift>}{ArrowRight}{/Shift}{/Alt}');
    await vi.waitFor(() => expect(told()).toContain('Clue 3 is now dog bark, 0:05.50 to 0:05.80.'));

    session.seek(7.25);
    await vi.waitFor(() => expect(inside(workspace, 'av-timeline').ariaLabel).toBeNull());
    const track = inside(inside(workspace, 'av-timeline'), '#track');
    await vi.waitFor(() => expect(track.ariaValueNow).toBe('7.3'));
    track.focus();
    await userEvent.keyboard('a');
    await vi.waitFor(() => expect(count()).toBe('3'));
    expect(told()).toBe('dog bark added at 0:07.25, as clue 4. The count is now 3.');
    expect(entry(4).getAttribute('aria-current')).toBe('true');

    await userEvent.keyboard('{Control>}z{/Control}');
    await vi.waitFor(() => expect(count()).toBe('2'));
    expect(told()).toBe('Undone. The count is now 2.');
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await vi.waitFor(() => expect(count()).toBe('3'));
    await userEvent.keyboard('{Control>}zz{/Control}');
    await vi.waitFor(() => expect(count()).toBe('2'));
    await userEvent.keyboard('{Control>}y{/Control}');
    await vi.waitFor(() => expect(entry(3).textContent).toContain('changed by you'));
    await auditPage();

    inside(inside(workspace, 'av-answer'), '#reset').click();
    await vi.waitFor(() => expect(count()).toBe('3'));
    expect(told()).toBe('Back to what the model said. The count is now 3.');
    await userEvent.keyboard('{Control>}z{/Control}');
    await vi.waitFor(() => expect(count()).toBe('2'));
  });

  it('leaves undo in a text field to the text', async () => {
    await answer(barks);
    session.edit({ kind: 'judge', id: 1, verdict: 'rejected' });
    await vi.waitFor(() => expect(count()).toBe('2'));
    inside(inside(workspace, 'av-question'), '#question').focus();
    await userEvent.keyboard('{Control>}z{/Control}');
    await workspace.updateComplete;
    expect(count()).toBe('2');
  });

  it('names a first clue as the question does', async () => {
    await answer([]);
    inside(list(), '#add').click();
    await vi.waitFor(() => expect(count()).toBe('1'));
    expect(entry(1).textContent).toContain('barks');
    await auditPage();
  });

  it('lets a drag be one step', async () => {
    await answer([{ ...eventClue(4), endSeconds: 6 } as Clue]);
    const track = inside(inside(workspace, 'av-timeline'), '#track');
    const { clientWidth: width, clientHeight: height } = track;
    const y = (20 + height) / 2;
    await userEvent.dragAndDrop(track, track, {
      sourcePosition: { x: width * 0.5, y },
      targetPosition: { x: width * 0.7, y },
    });
    await vi.waitFor(() => expect(entry(1).textContent).toContain('changed by you'));
    const { run } = session.store.state;
    expect(run.kind !== 'idle' && run.review.past).toHaveLength(1);
    inside(list(), '#undo').click();
    await vi.waitFor(() => expect(entry(1).textContent).not.toContain('changed by you'));
  });

  it('may edit what was found before a stop, and nothing while the model writes', async () => {
    void session.count('How many barks are there?');
    const run = await vi.waitFor(() => {
      const last = api.runs.at(-1);
      if (!last) throw new Error('Not asked yet.');
      return last;
    });
    for (const clue of barks) await run.emit({ kind: 'clue', clue });
    await vi.waitFor(() => expect(count()).toBe('3'));
    expect(list().shadowRoot?.querySelector('.tool, #add')).toBeNull();
    session.cancel();
    await vi.waitFor(() => inside(list(), '#add'));
    entry(1).focus();
    await userEvent.keyboard('x');
    await vi.waitFor(() => expect(count()).toBe('2'));
    expect(told()).toBe('Clue 1 rejected. The count is now 2.');
  });
});
