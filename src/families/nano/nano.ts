import type { Frame, MediaInfo, Samples } from '../../media/media';
import type { Graph } from '../../tokens/tensor';
import { AppError } from '../../errors';
import type { Model, Plan, Run, TextPiece } from '../family';
import { decode } from './decode';
import type { DecoderConfig } from './decoder-config';
import { strengthOf, type Scene } from './features';
import { ground, type Target } from './ground';
import { hear } from './hear';
import type { ObjectsConfig } from './objects-config';
import type { Proposal } from './proposal';
import { objectFrameTimes } from './sampling';
import { Seer } from './see';
import type { SoundConfig } from './sound-config';
import { Vocabulary } from './vocabulary';
import { Words } from './words';

/** The numbers of every part, from the manifest. */
export interface NanoConfig {
  sound: SoundConfig;
  objects: ObjectsConfig;
  decoder: DecoderConfig;
}

export interface NanoParts {
  sound: Graph;
  objects: Graph;
  decoder: Graph;
  /** `words.bin` */
  words: Uint8Array;
  config: NanoConfig;
}

/**
 * nano: question tokens + sound and object proposals → a decoder that streams clues and the count.
 * Disposing it releases all three graphs.
 * @throws AppError `model-corrupt` where the word list is damaged
 */
export function createNano(parts: NanoParts): Model {
  const words = new Words(parts.words);
  const { sound, objects, decoder } = parts.config;
  const labels = { sounds: sound.labels, objects: objects.labels };
  const vocabulary = new Vocabulary(decoder, words, labels);
  const vectors = {
    sound: sound.labels.map((id) => words.phrase(decoder.soundNames[id] ?? id)),
    object: objects.labels.map((name) => words.phrase(name)),
  };
  return {
    begin(question, info) {
      const grounding = ground(question, info, vocabulary);
      if (!grounding.covered) return decline(grounding.reason);
      const missing = missingTrack(grounding.target, info);
      if (missing) return decline(missing);
      return new NanoRun(parts, words, vectors[grounding.target.kind], grounding.target, info);
    },
    async dispose() {
      await Promise.all(
        [parts.sound, parts.objects, parts.decoder].map((graph) => graph.dispose()),
      );
    },
  };
}

function missingTrack({ kind }: Target, { audio, video }: MediaInfo): string | null {
  if (kind === 'sound' && !audio)
    return 'This model cannot count sounds here, because this clip has no sound; it can count objects that are seen, such as people or cars.';
  if (kind === 'object' && !video)
    return 'This model cannot count objects here, because this clip has no picture; it can count sounds, such as dog barks or claps.';
  return null;
}

/** A question that is out of reach: no tower runs, and the answer says why. */
function decline(reason: string): Run {
  const refuse = (): Promise<never> =>
    Promise.reject(new AppError('bug', 'A declined question takes no media.'));
  return {
    plan: { covered: false, reason },
    look: refuse,
    listen: refuse,
    // eslint-disable-next-line @typescript-eslint/require-await -- the interface is asynchronous
    async *answer(signal): AsyncGenerator<TextPiece> {
      signal.throwIfAborted();
      yield { text: '<think>\n</think>' };
      yield { text: `<answer>${reason}</answer>` };
    },
  };
}

class NanoRun implements Run {
  readonly plan: Plan;
  private readonly seer: Seer | null;
  private heard: Proposal[] = [];

  constructor(
    private readonly parts: NanoParts,
    private readonly words: Words,
    private readonly labelVectors: readonly Float64Array[],
    private readonly target: Target,
    private readonly info: MediaInfo,
  ) {
    const { objects } = parts.config;
    const sees = target.kind === 'object';
    const window = target.window ?? undefined;
    const timesSeconds = sees ? objectFrameTimes(info, objects.sampling, window) : [];
    this.seer = sees && info.video ? new Seer(parts.objects, objects, info.video) : null;
    this.plan = {
      covered: true,
      category: sees ? 'object' : 'event',
      // The detector takes no larger pictures, so none are decoded.
      frames: sees ? { timesSeconds, maxSide: objects.input.side } : null,
      sound: !sees,
    };
  }

  async look(frame: Frame): Promise<void> {
    if (!this.seer) throw new AppError('bug', 'This question needs no frames.');
    await this.seer.look(frame);
  }

  async listen(
    samples: Samples,
    onProgress: (doneSeconds: number, totalSeconds: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { sound, config } = this.parts;
    this.heard = await hear(samples, sound, config.sound, onProgress, signal);
  }

  async *answer(signal: AbortSignal): AsyncGenerator<TextPiece> {
    const { config, decoder } = this.parts;
    const { target, info } = this;
    const found = this.seer ? this.seer.finish() : this.heard;
    const { maxWords, maxProposals } = config.decoder;
    const scene: Scene = {
      ...target,
      startSeconds: info.startSeconds,
      durationSeconds: info.durationSeconds,
      words: target.words.flatMap((word) => this.words.vector(word) ?? []).slice(0, maxWords),
      proposals: strongest(found, target.weights, maxProposals),
      frame: info.video ?? { width: 1, height: 1 },
    };
    yield* decode(scene, decoder, config.decoder, this.labelVectors, (p) => this.nameOf(p), signal);
  }

  /** A clue is called what the question asks for: the target class that fits it best. */
  private nameOf({ classScores }: Proposal): string {
    const { sound, objects, decoder } = this.parts.config;
    const { kind, weights } = this.target;
    let best = 0;
    weights.forEach((weight, label) => {
      const fit = (at: number): number => (weights[at] === 1 ? 1 + classScores[at]! : 0);
      if (weight === 1 && fit(label) > fit(best)) best = label;
    });
    if (kind === 'object') return objects.labels[best]!;
    const id = sound.labels[best]!;
    return decoder.soundNames[id] ?? id;
  }
}

/**
 * The decoder reads a limited number of proposals: of more, the weakest (match with the question ×
 * confidence) are left out. In the order of their start.
 */
function strongest(
  proposals: readonly Proposal[],
  weights: Float64Array,
  most: number,
): Proposal[] {
  return proposals
    .map((proposal) => ({ proposal, strength: strengthOf(proposal, weights) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, most)
    .map(({ proposal }) => proposal)
    .sort((a, b) => a.startSeconds - b.startSeconds);
}
