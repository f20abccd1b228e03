export const SIDE = 192;

/** A figure of a head, a trunk and limbs before waves, as bytes, `[SIDE, SIDE, 3]`; see test_convert.py. */
export function fixedPicture(): Int32Array {
  const data = new Int32Array(SIDE * SIDE * 3);
  const parts = [
    [96, 38, 12, 14],
    [96, 85, 18, 30],
    [70, 80, 6, 28],
    [122, 80, 6, 28],
    [88, 140, 7, 30],
    [104, 140, 7, 30],
  ] as const;
  let index = 0;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      for (let channel = 0; channel < 3; channel++) {
        const inside = parts.some(
          ([cx, cy, rx, ry]) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1,
        );
        const wave = 128 + 60 * Math.sin(x * 0.031 + channel) + 40 * Math.cos(y * 0.047 - channel);
        data[index++] = Math.round(inside ? 40 + 50 * channel : wave);
      }
  return data;
}
