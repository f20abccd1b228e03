/** Where the visitor's file is mounted. A fixed name: the real one may hold anything. */
export const INPUT = '/in/media';
/** Runs write here; {@link Decoder.run} collects what they leave and empties it. */
export const OUT = '/out';
