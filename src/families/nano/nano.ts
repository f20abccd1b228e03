import type { Frame, MediaInfo, Samples } from '../../media/media';
import type { Graph } from '../../tokens/tensor';
import { AppError } from '../../errors';
import type { Look, Model, Plan, Purpose, Run, TextPiece } from '../family';
import { clueName } from './clue-name';
import { decode } from './decode';
import { strengthsOf, type LabelVectors, type Scene } from './features';
import { ground } from './ground';
import { glimpse } from './glimpse';
import { hear } from './hear';
import { motionFrameTimes } from './motion/frame-times';
import { Watcher } from './motion/watch';
import { matchOf } from './measures';
import type { NanoConfig } from './nano-config';
import { PictureClock } from './picture-clock';
import { isPresent, objectBars, withoutFaint, type PresenceBars } from './presence';
import { presume } from './presume';
import type { Proposal } from './proposal';
import { objectFrameTimes } from './sampling';
import { Seer } from './see';
import type { Mention, Target, TowerKind } from './target';
import { Vocabulary } from './vocabulary';
import { Words } from './words';

export interface NanoParts {
  sound: Graph;
  objects: Graph;
  pose: Graph;
  decoder: Graph;
  /** `words.bin` */
  words: Uint8Array;
  config: NanoConfig;
}

/**
 * nano: question tokens + what three towers propose → a decoder that streams clues and the count.
 * Disposing it releases every graph.
 * @throws AppError `model-corrupt` where the word list is damaged
 */
export function createNano(parts: NanoParts): Model {
  const words = new Words(parts.words);
  const { sound, objects, motion, decoder } = parts.config;
  const labels = {
    sounds: sound.labels,
    objects: objects.labels,
    cycles: motion.labels,
    colours: objects.colours,
  };
  const vocabulary = new Vocabulary(decoder, words, labels);
  const phrases = (names: readonly string[]) => names.map((name) => words.phrase(name));
  const vectors = {
    sound: phrases(sound.labels.map((id) => decoder.soundNames[id] ?? id)),
    object: phrases(objects.labels),
    cycle: phrases(motion.labels),
  };
  return {
    begin(question, info) {
      const grounding = ground(question, info, vocabulary);
      if (!grounding.covered) return decline(grounding.reason);
      const missing = missingTrack(grounding.target, info);
      if (missing) return decline(missing);
      return new NanoRun(parts, words, vectors, grounding.target, info);
    },
    glimpse: (media, signal) => glimpse(media, parts, signal),
    async dispose() {
      const { sound, objects, pose, decoder } = parts;
      const graphs = [sound, objects, pose, decoder];
      await Promise.all(graphs.map((graph) => graph.dispose()));
    },
  };
}

/** Everything that a question speaks of: what is counted, and what it depends on. */
function mentions({ condition, ...counted }: Target): readonly Mention[] {
  return condition ? [counted, condition] : [counted];
}

function missingTrack(target: Target, { audio, video }: MediaInfo): string | null {
  const kinds = mentions(target).map(({ kind }) => kind);
  if (kinds.includes('sound') && !audio)
    return 'This model cannot count sounds here, because this clip has no sound; it can count what is seen, such as people, cars or push-ups.';
  if (kinds.some((kind) => kind !== 'sound') && !video)
    return 'This model cannot count what is seen here, because this clip has no picture; it can count sounds, such as dog barks or claps.';
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
  plan: Plan;
  private readonly seer: Seer | null = null;
  private readonly watcher: Watcher | null = null;
  private readonly bars: PresenceBars;
  private heard: Proposal[] = [];

  constructor(
    private readonly parts: NanoParts,
    private readonly words: Words,
    private readonly labelVectors: LabelVectors,
    private target: Target,
    private readonly info: MediaInfo,
  ) {
    const { sound, objects, motion } = parts.config;
    this.bars = {
      ...{ sound, motion },
      objects: objectBars(target, info, objects.presence),
    };
    const { otherwise } = target;
    const kinds = [...mentions(target), ...(otherwise ? [otherwise] : [])].map(({ kind }) => kind);
    // What a condition depends on may lie outside the asked window.
    const window = target.condition ? undefined : (target.window ?? undefined);
    const looks: Look[] = [];
    if (kinds.includes('object') && info.video) {
      const timesSeconds = objectFrameTimes(info, objects.sampling, window);
      const { maxGapSeconds } = objects.tracker;
      // A thing that one picture does not show is still the same thing in the next.
      const clock = info.pictureSeconds ? new PictureClock(maxGapSeconds / 2) : null;
      this.seer = new Seer(parts.objects, objects, info.video, timesSeconds.length, clock);
      const { maxSide } = objects.sampling;
      looks.push({ purpose: 'objects', frames: { timesSeconds, maxSide } });
    }
    if (kinds.includes('cycle') && info.video) {
      this.watcher = new Watcher(parts, motion, info.video);
      const timesSeconds = motionFrameTimes(info, motion.sampling, window);
      const { maxSide } = motion.sampling;
      looks.push({ purpose: 'motion', frames: { timesSeconds, maxSide } });
    }
    const { category } = target;
    this.plan = { covered: true, category, looks, sound: kinds.includes('sound') };
  }

  async look(frame: Frame, purpose: Purpose): Promise<void> {
    const tower = purpose === 'objects' ? this.seer : this.watcher;
    if (!tower) throw new AppError('bug', `This question needs no frames for ${purpose}.`);
    await tower.look(frame);
  }

  async listen(
    samples: Samples,
    onProgress: (doneSeconds: number, totalSeconds: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { sound, config } = this.parts;
    this.heard = await hear(samples, sound, config.sound, onProgress, signal);
    const { target, plan } = this;
    if (!target.otherwise || !plan.covered) return;
    // Looking takes longer than listening, and says less of what is heard.
    if (isPresent(target, this.heard, this.bars)) this.plan = { ...plan, looks: [] };
    else this.target = { ...target, ...target.otherwise };
  }

  async *answer(signal: AbortSignal): AsyncGenerator<TextPiece> {
    const { config, decoder } = this.parts;
    const { target, info } = this;
    const found: Record<TowerKind, readonly Proposal[]> = {
      sound: this.heard,
      object: this.seer?.finish() ?? [],
      cycle: this.watcher?.finish() ?? [],
    };
    for (const mention of mentions(target))
      found[mention.kind] = presume(mention, found[mention.kind], config);
    const { maxWords } = config.decoder;
    const scene: Scene = {
      ...target,
      startSeconds: info.startSeconds,
      durationSeconds: info.durationSeconds,
      words: target.words.flatMap((word) => this.words.vector(word) ?? []).slice(0, maxWords),
      proposals: strongest(target, found, this.bars, config),
      leastScore: this.bars.objects.thing,
      sounds: config.sound,
      frame: info.video ?? { width: 1, height: 1 },
    };
    const nameOf = (proposal: Proposal) => clueName(proposal, target, config);
    const pieces = decode(scene, decoder, config.decoder, this.labelVectors, nameOf, signal);
    const isExact = info.pictureSeconds !== undefined && target.kind === 'object';
    for await (const piece of pieces) yield isExact ? exactly(piece) : piece;
  }
}

/** The moment of a picture itself, which the text of its clue rounds. */
function exactly(piece: TextPiece): TextPiece {
  const first = piece.evidence?.path?.[0];
  if (!first) return piece;
  const { timestampSeconds } = first;
  return { ...piece, evidence: { ...piece.evidence, timestampSeconds } };
}

/**
 * The decoder reads a limited number of proposals: of more, the weakest (match with the question ×
 * confidence) are left out, what is counted and what a condition speaks of apart. By their start.
 */
function strongest(
  target: Target,
  found: Readonly<Record<TowerKind, readonly Proposal[]>>,
  bars: PresenceBars,
  { decoder: { maxProposals, maxConditions }, sound }: NanoConfig,
): Proposal[] {
  const { condition } = target;
  const present = (mention: Mention): readonly Proposal[] => {
    const proposals = found[mention.kind];
    return isPresent(mention, proposals, bars) ? withoutFaint(mention, proposals, bars) : [];
  };
  const pick = (mention: Mention, most: number): Proposal[] => {
    const proposals = comparable(present(mention), mention);
    const strengths = strengthsOf(proposals, mention, sound);
    return proposals
      .map((proposal, i) => ({ proposal, strength: strengths[i]! }))
      .sort((a, b) => b.strength - a.strength)
      .slice(0, most)
      .map(({ proposal }) => proposal);
  };
  const needed = condition ? pick(condition, maxConditions) : [];
  const counted = pick(target, maxProposals - needed.length);
  return [...new Set([...counted, ...needed])].sort((a, b) => a.startSeconds - b.startSeconds);
}

/** Of a long recording's sounds no more are compared with one another. */
const mostCompared = 512;

/** What is worth comparing: of very many sounds those that are most like the asked one by themselves. */
function comparable(proposals: readonly Proposal[], mention: Mention): readonly Proposal[] {
  if (mention.kind !== 'sound' || proposals.length <= mostCompared) return proposals;
  const own = ({ classScores, confidence }: Proposal): number =>
    matchOf(classScores, mention.weights) * confidence;
  return proposals.toSorted((a, b) => own(b) - own(a)).slice(0, mostCompared);
}
