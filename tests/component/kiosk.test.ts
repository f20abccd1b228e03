import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors';
import { reviewOf } from '../../src/clues/review';
import type { KioskSettings } from '../../src/state/kiosk-settings';
import type { Sample } from '../../src/state/samples';
import { Session } from '../../src/state/session';
import { initialState, type OpenVideo, type RunState } from '../../src/state/state';
import '../../src/ui/av-app';
import type { AvApp } from '../../src/ui/av-app';
import type { AvKiosk } from '../../src/ui/av-kiosk';
import type { AvStillThere } from '../../src/ui/av-still-there';
import { KioskMode } from '../../src/ui/kiosk-mode';
import { chooseTheme } from '../../src/ui/theme';
import { keepAwake } from '../../src/ui/wake-lock';
import { FakeReasoner, analysisOf, eventClue } from '../fixtures/fake-reasoner';
import { silentWav } from './clips';
import { auditPage, inside, mount, nextEvent } from './mount';

const sample: Sample = {
  id: 'dog',
  title: 'A word with the neighbours',
  description: '',
  file: 'https://site.test/dog.mp4',
  poster: null,
  posterSmall: null,
  captions: null,
  question: 'How many times does the dog bark?',
  count: 3,
  credit: '',
};

const clues = [eventClue(0.2), eventClue(1), eventClue(2)];
const told = { id: 1, question: sample.question, clues, review: reviewOf(clues), text: '' };
const running: RunState = { kind: 'running', ...told, progress: null };
const done: RunState = { kind: 'done', ...told, analysis: analysisOf(clues) };

describe('av-kiosk', () => {
  it('is accessible at every step', async () => {
    const element = await mount<AvKiosk>('av-kiosk', {});
    await auditPage();
    element.step = { kind: 'model-failed', secondsLeft: 7 };
    await element.updateComplete;
    await auditPage();
    expect(inside(element, '#waiting').textContent).toContain('Trying again in 7 s');
    element.step = { kind: 'counting', sample };
    element.run = running;
    await element.updateComplete;
    await auditPage();
    element.step = { kind: 'showing', sample };
    element.run = done;
    await element.updateComplete;
    await auditPage();
  });

  it('lets the number climb to what was found, and marks the final one', async () => {
    const step = { kind: 'counting', sample } as const;
    const element = await mount<AvKiosk>('av-kiosk', { step, run: running });
    const count = (): string => inside(element, '#count').textContent.trim();
    expect(count()).toBe('0');
    await vi.waitFor(() => expect(count()).toBe('1'));
    await vi.waitFor(() => expect(count()).toBe('3'));
    expect(inside(element, '#count').dataset['state']).toBe('running');
    element.run = done;
    await element.updateComplete;
    expect(inside(element, '#count').dataset['state']).toBe('done');
    expect(element.shadowRoot!.textContent).toContain('Counted by hand: 3');
  });

  it('never shows a number of the run before', async () => {
    const element = await mount<AvKiosk>('av-kiosk', {
      ...{ step: { kind: 'showing', sample }, run: done },
    });
    await vi.waitFor(() => expect(inside(element, '#count').textContent.trim()).toBe('3'));
    element.run = { ...running, clues: [], review: reviewOf([]) };
    await element.updateComplete;
    expect(inside(element, '#count').textContent.trim()).toBe('0');
  });

  it('plays its clip without a sound', async () => {
    const file = silentWav();
    const video: OpenVideo = {
      ...{ kind: 'open', file, url: URL.createObjectURL(file), title: 'x', sample },
      ...{ info: null, glimpse: null, seek: null },
    };
    const step = { kind: 'counting', sample } as const;
    const element = await mount<AvKiosk>('av-kiosk', { step, run: running, video });
    const player = inside<HTMLVideoElement>(element, 'video');
    expect(player.muted).toBe(true);
    expect(player.loop).toBe(true);
    await vi.waitFor(() => expect(player.currentTime).toBeGreaterThan(0));
    element.remove();
    URL.revokeObjectURL(video.url);
  });

  it.each(['click', 'keydown', 'wheel', 'pointerup'])('begins at a %s', async (name) => {
    await mount<AvKiosk>('av-kiosk', {});
    const begun = nextEvent('av-begin');
    const event = name === 'keydown' ? new KeyboardEvent(name, { key: 'a' }) : new Event(name);
    window.dispatchEvent(event);
    await begun;
  });
});

describe('av-still-there', () => {
  it('is an accessible dialog with the focus on its button', async () => {
    const element = await mount<AvStillThere>('av-still-there', { secondsLeft: 9 });
    await auditPage();
    expect(inside<HTMLDialogElement>(element, 'dialog').open).toBe(true);
    expect(element.shadowRoot!.activeElement).toBe(inside(element, 'button'));
    expect(inside(element, '#left').textContent).toBe('9');
    element.secondsLeft = null;
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('dialog')).toBeNull();
  });

  it.each(['cancel', 'click'])('stays at a %s', async (name) => {
    const element = await mount<AvStillThere>('av-still-there', { secondsLeft: 9 });
    const stayed = nextEvent('av-stay');
    inside(element, 'dialog').dispatchEvent(new Event(name));
    await stayed;
  });
});

describe('keepAwake', () => {
  it('asks for the lock, again when the page is seen anew, and lets go of it at the end', async () => {
    const locks: { released: boolean; release(): Promise<void> }[] = [];
    const request = vi.spyOn(navigator.wakeLock, 'request').mockImplementation(() => {
      const lock = {
        released: false,
        release: () => Promise.resolve(void (lock.released = true)),
      };
      locks.push(lock);
      return Promise.resolve(lock as unknown as WakeLockSentinel);
    });
    const living = new AbortController();
    const show = (): boolean => document.dispatchEvent(new Event('visibilitychange'));
    keepAwake(living.signal);
    await vi.waitFor(() => expect(locks).toHaveLength(1));
    await Promise.resolve();
    show();
    expect(request).toHaveBeenCalledTimes(1);
    // The browser takes it back from a hidden page.
    locks[0]!.released = true;
    show();
    await vi.waitFor(() => expect(locks).toHaveLength(2));
    await Promise.resolve();
    living.abort();
    expect(locks[1]!.released).toBe(true);
    show();
    expect(request).toHaveBeenCalledTimes(2);
    request.mockRestore();
  });
});

describe('the page at a booth', () => {
  let api: FakeReasoner;
  let session: Session;
  let app: AvApp;
  let kiosk: KioskMode;

  async function stand(changes: Partial<KioskSettings> = {}): Promise<void> {
    const settings = { samplesOnly: false, idleSeconds: 60, showSeconds: null, ...changes };
    api = new FakeReasoner();
    session = new Session(api, {
      model: { kind: 'url', manifestUrl: 'nano/manifest.json' },
      modelsUrl: new URL('no-models-here.json', document.baseURI).href,
      samplesUrl: new URL('no-samples-here.json', document.baseURI).href,
    });
    app = await mount<AvApp>('av-app', { session });
    document.body.replaceChildren(app);
    app.kiosk = kiosk = new KioskMode(app, session, settings);
    await app.updateComplete;
  }

  beforeEach(() => localStorage.clear());

  afterEach(() => {
    kiosk.dispose();
    session.dispose();
    document.body.replaceChildren();
    delete document.documentElement.dataset['theme'];
    localStorage.clear();
    vi.useRealTimers();
  });

  const press = (): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));

  const drop = (file: File): void => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  };

  it('shows nothing but the loop, then the page, accessibly', async () => {
    await stand();
    expect(app.shadowRoot!.querySelector('main')).toBeNull();
    await auditPage();
    press();
    await app.updateComplete;
    expect(app.shadowRoot!.querySelector('av-kiosk')).toBeNull();
    expect(inside(app, 'av-picker')).toBeTruthy();
    expect(inside(app, '#language')).toBeTruthy();
    expect(inside(app, '#theme')).toBeTruthy();
    expect(app.shadowRoot!.querySelector('#choose')).toBeNull();
    await auditPage();
  });

  it('asks whether somebody is there, and any key says so', async () => {
    await stand({ idleSeconds: 0.5 });
    press();
    const stillThere = await vi.waitFor(() => inside<AvStillThere>(app, 'av-still-there'));
    await vi.waitFor(() => inside(stillThere, 'dialog'), { timeout: 5000 });
    press();
    await vi.waitFor(() => expect(stillThere.shadowRoot!.querySelector('dialog')).toBeNull());
    expect(kiosk.isAttracting).toBe(false);
  });

  it('does not ask while the model counts', async () => {
    await stand({ idleSeconds: 0.3 });
    press();
    session.open(silentWav());
    void session.count('How many barks?');
    const run = await vi.waitFor(() => {
      const made = api.runs[0];
      if (!made) throw new Error('not asked yet');
      return made;
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const stillThere = inside<AvStillThere>(app, 'av-still-there');
    expect(stillThere.secondsLeft).toBeNull();
    run.finish(analysisOf([]));
    await vi.waitFor(() => expect(stillThere.secondsLeft).not.toBeNull(), { timeout: 5000 });
  });

  it('forgets the visitor: state, theme, what hangs over the page', async () => {
    await stand();
    press();
    session.open(silentWav());
    const counted = session.count('How many barks?');
    await vi.waitFor(() => expect(api.runs).toHaveLength(1));
    api.runs[0]!.finish(analysisOf([eventClue(1)]));
    await counted;
    session.edit({ kind: 'judge', id: 1, verdict: 'rejected' });
    chooseTheme('dark');
    const url = (session.store.state.video as OpenVideo).url;
    kiosk.reset();
    await app.updateComplete;
    const { video, run, draft, history } = session.store.state;
    expect({ video, run, draft, history }).toEqual({
      ...{ video: initialState.video, run: initialState.run },
      ...{ draft: initialState.draft, history: initialState.history },
    });
    await expect(fetch(url)).rejects.toThrow();
    expect(document.documentElement.dataset['theme']).toBeUndefined();
    expect(localStorage.length).toBe(0);
    expect(app.shadowRoot!.querySelector('av-workspace')).toBeNull();
    expect(inside(app, 'av-kiosk')).toBeTruthy();
  });

  it('takes an error off the page by itself, in one sentence', async () => {
    await stand();
    press();
    await app.updateComplete;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const error = new AppError('file-unreadable', 'Broken.');
    session.store.dispatch({ kind: 'video-failed', title: 'x', error });
    await app.updateComplete;
    const shown = inside(inside(app, 'av-error'), '#error');
    expect(shown.innerText.trim()).toBe('That file could not be read');
    vi.advanceTimersByTime(13_000);
    await app.updateComplete;
    expect(session.store.state.video.kind).toBe('none');
    expect(app.shadowRoot!.querySelector('av-error')).toBeNull();
  });

  it('takes files, also while nobody has touched it', async () => {
    await stand();
    drop(silentWav());
    await vi.waitFor(() => inside(app, 'av-workspace'));
    expect(kiosk.isAttracting).toBe(false);
  });

  it('takes no files where it shows its own clips only', async () => {
    await stand({ samplesOnly: true });
    press();
    await app.updateComplete;
    drop(silentWav());
    const clipboardData = new DataTransfer();
    clipboardData.items.add(silentWav());
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    expect(session.store.state.video.kind).toBe('none');
    const picker = inside(app, 'av-picker');
    expect(getComputedStyle(inside(picker, '#browse')).display).toBe('none');
  });

  it('has no ways out', async () => {
    await stand();
    press();
    await app.updateComplete;
    const follow = (changes: Partial<HTMLAnchorElement>): boolean => {
      const link = Object.assign(document.createElement('a'), changes);
      document.body.append(link);
      const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
      link.dispatchEvent(event);
      link.remove();
      return !event.defaultPrevented;
    };
    expect(follow({ href: 'https://elsewhere.test/' })).toBe(false);
    expect(follow({ href: '#/', target: '_blank' })).toBe(false);
    expect(follow({ href: 'blob:x', download: 'a.json' })).toBe(false);
    expect(follow({ href: '#/' })).toBe(true);
    const menu = new MouseEvent('contextmenu', { bubbles: true, cancelable: true });
    document.body.dispatchEvent(menu);
    expect(menu.defaultPrevented).toBe(true);
    expect(window.open('about:blank')).toBeNull();
  });
});
