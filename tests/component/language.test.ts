import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/state/session';
import '../../src/ui/av-app';
import '../../src/ui/av-clues';
import type { AvApp } from '../../src/ui/av-app';
import type { AvClues } from '../../src/ui/av-clues';
import { reviewOf } from '../../src/clues/review';
import { installLanguage, switchLanguage } from '../../src/ui/language';
import { FakeReasoner, eventClue } from '../fixtures/fake-reasoner';
import { silentWav } from './clips';
import { auditPage, inside, mount } from './mount';

let session: Session;
let app: AvApp;

beforeEach(async () => {
  localStorage.clear();
  session = new Session(new FakeReasoner(), {
    model: { kind: 'url', manifestUrl: 'nano/manifest.json' },
    modelsUrl: new URL('no-models-here.json', document.baseURI).href,
    samplesUrl: new URL('no-samples-here.json', document.baseURI).href,
  });
  await session.start();
  app = await mount<AvApp>('av-app', { session });
  document.body.replaceChildren(app);
  await app.updateComplete;
});

afterEach(async () => {
  session.dispose();
  document.body.replaceChildren();
  await switchLanguage('en');
  localStorage.clear();
});

const privacy = (): string => inside(app, '#privacy').textContent.trim();

/** A picker that is shown, not the one below an open video. */
const browse = (): string => inside(inside(app, 'av-picker'), '#browse').textContent.trim();

async function toChinese(): Promise<void> {
  inside(app, '#language').click();
  await vi.waitFor(() => expect(privacy()).toBe('视频绝不会离开这台设备'));
}

/** Words in Latin letters that a reader of Chinese would be given as Chinese. */
function latinWords(root: Node): string[] {
  if (root instanceof HTMLElement) {
    if (root.lang === 'en' || root.matches('style, script, code')) return [];
    const named = [root.ariaLabel, root.title, root.getAttribute('placeholder')];
    const own = named.flatMap((text) => text?.match(/[A-Za-z]{2,}/g) ?? []);
    const shadow = root.shadowRoot ? latinWords(root.shadowRoot) : [];
    return [...own, ...shadow, ...[...root.childNodes].flatMap(latinWords)];
  }
  if (root.nodeType === Node.TEXT_NODE) return root.textContent?.match(/[A-Za-z]{2,}/g) ?? [];
  return [...root.childNodes].flatMap(latinWords);
}

describe('the language of the page', () => {
  it('is switched in the header, and back', async () => {
    expect(browse()).toBe('Choose a video');
    await toChinese();
    await vi.waitFor(() => expect(browse()).toBe('选择视频'));
    expect(document.documentElement.lang).toBe('zh-Hans');
    expect(document.title).toBe('AV-Reasoner：数清所见所闻');
    expect(inside(app, '#language').textContent.trim()).toBe('English');
    inside(app, '#language').click();
    await vi.waitFor(() => expect(browse()).toBe('Choose a video'));
    expect(privacy()).toBe('Your video never leaves this device');
    expect(document.documentElement.lang).toBe('en');
    expect(document.title).toBe('AV-Reasoner: count what you see and hear');
  });

  it('is remembered', async () => {
    await toChinese();
    const stored = { ...localStorage } as Record<string, string>;
    await switchLanguage('en');
    Object.assign(localStorage, stored);
    await installLanguage();
    await vi.waitFor(() => expect(privacy()).toBe('视频绝不会离开这台设备'));
  });

  it('leaves nothing in English but names, and what is marked as English', async () => {
    await toChinese();
    await vi.waitFor(() => expect(browse()).toBe('选择视频'));
    // The fake model's own words and its name are no words of the page.
    const names = new Set([
      'AV',
      'Reasoner',
      'nano',
      'wasm',
      'Apache',
      'MB',
      'kB',
      'bytes',
      'model',
    ]);
    const found = latinWords(app).filter((word) => !names.has(word));
    expect(found).toEqual([]);
    await auditPage();
  });

  it('says under the box that nano reads English, and only to those who read another', async () => {
    session.open(silentWav());
    await app.updateComplete;
    const question = (): Element => inside(inside(app, 'av-workspace'), 'av-question');
    await vi.waitFor(() => expect(question()).toBeTruthy());
    expect(question().shadowRoot?.querySelector('#hint')).toBeNull();
    await toChinese();
    await vi.waitFor(() =>
      expect(inside(question(), '#hint').textContent).toContain('请用英文提问'),
    );
    expect(inside(question(), '.suggestion').lang).toBe('en');
    await auditPage();
  });
});

describe('labels of clues', () => {
  it('are shown in the language of the page, a visitor’s own words as they are', async () => {
    const clues = ['dog bark', 'red car', 'my own word'].map((label, at) => ({
      ...eventClue(at + 1),
      label,
    }));
    const list = await mount<AvClues>('av-clues', { clues: reviewOf(clues).clues });
    const shown = (): string[] =>
      [...list.shadowRoot!.querySelectorAll('.label')].map(({ textContent }) => textContent);
    expect(shown()).toEqual(['dog bark', 'red car', 'my own word']);
    await switchLanguage('zh-Hans');
    await vi.waitFor(() => expect(shown()).toEqual(['狗叫', '红汽车', 'my own word']));
  });
});
