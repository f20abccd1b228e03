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
  /** Other words for an object class; true synonyms only. */
  objects: Readonly<Record<string, readonly string[]>>;
  /** Words for several classes. */
  groups: Readonly<Record<string, readonly string[]>>;
  /** Two words that are one. */
  compounds: Readonly<Record<string, string>>;
  /** Words that narrow nothing down. */
  neutral: readonly string[];
  /** Sounds of any kind: “how many sounds of the bell”. */
  generic: readonly string[];
  /** Who makes a sound, where it does not matter who. */
  agents: readonly string[];
  /** Ways of coming into view, and where: “how many cars drive down the road”. */
  motion: readonly string[];
  places: readonly string[];
  /** Words that tell why a question is declined. */
  colours: readonly string[];
  conditions: readonly string[];
  kinds: readonly string[];
  spatial: readonly string[];
  reading: readonly string[];
  movements: readonly string[];
}

export interface SoundWords {
  /** The sound as a noun or verb. */
  acts: readonly string[];
  /** What makes it, or takes part. */
  subjects: readonly string[];
  /** Acts that say too little without a subject: “ring”, “break”. */
  needs?: readonly string[];
  /** A person may be the one who does it. */
  human?: boolean;
  /** Anything may take part: a hit. */
  free?: boolean;
  /** Labels that the tower may give the same sound, with their weight. */
  also?: Readonly<Record<string, number>>;
}
