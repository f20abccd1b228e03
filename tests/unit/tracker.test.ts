import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/clues/clue';
import { appearanceDistance, describe as look, layoutOf } from '../../src/families/nano/appearance';
import { cameraShift, thumbnailOf } from '../../src/families/nano/camera';
import { coloursOf } from '../../src/families/nano/colours';
import { assign } from '../../src/families/nano/assignment';
import type { ObjectsConfig } from '../../src/families/nano/objects-config';
import type { ObjectProposal } from '../../src/families/nano/proposal';
import type { Sighting } from '../../src/families/nano/track';
import { ObjectTracker } from '../../src/families/nano/tracker';
import type { Frame } from '../../src/media/media';

const config = (
  JSON.parse(
    readFileSync(`${import.meta.dirname}/../../models/tools/objects/config.json`, 'utf8'),
  ) as ObjectsConfig
).tracker;

type Colour = readonly [number, number, number];
/** A rectangle with an upper and a lower colour, as a dressed person has. */
interface Thing {
  box: Box;
  upper: Colour;
  lower: Colour;
  score?: number;
  label?: number;
}
const [WIDTH, HEIGHT] = [320, 180];
const RED: Colour = [200, 30, 30];
const BLUE: Colour = [30, 40, 190];
const GREEN: Colour = [30, 150, 50];
/** The same green in another light. */
const SHADED: Colour = [27, 138, 46];
const BLACK: Colour = [20, 20, 22];
const WALL: Colour = [190, 190, 185];
const STREET: Colour = [70, 75, 80];

/** Small repeatable noise, so no two pictures are equal. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** A wall with something to see on it, the same at the same place. */
function pattern(wall: Colour, x: number, y: number): Colour {
  const wave = 35 * (Math.sin(x / 9) + Math.sin(x / 23 + y / 17) + Math.sin(y / 11 - x / 31));
  return [wall[0] + wave - 60, wall[1] + wave - 60, wall[2] + wave - 60];
}

function paint(
  things: readonly Thing[],
  wall: Colour,
  noise: () => number,
  camera?: number,
): Frame {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  const dab = (x: number, y: number, colour: Colour) => {
    const grain = (noise() - 0.5) * 16;
    const at = (y * WIDTH + x) * 4;
    data[at] = colour[0] + grain;
    data[at + 1] = colour[1] + grain;
    data[at + 2] = colour[2] + grain;
    data[at + 3] = 255;
  };
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++)
      dab(x, y, camera === undefined ? wall : pattern(wall, x + camera, y));
  for (const { box, upper, lower } of things) {
    const middle = (box[1] + box[3]) / 2;
    for (let y = Math.max(0, Math.ceil(box[1])); y < Math.min(HEIGHT, box[3]); y++)
      for (let x = Math.max(0, Math.ceil(box[0])); x < Math.min(WIDTH, box[2]); x++)
        dab(x, y, y < middle ? upper : lower);
  }
  return { timestampSeconds: 0, width: WIDTH, height: HEIGHT, data };
}

interface Scene {
  seconds: number;
  things: readonly Thing[];
  wall?: Colour;
  /** Where the camera looks, pixels of a wall with a pattern. */
  camera?: number;
}

/** Runs painted scenes through the tracker, with boxes jittered by a pixel or two. */
function follow(scenes: readonly Scene[], shuffleSeed = 0): ObjectProposal[] {
  const noise = random(7);
  const order = random(shuffleSeed + 1);
  const tracker = new ObjectTracker(config);
  let before: Float32Array | null = null;
  for (const { seconds, things, wall = WALL, camera } of scenes) {
    const frame = paint(things, wall, noise, camera);
    const after = thumbnailOf(frame);
    const shift = before && cameraShift(before, after);
    before = after;
    const sightings = things.map((thing): Sighting => {
      const classScores = new Float32Array(80).fill(0.02);
      const score = thing.score ?? 0.7;
      classScores[thing.label ?? 0] = score;
      const box = thing.box.map((side) => side + (noise() - 0.5) * 3) as unknown as Box;
      const colours = coloursOf(frame, thing.box, [1, 1, 1]);
      const cutOff = thing.box[0] <= 1 || thing.box[2] >= WIDTH - 1;
      return { box, score, classScores, appearance: look(frame, thing.box), colours, cutOff };
    });
    if (shuffleSeed) sightings.sort(() => order() - 0.5);
    const moved = shift && ([shift[0] * WIDTH, shift[1] * HEIGHT] as const);
    tracker.step(sightings, seconds, layoutOf(frame), moved);
  }
  return tracker.finish();
}

/** A person standing at x, 30 px wide. */
function person(x: number, upper: Colour, lower: Colour = BLACK, score = 0.7): Thing {
  return { box: [x, 60, x + 30, 150], upper, lower, score };
}

const times = (from: number, to: number, step = 0.5) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

describe('ObjectTracker', { timeout: 30_000 }, () => {
  it('follows two people through each other, each on its own way', () => {
    const scenes = times(0, 6).map((seconds) => ({
      seconds,
      things: [person(20 + seconds * 40, RED), person(260 - seconds * 40, BLUE)],
    }));
    const found = follow(scenes);
    expect(found).toHaveLength(2);
    for (const { path } of found) {
      expect(path).toHaveLength(13);
      const steps = path.slice(1).map(({ box }, index) => box[0] - (path[index]?.box[0] ?? 0));
      // One walks right and the other left all the time: nobody swapped.
      expect(Math.abs(steps.reduce((sum, step) => sum + Math.sign(step), 0))).toBe(12);
    }
  });

  it('keeps two look-alikes apart that pass each other, by their motion', () => {
    const scenes = times(0, 6).map((seconds) => ({
      seconds,
      things: [person(20 + seconds * 40, BLACK), person(265 - seconds * 40, BLACK)],
    }));
    const found = follow(scenes);
    const walked = found.map(({ path }) => (path[12]?.box[0] ?? 0) - (path[0]?.box[0] ?? 0));
    expect(walked.map((way) => Math.round(way / 10) * 10)).toEqual([240, -240]);
  });

  it('knows two people who change places between two frames, by their looks', () => {
    const scenes = times(0, 6).map((seconds) => ({
      seconds,
      things: [person(seconds < 3 ? 100 : 142, RED), person(seconds < 3 ? 142 : 100, BLUE)],
    }));
    const moved = follow(scenes).map(
      ({ path }) => (path[12]?.box[0] ?? 0) - (path[0]?.box[0] ?? 0),
    );
    expect(moved.map((way) => Math.round(way / 10) * 10).sort((a, b) => a - b)).toEqual([-40, 40]);
  });

  it('joins a thing that is taken away and put back', () => {
    const scenes = times(0, 24).map((seconds) => ({
      seconds,
      things: [
        person(40, GREEN, GREEN),
        ...(seconds < 4 || seconds > 12 ? [person(140, seconds < 4 ? GREEN : SHADED, GREEN)] : []),
        person(240, GREEN, GREEN),
      ],
    }));
    const found = follow(scenes);
    expect(found).toHaveLength(3);
    expect(found.map(({ startSeconds }) => startSeconds)).toEqual([0, 0, 0]);
    expect(found.map(({ endSeconds }) => endSeconds)).toEqual([24, 24, 24]);
  });

  it('counts different people who come to the same place one after another', () => {
    const clothes: [Colour, Colour][] = [
      [RED, BLACK],
      [BLUE, BLACK],
      [BLACK, BLUE],
      [GREEN, BLACK],
      [[130, 130, 130], BLACK],
      [[210, 190, 60], BLUE],
    ];
    const scenes = clothes.flatMap(([upper, lower], index) =>
      times(index * 16, index * 16 + 10, 2).map((seconds) => ({
        seconds,
        things: [person(140, upper, lower)],
      })),
    );
    // Nobody is there in between.
    const all = times(0, 96, 2).map(
      (seconds) => scenes.find((scene) => scene.seconds === seconds) ?? { seconds, things: [] },
    );
    const found = follow(all);
    expect(found).toHaveLength(6);
    expect(found.map(({ startSeconds }) => startSeconds)).toEqual([0, 16, 32, 48, 64, 80]);
  });

  it('continues a track through weak detections but starts none from them', () => {
    const scenes = times(0, 5).map((seconds) => ({
      seconds,
      things: [
        person(100, RED, BLACK, seconds > 1 && seconds < 4 ? 0.15 : 0.8),
        person(220, BLUE, BLACK, 0.15),
      ],
    }));
    const found = follow(scenes);
    expect(found).toHaveLength(1);
    expect(found[0]?.path).toHaveLength(11);
    expect(found[0]?.meanScore).toBeLessThan(0.65);
  });

  it('drops a sliver at the edge that one frame of several shows', () => {
    const sliver = (score: number): Thing => ({
      ...person(0, GREEN, GREEN, score),
      box: [0, 60, 14, 90],
    });
    const once = (score: number, thing = sliver(score), frames = 8): number =>
      follow(
        times(0, frames / 2).map((seconds) => ({
          seconds,
          things: [person(150, RED), ...(seconds === 1 ? [thing] : [])],
        })),
      ).length;
    expect(once(0.4)).toBe(1);
    // Well seen, or whole, or among few frames, it is there.
    expect(once(0.6)).toBe(2);
    expect(once(0.4, person(220, GREEN, GREEN, 0.4))).toBe(2);
    expect(once(0.4, sliver(0.4), 2)).toBe(2);
  });

  it('recognises people by their looks after a camera cut, wherever they are now', () => {
    const scenes = times(0, 6).map((seconds) =>
      seconds < 3
        ? { seconds, things: [person(40, RED), person(200, BLUE)], wall: WALL }
        : { seconds, things: [person(40, BLUE), person(200, RED)], wall: STREET },
    );
    const found = follow(scenes);
    expect(found).toHaveLength(2);
    for (const { path } of found) {
      expect(Math.abs((path[0]?.box[0] ?? 0) - (path[12]?.box[0] ?? 0))).toBeGreaterThan(100);
    }
  });

  it('takes a stranger in the old place after a cut for a new person', () => {
    const scenes = times(0, 6).map((seconds) => ({
      seconds,
      things: [person(100, seconds < 3 ? RED : GREEN)],
      wall: seconds < 3 ? WALL : STREET,
    }));
    expect(follow(scenes)).toHaveLength(2);
  });

  it('finds people again whom a cut-away shot hid for two seconds', () => {
    const scenes = times(0, 8).map((seconds) =>
      seconds >= 3 && seconds < 5
        ? { seconds, things: [person(140, GREEN, BLUE)], wall: STREET }
        : { seconds, things: [person(60, RED), person(220, BLUE)] },
    );
    const found = follow(scenes);
    expect(found).toHaveLength(3);
    expect(found.map(({ path }) => path.length).sort((a, b) => a - b)).toEqual([4, 13, 13]);
  });

  it('bridges two seconds behind a pillar while walking on', () => {
    const scenes = times(0, 7).map((seconds) => ({
      seconds,
      things: seconds > 2 && seconds < 4 ? [] : [person(20 + seconds * 30, RED)],
    }));
    const found = follow(scenes);
    expect(found).toHaveLength(1);
    expect(found[0]?.endSeconds).toBe(7);
  });

  it('keeps two alike apart who stand side by side', () => {
    const scenes = times(0, 8).map((seconds) => ({
      seconds,
      things: [person(100 + Math.sin(seconds) * 4, BLUE), person(132, BLUE)],
    }));
    const found = follow(scenes, 2);
    expect(found).toHaveLength(2);
    for (const { path } of found) {
      const lefts = path.map(({ box }) => box[0]);
      expect(Math.max(...lefts) - Math.min(...lefts)).toBeLessThan(14);
    }
  });

  it('survives a stretch of weak and missing detections in a crowd of two', () => {
    const scenes = times(0, 8).map((seconds) => ({
      seconds,
      things: [
        ...(seconds === 3 || seconds === 5 ? [] : [person(80 + seconds * 6, RED)]),
        person(200, BLUE, BLACK, seconds > 2 && seconds < 6 ? 0.14 : 0.6),
      ],
    }));
    expect(follow(scenes).map(({ path }) => path.length)).toEqual([15, 17]);
  });

  it.each([[70], [-45]])('does not lose people when the camera turns by %d px at once', (turn) => {
    // Alike people, 60 px apart: without the camera's motion each is where the next one was.
    const scenes = times(0, 6).map((seconds) => {
      const camera = seconds < 3 ? 0 : turn;
      const places = turn > 0 ? [80, 160, 240] : [60, 120, 180];
      const things = places.map((x) => person(x - camera, BLUE));
      return { seconds, things, camera };
    });
    const found = follow(scenes);
    expect(found).toHaveLength(3);
    for (const { path } of found) {
      const moved = (path[12]?.box[0] ?? 0) - (path[0]?.box[0] ?? 0);
      expect(Math.abs(moved + turn)).toBeLessThan(6);
    }
  });

  it('counts at most two at once and four in all as they come and go', () => {
    const clothes = [RED, BLUE, GREEN, BLACK];
    const scenes = times(0, 14).map((seconds) => ({
      seconds,
      things: clothes.flatMap((upper, index) => {
        const since = seconds - index * 3;
        return since >= 0 && since <= 4 ? [person(10 + since * 65, upper)] : [];
      }),
    }));
    const found = follow(scenes);
    expect(found).toHaveLength(4);
    const atOnce = scenes.map(
      ({ seconds }) =>
        found.filter(({ path }) => path.some((at) => at.timestampSeconds === seconds)).length,
    );
    expect(Math.max(...atOnce)).toBe(2);
  });

  it('does not call a chair and a person in one place the same', () => {
    const scenes = times(0, 12, 2).map((seconds) => ({
      seconds,
      things: [seconds < 6 ? { ...person(140, [150, 120, 90]), label: 56 } : person(138, BLUE)],
    }));
    expect(follow(scenes)).toHaveLength(2);
  });

  it('says the same whatever the order of the detections', () => {
    const scenes = times(0, 8).map((seconds) => ({
      seconds,
      things: [RED, BLUE, GREEN, BLACK].map((upper, index) =>
        person(10 + index * 70 + seconds * 5, upper),
      ),
    }));
    const plain = follow(scenes);
    expect(plain).toHaveLength(4);
    for (const seed of [1, 2, 3]) {
      const shuffled = follow(scenes, seed);
      const ends = (all: ObjectProposal[]) =>
        all.map(({ path }) => Math.round(path[path.length - 1]?.box[0] ?? 0)).sort((a, b) => a - b);
      expect(shuffled.map(({ path }) => path.length)).toEqual([17, 17, 17, 17]);
      expect(ends(shuffled).every((x, i) => Math.abs(x - (ends(plain)[i] ?? 0)) <= 3)).toBe(true);
    }
  });

  it('fills in the whole proposal', () => {
    const scenes = times(1, 3).map((seconds) => ({
      seconds,
      things: [person(100, RED), person(200, RED)],
    }));
    const [first, second] = follow(scenes);
    expect(first).toMatchObject({ kind: 'object', startSeconds: 1, endSeconds: 3 });
    expect(first?.path[0]).toEqual({ timestampSeconds: 1, box: first?.box });
    expect(first?.classScores[0]).toBeCloseTo(0.7, 5);
    expect(first?.meanScore).toBeCloseTo(0.7, 5);
    expect(first?.confidence).toBeCloseTo(0.7, 5);
    expect(first?.appearanceDistance).toBe(1);
    expect(second?.appearanceDistance).toBeLessThan(0.2);
    expect(new ObjectTracker(config).finish()).toEqual([]);
  });
});

describe('cameraShift', () => {
  const seen = (camera: number) => thumbnailOf(paint([], WALL, random(9), camera));
  it('measures a turn, and none where the camera stands or another picture comes', () => {
    expect(cameraShift(seen(0), seen(0))).toBeNull();
    const [x, y] = cameraShift(seen(0), seen(40)) ?? [0, 1];
    expect(Math.abs(x * WIDTH + 40)).toBeLessThan(4);
    expect(Math.abs(y * HEIGHT)).toBeLessThan(3);
    const other = thumbnailOf(paint([person(40, RED)], STREET, random(9)));
    expect(cameraShift(seen(0), other)).toBeNull();
  });
});

describe('assign', () => {
  it('finds the cheapest pairs, as trying every one does', () => {
    const noise = random(3);
    for (let round = 0; round < 200; round++) {
      const rows = 1 + Math.floor(noise() * 4);
      const columns = Math.floor(noise() * 5);
      const cost = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (noise() < 0.2 ? Infinity : noise() * 2)),
      );
      const price = (pairs: number[]) =>
        pairs.reduce((sum, column, row) => sum + (column < 0 ? 1 : (cost[row]?.[column] ?? 0)), 0);
      const best = (row: number, taken: number[]): number => {
        if (row === rows) return price(taken);
        let least = best(row + 1, [...taken, -1]);
        for (let column = 0; column < columns; column++)
          if (!taken.includes(column)) least = Math.min(least, best(row + 1, [...taken, column]));
        return least;
      };
      const pairs = assign(cost, 1);
      const used = pairs.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect(price(pairs)).toBeCloseTo(best(0, []), 9);
    }
  });
});

describe('appearance', () => {
  it('tells clothes apart, their order too, and forgives noise and a shifted box', () => {
    const noise = random(5);
    const seen = (upper: Colour, lower: Colour, shift = 0) =>
      look(paint([person(100, upper, lower)], WALL, noise), [100 + shift, 60, 130 + shift, 150]);
    const same = appearanceDistance(seen(RED, BLACK), seen(RED, BLACK, 3));
    expect(same).toBeLessThan(0.2);
    expect(appearanceDistance(seen(RED, BLACK), seen(BLUE, BLACK))).toBeGreaterThan(0.4);
    expect(appearanceDistance(seen(RED, BLUE), seen(BLUE, RED))).toBeGreaterThan(0.6);
  });
});
