import { msg } from '@lit/localize';
import type { AvPlayer } from './av-player';
import type { ShortcutGroup } from './shortcuts';

/** What the keys do to the player. */
export function playerShortcuts(player: AvPlayer): ShortcutGroup {
  return {
    words: msg('Playback'),
    shortcuts: [
      { keys: ['Space', 'k'], words: msg('Play or pause'), run: () => player.toggle() },
      ...[
        { keys: ['ArrowLeft'], words: msg('Back 1 second'), run: () => player.skip(-1) },
        { keys: ['ArrowRight'], words: msg('Forward 1 second'), run: () => player.skip(1) },
        { keys: ['Shift+ArrowLeft'], words: msg('Back 10 seconds'), run: () => player.skip(-10) },
        {
          keys: ['Shift+ArrowRight'],
          words: msg('Forward 10 seconds'),
          run: () => player.skip(10),
        },
        { keys: [','], words: msg('One frame back'), run: () => player.step(-1) },
        { keys: ['.'], words: msg('One frame forward'), run: () => player.step(1) },
      ].map((shortcut) => ({ ...shortcut, repeats: true })),
      { keys: ['Shift+<', '<'], words: msg('Slower'), run: () => player.changeSpeed(-1) },
      { keys: ['Shift+>', '>'], words: msg('Faster'), run: () => player.changeSpeed(1) },
      { keys: ['l'], words: msg('Loop this clue'), run: () => player.toggleLoop() },
      { keys: ['m'], words: msg('Sound on or off'), run: () => player.toggleSound() },
      { keys: ['f'], words: msg('Full screen'), run: () => player.toggleFull() },
    ],
  };
}

/** @param go to the next or the previous clue */
export function clueShortcuts(go: (direction: 1 | -1) => void): ShortcutGroup {
  return {
    words: msg('Clues'),
    shortcuts: [
      { keys: ['[', 'p'], words: msg('Previous clue'), run: () => go(-1) },
      { keys: [']', 'n'], words: msg('Next clue'), run: () => go(1) },
    ],
  };
}
