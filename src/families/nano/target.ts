/** The three towers. */
export type TowerKind = 'sound' | 'object' | 'cycle';

/** Something that a question speaks of, in the labels of one tower. */
export interface Mention {
  kind: TowerKind;
  /** Weight 0…1 per label of the tower. */
  weights: Float64Array;
  /** Index into the object tower's colours: “red cars”; null where none is asked. Objects only. */
  colour: number | null;
}

/**
 * What a counted thing must satisfy, by its time:
 * - `during`: “while the dog barks”; `outside`: “while nobody is in view”;
 * - `before`, `after`: “after the bell”, “before the second knock”;
 * - `with`: both at one moment: “bounces that are seen and heard”.
 */
export interface Condition extends Mention {
  relation: 'during' | 'outside' | 'before' | 'after' | 'with';
  /** Which of several, for `before` and `after`: 0 the first, 1 the second …, −1 the last. */
  which: number;
}

/** What a question asks for, in the terms of the towers. */
export interface Target extends Mention {
  /** The counting target as the paper divides them. */
  category: 'event' | 'object' | 'attribute';
  /** `atOnce`: the most at one moment; `colours`, `kinds`: how many different ones. */
  mode: 'each' | 'atOnce' | 'colours' | 'kinds';
  /** Seconds on the media's clock. */
  window: readonly [number, number] | null;
  condition: Condition | null;
  /** Of a sound: the same as a movement, which is counted where nothing of it is heard. */
  otherwise?: Mention;
  /** The question's content words, in order. */
  words: readonly string[];
}

/** The paper's modalities: what locates the answer, and what is counted. */
export type Modality = 'V' | 'A' | 'A2V' | 'V2A' | 'AV';

/** Which senses a target needs. */
export function modalityOf({ kind, condition }: Target): Modality {
  const counted = kind === 'sound' ? 'A' : 'V';
  if (!condition) return counted;
  const located = condition.kind === 'sound' ? 'A' : 'V';
  if (condition.relation === 'with' && located !== counted) return 'AV';
  if (located === counted) return counted;
  return located === 'A' ? 'A2V' : 'V2A';
}
