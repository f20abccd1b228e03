/** What a page asks of the service worker, through a message with a port for the answer. */
export interface KeepWish {
  kind: 'keep';
  /** Address of the script that the page was started with: it tells one build from another. */
  entry: string;
}

export interface KeepAnswer {
  /** False where the page and the service worker are of two builds. */
  isCurrent: boolean;
  /** True where everything of this build that a count needs is on this device. */
  isKept: boolean;
}
