/**
 * `count` numbers of frames from the first to the last of `total`, evenly spaced and cut to whole
 * numbers; frames come up more than once where there are fewer than `count`.
 *
 * Source: `np.linspace(0, total - 1, count, dtype=int)`, with which Ola samples a video (`count` 64).
 */
export function linspaceIndices(total: number, count: number): number[] {
  const step = count > 1 ? (total - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) =>
    i > 0 && i === count - 1 ? total - 1 : Math.floor(i * step),
  );
}

/**
 * The frames that the released Ola and AV-Reasoner code hands on: of the sampled list, the entry at
 * place j stays only where j itself is one of the sampled frame numbers. That is an oversight there
 * (Ola issue 44: a video of 300 frames keeps 14 of 64, from its beginning), and here for comparison
 * with published numbers.
 */
export function releasedIndices(total: number, count: number): number[] {
  const indices = linspaceIndices(total, count);
  const sampled = new Set(indices);
  return indices.filter((_, place) => sampled.has(place));
}

/**
 * The middles of `count` equal stretches of a video of `total` frames: what the scripts of
 * CG-AV-Counting sample (`count` 50).
 */
export function segmentIndices(total: number, count: number): number[] {
  const stretch = (total - 1) / count;
  return Array.from({ length: count }, (_, i) =>
    Math.trunc(stretch / 2 + roundHalfEven(stretch * i)),
  );
}

/** Python's `round`: halves go to the even neighbour. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest === 0.5) return low % 2 === 0 ? low : low + 1;
  return rest < 0.5 ? low : low + 1;
}
