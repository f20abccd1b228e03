import type { Subset } from '../../benchmark/subset';
import type { Setting } from '../../benchmark/settings';
import type { BoxUnitChoice } from '../../state/benchmark/benchmark-folder';

/** What a visitor wants of the benchmark. */
export type BenchmarkWish =
  | { readonly to: 'try-samples' }
  /** Videos, an annotation file, predictions: each goes where it belongs. */
  | { readonly to: 'open-files'; readonly files: readonly File[]; readonly title: string }
  | { readonly to: 'open-annotations'; readonly file: File }
  | { readonly to: 'set-unit'; readonly unit: BoxUnitChoice }
  | { readonly to: 'set-setting'; readonly setting: Setting }
  | { readonly to: 'set-thinks'; readonly thinks: boolean }
  | { readonly to: 'set-subset'; readonly subset: Subset }
  | { readonly to: 'start' }
  | { readonly to: 'pause' }
  | { readonly to: 'choose-folder' }
  | { readonly to: 'use-device' }
  | { readonly to: 'open-run'; readonly key: string }
  | { readonly to: 'delete-run'; readonly key: string }
  | { readonly to: 'import'; readonly files: readonly File[] }
  | { readonly to: 'take-away'; readonly as: 'zip' | 'jsonl' | 'csv' | 'items' | 'json' }
  /** Null: back to the list. */
  | { readonly to: 'show-item'; readonly index: string | null };

/** Goes up to `<av-benchmark-page>`. */
export class BenchmarkEvent extends Event {
  constructor(readonly wish: BenchmarkWish) {
    super('av-benchmark', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'av-benchmark': BenchmarkEvent;
  }
}
