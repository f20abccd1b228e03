import type { Media } from '../../media/media';
import { hear } from './hear';
import type { Graph } from '../../tokens/tensor';
import type { NanoConfig } from './nano-config';
import type { Proposal } from './proposal';
import { objectFrameTimes } from './sampling';
import { Seer } from './see';

/** How much of a clip a first look takes, whatever its length. */
const heardSeconds = 20;
const lookedFrames = 4;

/** Below these, the best class of a proposal is a guess not worth a suggestion. */
const leastSoundScore = 0.5;
const leastObjectScore = 0.45;

/** No thing of its own: a thud may be anything. */
const vagueSounds = new Set(['impact', 'repeated', 'hit']);

/** The things and sounds of a clip's beginning and of a few of its frames, the most noticed first. */
export async function glimpse(
  media: Media,
  { sound, objects, config }: { sound: Graph; objects: Graph; config: NanoConfig },
  signal: AbortSignal,
): Promise<{ sounds: readonly string[]; objects: readonly string[] }> {
  const { info } = media;
  const found: { sounds: readonly string[]; objects: readonly string[] } = {
    sounds: [],
    objects: [],
  };
  if (info.audio) {
    const range = [info.startSeconds, info.startSeconds + heardSeconds] as const;
    const samples = await media.samples(signal, range);
    const heard = await hear(samples, sound, config.sound, () => undefined, signal);
    const { labels } = config.sound;
    const { soundNames } = config.decoder;
    const clear = heard.filter(({ confidence }) => confidence >= leastSoundScore);
    found.sounds = mostNoticed(clear, labels, leastSoundScore)
      .filter((label) => !vagueSounds.has(label))
      .map((label) => soundNames[label] ?? label);
  }
  if (info.video) {
    const { sampling } = config.objects;
    const timesSeconds = objectFrameTimes(info, { ...sampling, maxFrames: lookedFrames });
    const once = { ...config.objects, mirror: { maxFrames: 0 } };
    const seer = new Seer(objects, once, info.video, timesSeconds.length);
    for await (const frame of media.frames({ timesSeconds, maxSide: sampling.maxSide }, signal)) {
      await seer.look(frame);
    }
    found.objects = mostNoticed(seer.finish(), config.objects.labels, leastObjectScore);
  }
  return found;
}

/** The best labels of the proposals, by the sum of their scores. */
function mostNoticed(
  proposals: readonly Proposal[],
  labels: readonly string[],
  leastScore: number,
): string[] {
  const sums = new Map<string, number>();
  for (const { classScores } of proposals) {
    const score = Math.max(...classScores);
    const label = labels[classScores.indexOf(score)];
    if (label === undefined || score < leastScore) continue;
    sums.set(label, (sums.get(label) ?? 0) + score);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).map(([label]) => label);
}
