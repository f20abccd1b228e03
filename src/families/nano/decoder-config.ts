/** The numbers of the decoder: `models/tools/decoder/config.json`, carried by the manifest. */
export interface DecoderConfig {
  /** Display names of the sound tower's labels. */
  soundNames: Readonly<Record<string, string>>;
  /** Object class names in the order that `words.bin` refers to. */
  objectNames: readonly string[];
  shape: { layers: number; heads: number; headSize: number; pointer: number };
  /** Length of a feature row. */
  featureWidth: number;
  /** RoPE positions: words from 0, the task after them, the opening step, the proposals. */
  positions: { task: number; opening: number; firstProposal: number };
  maxWords: number;
  /** Proposals the decoder reads in all; of these for a condition, at most. */
  maxProposals: number;
  maxConditions: number;
  maxClues: number;
  lexicon: Lexicon;
}

/** The hand-written words of the question grammar: `models/tools/decoder/lexicon.json`. */
export interface Lexicon {
  /** By sound label. */
  sounds: Readonly<Record<string, SoundWords>>;
  /** By movement label. */
  cycles: Readonly<Record<string, CycleWords>>;
  /** Other words for an object class; true synonyms only. */
  objects: Readonly<Record<string, readonly string[]>>;
  /** Words for several classes. */
  groups: Readonly<Record<string, readonly string[]>>;
  /** Words that are one. */
  compounds: Readonly<Record<string, string>>;
  /** Words for each colour that is measured; for its shades; for colours that are not. */
  colours: Readonly<Record<string, readonly string[]>>;
  shades: readonly string[];
  otherColours: readonly string[];
  /** Words that narrow nothing down; and those that do not where something happens. */
  neutral: readonly string[];
  mild: readonly string[];
  /** Sounds of any kind: “how many sounds of the bell”. */
  generic: readonly string[];
  /** Who makes a sound or moves, where it does not matter who. */
  agents: readonly string[];
  /** Ways of coming into view; where; and how things are there: “bottles stand on the shelf”. */
  motion: readonly string[];
  places: readonly string[];
  posture: readonly string[];
  /** What is said of a thing without need: “wine bottles”, “coffee cups”. */
  usual: readonly string[];
  /** “slices of pizza”. */
  measures: readonly string[];
  /** Words that say that something is in view, that it comes, that it is not there, that one talks. */
  presence: readonly string[];
  enter: readonly string[];
  negations: readonly string[];
  talk: readonly string[];
  /** What people wear or have: it tells them apart, which nano does not. */
  worn: readonly string[];
  /** Verbs that are no movement which repeats in view. */
  unseen: readonly string[];
  /** Words that tell why a question is declined. */
  conditions: readonly string[];
  kinds: readonly string[];
  spatial: readonly string[];
  reading: readonly string[];
}

export interface SoundWords {
  /** The sound as a noun or verb. */
  acts: readonly string[];
  /** What makes it, or takes part. */
  subjects: readonly string[];
  /** Acts that say too little without a subject: “ring”, “break”. */
  needs?: readonly string[];
  /** Acts that say too little without two: a table tennis ball that “hits” the table. */
  needsTwo?: readonly string[];
  /** A person may be the one who does it. */
  human?: boolean;
  /** Anything may take part: a hit. */
  free?: boolean;
  /** Labels that the tower may give the same sound, with their weight. */
  also?: Readonly<Record<string, number>>;
}

export interface CycleWords {
  /** The movement as a noun or verb. */
  acts: readonly string[];
  /** Acts that mean it only as a verb: “how many times does he walk”, but not “how many walks”. */
  needs?: readonly string[];
  /** Labels that the tower may give the same movement, with their weight. */
  also?: Readonly<Record<string, number>>;
}
