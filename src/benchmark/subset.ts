import type { Category } from '../clues/clue';
import type { Annotation, Modality } from './annotations';

/** A part of an annotation file. */
export interface Subset {
  /** Empty: all of them. */
  categories: readonly Category[];
  /** Empty: all of them. */
  modalities: readonly Modality[];
  /** True counts; null: no bound. */
  least: number | null;
  most: number | null;
}

export const everything: Subset = { categories: [], modalities: [], least: null, most: null };

export function isInSubset(
  { category, modality, answer }: Pick<Annotation, 'category' | 'modality' | 'answer'>,
  { categories, modalities, least, most }: Subset,
): boolean {
  return (
    (categories.length === 0 || categories.includes(category)) &&
    (modalities.length === 0 || modalities.includes(modality)) &&
    answer >= (least ?? 0) &&
    answer <= (most ?? Infinity)
  );
}
