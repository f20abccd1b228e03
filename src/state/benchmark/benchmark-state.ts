import type { Annotation, Fault } from '../../benchmark/annotations';
import { everything, isInSubset, type Subset } from '../../benchmark/subset';
import type { ScoredItem } from '../../benchmark/score-replies';
import { locate, type Setting } from '../../benchmark/settings';
import type { AppError } from '../../errors';
import type { Stage } from '../../protocol/api';
import type { BoxUnitChoice, KeptRun } from './benchmark-folder';
import type { VideoShelf } from './benchmark-videos';

/** An annotation file as it was read. */
export interface AnnotationSource {
  readonly name: string;
  readonly text: string;
  /** sha256 of the text, hexadecimal. */
  readonly sha256: string;
  readonly isSamples: boolean;
  readonly annotations: readonly Annotation[];
  readonly faults: readonly Fault[];
}

/** An item on its way. */
export interface CurrentItem {
  readonly annotation: Annotation;
  /** Null before its video is opened. */
  readonly progress: {
    readonly stage: Stage;
    readonly done: number;
    readonly total: number;
  } | null;
}

export type BenchmarkPhase =
  | { readonly kind: 'idle' }
  /** The model comes, what is kept is read. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'running'; readonly secondsLeft: number | null; readonly isWaiting: boolean }
  | { readonly kind: 'paused' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Where the scores on the page come from. */
export type ScoreOrigin =
  | { readonly kind: 'run'; readonly model: string; readonly title: string }
  /** `strangers`: lines about items that the annotation file does not have. */
  | { readonly kind: 'import'; readonly name: string; readonly strangers: number };

/** Everything that the benchmark's page shows. */
export interface BenchmarkState {
  readonly source: AnnotationSource | null;
  readonly videos: VideoShelf;
  readonly boxUnit: BoxUnitChoice;
  readonly setting: Setting;
  readonly thinks: boolean;
  readonly subset: Subset;
  readonly phase: BenchmarkPhase;
  readonly current: CurrentItem | null;
  /** By index of the item. Of an answer nothing else is held. */
  readonly scores: ReadonlyMap<string, ScoredItem>;
  readonly origin: ScoreOrigin | null;
  /** Index of the item → why it has no answer. */
  readonly failures: ReadonlyMap<string, AppError>;
  /** Null while nobody has looked. */
  readonly keptRuns: readonly KeptRun[] | null;
  /** Name of the visitor's folder that runs go to; null: this device. */
  readonly folder: string | null;
  /** False where the browser lets the page keep nothing: results then last as long as the page. */
  readonly canKeep: boolean;
}

export const initialBenchmark: Omit<BenchmarkState, 'videos'> = {
  source: null,
  boxUnit: 'detected',
  setting: 'long',
  thinks: false,
  subset: everything,
  phase: { kind: 'idle' },
  current: null,
  scores: new Map(),
  origin: null,
  failures: new Map(),
  keptRuns: null,
  folder: null,
  canKeep: true,
};

/** The items that are asked and scored. */
export function chosenItems({ source, subset }: BenchmarkState): Annotation[] {
  return source?.annotations.filter((annotation) => isInSubset(annotation, subset)) ?? [];
}

/** The names of the chosen items' videos that are not there, each once. */
export function missingVideos(state: BenchmarkState): string[] {
  const { setting, thinks, videos } = state;
  const missing = chosenItems(state).filter(
    (annotation) => !locate(annotation, setting, thinks, videos.has),
  );
  return [...new Set(missing.map(({ file }) => file))];
}

/** The scores of the chosen items, in the order of the file. */
export function chosenScores(state: BenchmarkState): ScoredItem[] {
  return chosenItems(state).flatMap(({ id }) => state.scores.get(id) ?? []);
}

export interface RunCounts {
  /** Items that are chosen. */
  readonly total: number;
  /** … that have an answer. */
  readonly done: number;
  /** … that cannot be asked: their video is not there. */
  readonly missing: number;
  readonly failed: number;
}

export function countItems(state: BenchmarkState): RunCounts {
  const { setting, thinks, videos, scores, failures } = state;
  const chosen = chosenItems(state);
  const open = chosen.filter(({ id }) => !scores.has(id));
  return {
    total: chosen.length,
    done: chosen.length - open.length,
    missing: open.filter((one) => !locate(one, setting, thinks, videos.has)).length,
    failed: open.filter(({ id }) => failures.has(id)).length,
  };
}
