/** The rate is that of the last seconds: long enough to be calm, short enough to be true. */
const windowMs = 8000;
const leastMs = 1000;

/**
 * Bytes per second of something whose progress is told now and then.
 * @returns a function of the bytes that are there and the time in milliseconds; null while that is too
 *   little to say. Bytes that were there at the first call do not count as transferred, and a step back
 *   (a file fetched anew) starts over.
 */
export function createRate(): (done: number, nowMs: number) => number | null {
  let seen: { done: number; atMs: number }[] = [];
  return (done, nowMs) => {
    if (done < (seen.at(-1)?.done ?? 0)) seen = [];
    seen.push({ done, atMs: nowMs });
    // One older than the window stays, so that the window is full.
    while (seen[1] && nowMs - seen[1].atMs >= windowMs) seen.shift();
    const first = seen[0]!;
    const spanMs = nowMs - first.atMs;
    return spanMs >= leastMs ? ((done - first.done) / spanMs) * 1000 : null;
  };
}

/**
 * Seconds until the end of the stage that is told of, by the rate of its own last seconds; null while
 * that is too little to say. Steps are absolute (`done` of `total`).
 */
export function createCountdown(): (
  step: { stage: string; done: number; total: number },
  nowMs: number,
) => number | null {
  let rate = createRate();
  let stage = '';
  return (step, nowMs) => {
    if (step.stage !== stage) rate = createRate();
    stage = step.stage;
    const perSecond = rate(step.done, nowMs);
    return perSecond ? Math.max(0, step.total - step.done) / perSecond : null;
  };
}
