import type { Category } from '../../src/clues/clue';
import type { Modality } from '../../src/benchmark/annotations';

/*
 * The questions of the generated benchmark. An answer is only ever taken from what is known of a clip:
 * its own question and clues, the times at which its note says that something is in view, and what is
 * certainly not in it. The edges of a span of time never cut a clue in two.
 */

/** How an item's clues follow from those of its clip. */
export type CluesOf =
  /** All of them, or those that begin in `[from, to]`, seconds. */
  | { own: 'all' | readonly [number, number] }
  /** Those with these labels. */
  | { labels: readonly string[] }
  /** A cluster for each group of labels, of those that begin in `[from, to]` where it is given. */
  | { clusters: readonly (readonly string[])[]; within?: readonly [number, number] };

export interface GeneratedItem {
  file: string;
  question: string;
  type: Modality;
  category: Category;
  answer: number;
  /** Absent: nothing is known about where the answer can be seen, or there is nothing to see. */
  clues?: CluesOf;
}

const all: CluesOf = { own: 'all' };
const from = (start: number, end: number): CluesOf => ({ own: [start, end] });

type Row = readonly [string, Modality, Category, number, CluesOf?];

const questions: Readonly<Record<string, readonly Row[]>> = {
  'pull_ups.mov': [
    ['How many pull-ups does the person do?', 'V', 'event', 5, all],
    ['How many pull-ups are there in the first ten seconds?', 'V', 'event', 4, from(0, 10)],
    ['How many times does the person pull up to the bar?', 'V', 'event', 5, all],
    ['How many cats are there?', 'V', 'object', 0],
  ],
  'squats_5fps.mp4': [
    ['How many times does the woman squat down?', 'V', 'event', 3, all],
    ['How many people are there?', 'V', 'object', 1],
    ['How many squats are there in the first nine seconds?', 'V', 'event', 2, from(0, 9)],
    ['How many dogs are there?', 'V', 'object', 0],
  ],
  'cars_from_above.mp4': [
    ['How many cars drive through?', 'V', 'object', 4, all],
    ['How many red cars drive through?', 'V', 'object', 1, { labels: ['red car'] }],
    [
      ...(['How many white cars drive through?', 'V', 'object', 2] as const),
      { labels: ['white hatchback', 'white coupe'] },
    ],
    ['What is the largest number of cars in view at once?', 'V', 'object', 2],
    ['How many cars are there in the first ten seconds?', 'V', 'object', 1, from(0, 10)],
    [
      ...(['How many different colours do the cars have?', 'V', 'attribute', 3] as const),
      { clusters: [['white hatchback', 'white coupe'], ['silver car'], ['red car']] },
    ],
    [
      'How many different car colours are there in the first twenty seconds?',
      ...(['V', 'attribute', 3] as const),
      { clusters: [['white hatchback'], ['silver car'], ['red car']], within: [0, 20] },
    ],
    [
      'How many different car colours are there in the first ten seconds?',
      ...(['V', 'attribute', 1] as const),
      { clusters: [['white hatchback']], within: [0, 10] },
    ],
    ['How many bicycles are there?', 'V', 'object', 0],
    ['How many times does a car horn sound?', 'A', 'event', 0],
  ],
  'people_one_by_one.mp4': [
    ['How many people come to the table, one after another?', 'V', 'object', 6, all],
    ['What is the largest number of people in view at once?', 'V', 'object', 1],
    ['How many people are there in the first minute?', 'V', 'object', 3, from(0, 60)],
    ['How many people are there in the last fifty seconds?', 'V', 'object', 2, from(89, 140)],
    ['How many cats are there?', 'V', 'object', 0],
  ],
  'bottles_on_shelf.mp4': [
    ['How many bottles are there?', 'V', 'object', 3, all],
    ['How many bottles are there in the first five seconds?', 'V', 'object', 3, from(0, 5)],
    ['How many dogs are there?', 'V', 'object', 0],
  ],
  'snores_4.wav': [['How many times does the dog bark?', 'A', 'event', 0]],
  'traffic.mp4': [
    ['How many cars are there?', 'V', 'object', 5, all],
    ['How many cars are there in the first five seconds?', 'V', 'object', 2, from(0, 5)],
    ['How many different cars drive past?', 'V', 'object', 5, all],
  ],
  'dog.mp4': [
    ['How many times does the dog bark?', 'A', 'event', 7, all],
    ['How many barks are there in the first five seconds?', 'A', 'event', 3, from(0, 5)],
    ['How many barks are there in the last five seconds?', 'A', 'event', 2, from(9, 14)],
    ['How many times does a cat meow?', 'A', 'event', 0],
    ['How many dogs are visible while the dog barks?', 'A2V', 'object', 1],
  ],
  'bell.mp4': [
    ['How many times does the bell ring?', 'AV', 'event', 6, all],
    ['How many times does the bell ring in the first six seconds?', 'AV', 'event', 3, from(0, 6)],
    ['How often is the bell heard while it is in the picture?', 'V2A', 'event', 6, all],
  ],
  'meadow.mp4': [
    ['How many sheep are there?', 'AV', 'object', 7, all],
    ['How many zebras are visible while the dog barks?', 'A2V', 'object', 1],
  ],
};

export const generatedItems: readonly GeneratedItem[] = Object.entries(questions).flatMap(
  ([file, rows]) =>
    rows.map(([question, type, category, answer, clues]) => ({
      ...{ file, question, type, category, answer },
      ...(clues && { clues }),
    })),
);
