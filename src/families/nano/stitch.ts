import { assign } from './assignment';
import { overlap } from './detections';
import type { StitchConfig } from './objects-config';
import { cosine, type Track } from './track';

/**
 * Joins the pieces of objects that were hidden for a while: a piece that ends is matched with a
 * piece that begins later. The same place asks for little likeness (things are put back where they
 * stood), another place for much.
 */
export function stitch(tracks: readonly Track[], config: StitchConfig): Track[] {
  const ordered = [...tracks].sort((a, b) => a.first.timestampSeconds - b.first.timestampSeconds);
  const cost = ordered.map((early) => ordered.map((late) => joinCost(early, late, config)));
  const nextOf = assign(cost, 1);
  const joined = new Set<Track>();
  const whole: Track[] = [];
  for (const [index, track] of ordered.entries()) {
    if (joined.has(track)) continue;
    for (let next = nextOf[index] ?? -1; next >= 0; next = nextOf[next] ?? -1) {
      const piece = ordered[next];
      if (!piece) break;
      track.append(piece);
      joined.add(piece);
    }
    whole.push(track);
  }
  return whole;
}

/** Below 1 where the pieces may be one object; Infinity where they cannot. */
function joinCost(early: Track, late: Track, config: StitchConfig): number {
  const gap = late.first.timestampSeconds - early.last.timestampSeconds;
  if (gap <= 0) return Infinity;
  if (1 - cosine(early.classScores, late.classScores) > config.maxClassDistance) return Infinity;
  const looks = early.looksDistance(late);
  if (early.scene !== late.scene) return looks / config.afterCutDistance;
  const fade = (halfSeconds: number) => 2 ** (-gap / halfSeconds);
  const elsewhere = looks / (config.elsewhereDistance * fade(config.elsewhereHalfSeconds));
  const samePlace =
    overlap(early.last.box, late.first.box) >= config.samePlaceIou ||
    overlap(early.home(), late.home()) >= config.samePlaceIou;
  if (!samePlace) return elsewhere;
  return Math.min(
    elsewhere,
    looks / (config.samePlaceDistance * fade(config.samePlaceHalfSeconds)),
  );
}
