/*
 * CG-AV-Counting in numbers (arXiv 2506.05328, version 2). `key` names a line; its words belong to
 * the element that draws it.
 */

export const benchmarkTotals = { videos: 497, questions: 1027, clues: 5845 } as const;

export interface Share<Key extends string> {
  readonly key: Key;
  readonly questions: number;
}

/** What is counted. */
export const targets: readonly Share<'object' | 'event' | 'attribute'>[] = [
  { key: 'object', questions: 768 },
  { key: 'event', questions: 245 },
  { key: 'attribute', questions: 14 },
];

/** By which sense the place is found and the count made; `V2A`: found by sight, counted by sound. */
export const modalities: readonly Share<'V' | 'AV' | 'A2V' | 'V2A' | 'A'>[] = [
  { key: 'V', questions: 637 },
  { key: 'AV', questions: 143 },
  { key: 'A2V', questions: 134 },
  { key: 'V2A', questions: 100 },
  { key: 'A', questions: 13 },
];
