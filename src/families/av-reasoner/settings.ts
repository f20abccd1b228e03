/**
 * Which of a clip's frames and sounds the model is shown.
 * - `released`: as the released scripts do, by oversight: the first frame alone, and the first chunks
 *   of sound.
 * - `intended`: as the model was trained: all sampled frames and the first chunks of sound; what goes
 *   beyond the context is cut off, even if it is the question.
 * - `budgeted`: as many frames and chunks as fit with the question and the reply, spread evenly.
 */
export type Compat = 'released' | 'intended' | 'budgeted';

/** What the model is asked for; `both`: clues first, then the number alone for comparison. */
export type Ask = 'clues' | 'number' | 'both';

export interface AvSettings {
  compat: Compat;
  ask: Ask;
  /** True: the model reasons in words before it lists clues. */
  thinks: boolean;
  /** Most frames; absent: the manifest's number. */
  frames?: number;
  /** Most tokens of a reply; absent: the manifest's number. */
  maxNewTokens?: number;
  /** True: always the likeliest token. */
  greedy: boolean;
  /** Of the random choice between tokens: the same seed gives the same reply. */
  seed: number;
  /** Positions that go into the decoder at once. */
  prefillRows: number;
}

/**
 * The page's own. The paper measured thinking as better for clues and as worse for a bare number
 * (WCS 1.68 to 1.11, long accuracy 21.03 to 22.30), so clues are thought about and the number is not.
 */
export const defaultSettings: AvSettings = {
  compat: 'budgeted',
  ask: 'both',
  thinks: true,
  greedy: false,
  seed: 1,
  prefillRows: 256,
};

/** Settings from their names; a value that cannot be meant is left out. */
export function readSettings(named: Readonly<Record<string, string>>): Partial<AvSettings> {
  const one = <T extends string>(name: string, values: readonly T[]) =>
    values.find((value) => value === named[name]);
  const whole = (name: string) =>
    /^\d{1,9}$/.test(named[name] ?? '') ? Number(named[name]) : undefined;
  const found = {
    compat: one('compat', ['released', 'intended', 'budgeted']),
    ask: one('ask', ['clues', 'number', 'both']),
    thinks: named['thinks'] === undefined ? undefined : named['thinks'] !== 'false',
    frames: whole('frames') || undefined,
    maxNewTokens: whole('maxNewTokens') || undefined,
    greedy: named['greedy'] === undefined ? undefined : named['greedy'] !== 'false',
    seed: whole('seed'),
    prefillRows: whole('prefillRows') || undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
