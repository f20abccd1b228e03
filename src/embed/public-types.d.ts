/**
 * `<av-counter>`: a counting player for any page. See docs/embed.md.
 *
 * ```html
 * <script type="module" src="https://HOST/embed/av-counter.js"></script>
 * <av-counter src="clip.mp4" question="How many times does the dog bark?" controls></av-counter>
 * ```
 */

/** `[x1, y1, x2, y2]` in pixels of the displayed frame. */
export type CounterBox = readonly [number, number, number, number];

/** Where something is at a moment. */
export interface CounterSighting {
  readonly timestampSeconds: number;
  readonly box: CounterBox;
}

/** A piece of evidence: something that happens, or something that is there. Times are seconds. */
export type CounterClue =
  | {
      readonly kind: 'event';
      readonly startSeconds: number;
      readonly endSeconds: number;
      readonly label: string;
      /** 0…1; absent where the model does not say. */
      readonly confidence?: number;
      /** Where it is seen; absent for what is only heard. */
      readonly path?: readonly CounterSighting[];
    }
  | {
      readonly kind: 'object';
      /** Its first appearance. */
      readonly timestampSeconds: number;
      readonly box: CounterBox;
      readonly label: string;
      readonly confidence?: number;
      readonly path?: readonly CounterSighting[];
    };

export interface CounterResult {
  readonly question: string;
  /** Null where the question is out of the model's reach, or its words hold no number. */
  readonly count: number | null;
  readonly covered: boolean;
  /** 0…1: how sure the model is of the count. */
  readonly answerConfidence?: number;
  readonly answerText: string;
  readonly clues: readonly CounterClue[];
  readonly model: { readonly id: string; readonly version: string; readonly sha256: string };
}

export interface CounterModel {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** True where the weights are random, and so are the answers. */
  readonly testWeights: boolean;
}

export interface CounterError {
  /** `file-unreadable`, `decode-failed`, `model-fetch-failed`, … */
  readonly code: string;
  /** A sentence that a visitor may read. */
  readonly message: string;
}

export interface AvCounterEventMap {
  /** The model is loaded. */
  'av-counter-ready': CustomEvent<{ readonly model: CounterModel }>;
  /** A piece of evidence, as it is found. `index` counts from 0. */
  'av-counter-clue': CustomEvent<{ readonly clue: CounterClue; readonly index: number }>;
  /** The answer. */
  'av-counter-count': CustomEvent<CounterResult>;
  'av-counter-error': CustomEvent<CounterError>;
}

export interface AvCounterElement extends HTMLElement {
  /** The clip: a video, a sound or a picture. Another origin must allow it (CORS). */
  src: string;
  question: string;
  /** Fetches the model and the clip at once, instead of at the first question. */
  autoload: boolean;
  /** A box for questions of the visitor's own, instead of a single button. */
  controls: boolean;
  /** Address of a bundle's `manifest.json`: of the module's origin, or of the page's own. */
  model: string;
  /** `''`: as the page is (`color-scheme`); `system`: as the visitor's system is. */
  theme: '' | 'light' | 'dark' | 'system';
  /** The typeface of AV-Reasoner, fetched from the module's origin, instead of the system's. */
  fonts: boolean;
  /**
   * Counts, and shows it.
   * @param question absent: the one of the attribute
   * @returns rejects with a {@link CounterError}, or with an `AbortError` where it was stopped
   */
  count(question?: string): Promise<CounterResult>;
  /** Ends a count; what it found stays. */
  stop(): void;
  /** Shows a moment of the clip. */
  seek(timeSeconds: number): void;

  addEventListener<K extends keyof AvCounterEventMap>(
    type: K,
    listener: (this: AvCounterElement, event: AvCounterEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: AvCounterElement, event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'av-counter': AvCounterElement;
  }
}
