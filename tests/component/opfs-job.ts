/** What a test asks of `opfs-worker.ts`. */
export interface Job {
  url: string;
  /** File name → bytes; an empty list is no network at all. */
  files: [name: string, bytes: Uint8Array<ArrayBuffer>][];
  /** How many bytes of each answer arrive; one number per answer. */
  cuts: number[];
  /** Stop once this many bytes are here. */
  stopAt: number | null;
  remove: boolean;
}

export interface Outcome {
  error: { name: string; code: string | undefined; message: string } | null;
  requests: { path: string; range: string | null }[];
  sent: number;
  firstDone: number | null;
  cached: number;
  parts: Record<string, Blob>;
}
