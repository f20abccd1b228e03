import type { Release } from '../../benchmark/run';

/* Tabs that work on the same run share it: an item belongs to the tab that holds its lock. */

const nameOf = (key: string, index: string): string => `benchmark/${key}/${index}`;

/** Takes an item of a run for this tab; null where another tab is at it. With `waits`, until it is not. */
export function claimItem(
  key: string,
  index: string,
  waits: boolean,
  signal: AbortSignal,
): Promise<Release | null> {
  return hold(nameOf(key, index), waits ? { signal } : { ifAvailable: true });
}

/** Says that a run is being worked on, here or elsewhere. */
export function joinRun(key: string): Promise<Release | null> {
  return hold(nameOf(key, ''), { mode: 'shared', ifAvailable: true });
}

/** Keeps every tab off a run; null where one works on it. */
export function closeRun(key: string): Promise<Release | null> {
  return hold(nameOf(key, ''), { ifAvailable: true });
}

function hold(name: string, options: LockOptions): Promise<Release | null> {
  // Absent where the page is not served securely; nothing is shared there.
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve, reject) => {
    locks
      .request(name, options, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(() => release()));
      })
      .catch(reject);
  });
}

export interface TabNews {
  key: string;
  index: string;
}

/** Tells the other tabs about answers, and hears of theirs. */
export class TabChannel {
  readonly #channel = new BroadcastChannel('benchmark');

  constructor(onNews: (news: TabNews) => void) {
    this.#channel.onmessage = ({ data }: MessageEvent<TabNews>) => onNews(data);
  }

  tell(news: TabNews): void {
    this.#channel.postMessage(news);
  }
}
