import { userEvent } from 'vitest/browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import '../../src/ui/av-shortcuts';
import type { AvShortcuts } from '../../src/ui/av-shortcuts';
import { listenForKeys, switchShortcuts, type ShortcutGroup } from '../../src/ui/shortcuts';
import { auditPage, inside, mount } from './mount';

const run = vi.fn<(name: string) => void>();
const groups: readonly ShortcutGroup[] = [
  {
    words: 'Playback',
    shortcuts: [
      { keys: ['Space', 'k'], words: 'Play', run: () => run('play') },
      { keys: ['ArrowRight'], words: 'On', repeats: true, run: () => run('on') },
      { keys: ['Shift+>', '>'], words: 'Faster', run: () => run('faster') },
    ],
  },
];

let end: () => void;
beforeEach(() => {
  run.mockClear();
  end = listenForKeys(() => groups);
});
afterEach(() => {
  end();
  switchShortcuts(true);
  document.body.replaceChildren();
});

/** Which shortcuts these keys run while the focus is on the first element of the page. */
async function press(keys: string, markup = ''): Promise<string[]> {
  if (markup) {
    document.body.innerHTML = markup;
    document.body.querySelector<HTMLElement>('#here')!.focus();
  }
  run.mockClear();
  await userEvent.keyboard(keys);
  return run.mock.calls.map(([name]) => name);
}

describe('the keys', () => {
  it('work wherever the focus is', async () => {
    expect(await press(' k{ArrowRight}{Shift>}>{/Shift}')).toEqual([
      'play',
      'play',
      'on',
      'faster',
    ]);
    expect(await press('k{ArrowRight}', '<button id="here">x</button>')).toEqual(['play', 'on']);
  });

  it('leave its own keys to a control', async () => {
    expect(await press(' ', '<button id="here">x</button>')).toEqual([]);
    expect(await press(' ', '<a id="here" href="#/">x</a>')).toEqual([]);
    const slider = '<div id="here" role="slider" tabindex="0" aria-valuenow="1"></div>';
    expect(await press('{ArrowRight}k', slider)).toEqual(['play']);
  });

  it('are text in a text field, and nothing to the page in a dialog', async () => {
    expect(await press('k {ArrowRight}', '<textarea id="here"></textarea>')).toEqual([]);
    expect(await press('k', '<input id="here">')).toEqual([]);
    expect(await press('k', '<div id="here" contenteditable="true"></div>')).toEqual([]);
    expect(await press('k', '<dialog open><button id="here">x</button></dialog>')).toEqual([]);
  });

  it('leave the browser its own combinations', async () => {
    expect(await press('{Control>}k{/Control}{Alt>}k{/Alt}')).toEqual([]);
  });

  it('can be switched off, which is remembered', async () => {
    switchShortcuts(false);
    expect(await press('k {ArrowRight}')).toEqual([]);
    expect(localStorage.getItem('av-keys')).toBe('off');
    switchShortcuts(true);
    expect(await press('k')).toEqual(['play']);
  });
});

describe('av-shortcuts', () => {
  it('names every key, is accessible, and has the switch', async () => {
    const sheet = await mount<AvShortcuts>('av-shortcuts', {});
    sheet.open(groups);
    await sheet.updateComplete;
    const rows = [...sheet.shadowRoot!.querySelectorAll('dl > div')].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim().replace(/\s+/g, ' ')).join(': '),
    );
    expect(rows).toEqual(['Play: Spacek', 'On: →', 'Faster: >']);
    await auditPage();
    const on = inside<HTMLInputElement>(sheet, '#on');
    on.click();
    expect(localStorage.getItem('av-keys')).toBe('off');
    await sheet.updateComplete;
    await auditPage();
    inside(sheet, '#close').click();
    expect(inside<HTMLDialogElement>(sheet, 'dialog').open).toBe(false);
  });
});
