/** Two moments of the same picture may differ by a rounding. */
const sameSeconds = 0.0005;

/** So often the guess is widened before the film is taken to be at its end. */
const mostGuesses = 24;

/**
 * When the picture after the one at `fromSeconds` begins, in a film whose pictures may last
 * differently long: a jump ahead, then back from there for as long as there is one in between.
 *
 * @param show goes to a moment and tells when the picture that is seen there begins
 * @param usualSeconds how long a picture lasts as a rule
 * @returns null at the last picture
 */
export async function findNextFrame(
  show: (timeSeconds: number) => Promise<number>,
  fromSeconds: number,
  usualSeconds: number,
  endSeconds: number,
): Promise<number | null> {
  const isLater = (time: number): boolean => time > fromSeconds + sameSeconds;
  let ahead = usualSeconds;
  let found = await show(fromSeconds + ahead);
  for (let guess = 1; !isLater(found); guess++) {
    if (guess === mostGuesses || fromSeconds + ahead > endSeconds) return null;
    ahead *= 1.5;
    found = await show(fromSeconds + ahead);
  }
  for (;;) {
    const before = await show(found - 2 * sameSeconds - 0.001);
    if (!isLater(before) || before >= found) return found;
    found = before;
  }
}
