import type { Category } from '../../clues/clue';
import type { Frame, MediaInfo, MediaUse, Samples } from '../../media/media';
import { countChunks, cutChunk } from '../../tensors/audio-chunks';
import type { Sequence } from '../../tokens/decoder';
import type { Runtime } from '../../tokens/runtime';
import { AppError } from '../../errors';
import type { Asking, Model, Plan, Run, TextPiece } from '../family';
import { Prompt, readBoundaries, type Boundaries } from './assemble';
import { budget, heardChunks, mediaUse, type Budget } from './budget';
import { converse } from './conversation';
import { Embeddings } from './embeddings';
import { generate } from './generate';
import { graphFile, partOf, type AvBundle } from './graphs';
import { loadHearing } from './hearing';
import { cluePrompt, numberPrompt, type Shown } from './prompt';
import { questionKind } from './question-kind';
import { AvReply, readCount } from './reply';
import { createSampler } from './sampler';
import { defaultSettings, type Ask, type AvSettings } from './settings';
import { createTokenizer, type Tokenizer } from './tokenizer';
import { loadVision, type Vision } from './vision';

/** What stays in memory between runs; graphs are loaded by the run that needs them. */
interface Parts {
  bundle: AvBundle;
  runtime: Runtime;
  settings: AvSettings;
  tokenizer: Tokenizer;
  embeddings: Embeddings;
  boundaries: Boundaries;
  /** What stands for a missing sound track: the same for every clip. */
  silence: Float32Array | null;
}

/** A number needs no more words than this. */
const numberTokens = 16;

/**
 * AV-Reasoner 7B (Ola-7B): frames and sound become embeddings, the language model reads them with
 * the question and writes clues. Never are two of its large parts loaded at once: the sound encoders
 * give way to the picture encoder, and that to the decoder.
 * @throws AppError `model-corrupt`
 */
export async function createAvReasoner(
  whole: AvBundle,
  runtime: Runtime,
  settings: Partial<AvSettings> = {},
): Promise<Model> {
  const bundle = withLimit(whole, settings.maxNewTokens);
  const { tables, decoder } = bundle.manifest.avReasoner;
  const [tokenizer, config] = await Promise.all(
    [tables.tokenizer, tables.tokenizerConfig].map((role) => partOf(bundle, role).text()),
  );
  const { part, dtype } = tables.embeddings;
  const parts: Parts = {
    bundle,
    runtime,
    settings: { ...defaultSettings, ...settings },
    tokenizer: createTokenizer(tokenizer!, config!),
    embeddings: new Embeddings(partOf(bundle, part), decoder.hidden, dtype),
    boundaries: readBoundaries(
      await partOf(bundle, tables.boundaries).arrayBuffer(),
      decoder.hidden,
    ),
    silence: null,
  };
  return {
    begin: (question, info, asking = {}) => new AvRun(parts, question, info, asking),
    dispose: () => Promise.resolve(),
  };
}

/** The bundle with fewer tokens in a reply. */
function withLimit({ manifest, parts }: AvBundle, most = Infinity): AvBundle {
  const { avReasoner } = manifest;
  const maxNewTokens = Math.min(most, avReasoner.generation.maxNewTokens);
  const generation = { ...avReasoner.generation, maxNewTokens };
  return { manifest: { ...manifest, avReasoner: { ...avReasoner, generation } }, parts };
}

class AvRun implements Run {
  readonly plan: Plan;
  readonly reader: AvReply;
  readonly #category: Category;
  readonly #asks: Ask;
  readonly #thinks: boolean;
  readonly #budget: Budget;
  readonly #frames: Float32Array[] = [];
  readonly #frameSeconds: number[] = [];
  readonly #chunks: Float32Array[] = [];
  #heard: number[] = [];
  #totalChunks = 0;
  #vision: Vision | null = null;
  readonly #tokens = { read: 0, written: 0 };

  constructor(
    private readonly parts: Parts,
    private readonly question: string,
    private readonly info: MediaInfo,
    { category, ask }: Asking,
  ) {
    const { settings, bundle } = parts;
    const numbers = bundle.manifest.avReasoner;
    this.#category = category ?? questionKind(question, info);
    this.#asks = ask?.reply ?? settings.ask;
    this.#thinks = ask?.thinks ?? settings.thinks;
    const { pictureSeconds } = info;
    // A clip is sampled as in training; of single pictures, the model takes all that have room.
    const frames = settings.frames ?? pictureSeconds?.length ?? numbers.vision.frames;
    this.#budget = budget({
      info,
      numbers,
      compat: settings.compat,
      frames,
      textTokens: this.#textTokens(frames),
      maxNewTokens: numbers.generation.maxNewTokens,
    });
    const { timesSeconds } = this.#budget;
    // The resize to the model's size must start from the whole picture, as it did in training.
    const maxSide = info.video ? Math.max(info.video.width, info.video.height) : 0;
    this.plan = {
      covered: true,
      category: this.#category,
      looks:
        timesSeconds.length > 0
          ? [{ purpose: 'everything', frames: { timesSeconds, maxSide } }]
          : [],
      sound: info.audio !== null,
    };
    this.reader = new AvReply({
      category: this.#category,
      startSeconds: info.startSeconds,
      durationSeconds: info.durationSeconds,
      frameSeconds: this.#frameSeconds,
      stated: info.video,
      displayed: info.video,
    });
  }

  async listen(
    samples: Samples,
    onProgress: (doneSeconds: number, totalSeconds: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { chunkSamples, sampleRate } = this.parts.bundle.manifest.avReasoner.audio;
    this.#totalChunks = countChunks(samples.data.length, chunkSamples);
    this.#heard = heardChunks(this.#budget, this.#totalChunks);
    const seconds = chunkSamples / sampleRate;
    const total = this.#heard.length * seconds;
    onProgress(0, total);
    const hearing = await loadHearing(this.parts.bundle, this.parts.runtime);
    try {
      for (const chunk of this.#heard) {
        signal.throwIfAborted();
        this.#chunks.push(await hearing.hear(cutChunk(samples.data, chunk, chunkSamples)));
        onProgress(this.#chunks.length * seconds, total);
      }
    } finally {
      await hearing.release();
    }
  }

  async look(frame: Frame): Promise<void> {
    const { hidden } = this.parts.bundle.manifest.avReasoner.decoder;
    this.#vision ??= await loadVision(this.parts.bundle, this.parts.runtime);
    const tokens = await this.#vision.look(frame);
    const { tokensPerFrame, timesSeconds } = this.#budget;
    // A picture that is larger than the file said may not push the question out of the context.
    const taken = this.#frames.reduce((sum, { length }) => sum + length, tokens.length) / hidden;
    if (this.#frames.length > 0 && taken > tokensPerFrame * timesSeconds.length) return;
    const place = this.#placeOf(frame.timestampSeconds);
    this.#frames.splice(place, 0, tokens);
    this.#frameSeconds.splice(place, 0, frame.timestampSeconds);
  }

  /** Where a frame stands among those that are there: frames come by their time, pictures are named. */
  #placeOf(seconds: number): number {
    const { pictureSeconds } = this.info;
    if (!pictureSeconds) return this.#frames.length;
    const named = pictureSeconds.indexOf(seconds);
    return this.#frameSeconds.filter((other) => pictureSeconds.indexOf(other) < named).length;
  }

  async *answer(signal: AbortSignal): AsyncGenerator<TextPiece> {
    await this.#finishMedia(signal);
    const { bundle, runtime } = this.parts;
    const { graphs, decoder: shape, generation } = bundle.manifest.avReasoner;
    const prompt = await this.#prompt(
      this.#asks === 'number'
        ? numberPrompt(this.question, this.#shown(), this.#thinks)
        : cluePrompt(this.question, this.#category, this.#shown(), this.#thinks),
    );
    const bare =
      this.#asks === 'both'
        ? await this.#prompt(numberPrompt(this.question, this.#shown(), false))
        : null;
    const pieces = [];
    for (const roles of graphs.decoder) pieces.push(await graphFile(bundle, roles));
    signal.throwIfAborted();
    yield { text: '', progress: { done: 0, total: prompt.length } };
    const decoder = await runtime.loadDecoder(pieces, shape);
    try {
      const room = Math.max(prompt.length, bare?.length ?? 0) + generation.maxNewTokens;
      const sequence = await decoder.start(room);
      try {
        yield { text: '', progress: { done: 0, total: prompt.length } };
        yield* this.#write(sequence, prompt, generation.maxNewTokens, signal);
        if (bare) {
          sequence.rewind(prompt.mediaEnd);
          let text = '';
          const most = Math.min(numberTokens, generation.maxNewTokens);
          for await (const piece of this.#write(sequence, bare, most, signal)) text += piece.text;
          this.reader.bareCount = readCount(text);
        }
      } finally {
        sequence.close();
      }
    } finally {
      await decoder.dispose();
    }
  }

  used(): MediaUse {
    const use = mediaUse(
      this.info,
      this.parts.bundle.manifest.avReasoner,
      { shown: this.#frames.length, planned: this.#budget.timesSeconds.length },
      { heard: this.#heard, total: this.#totalChunks },
    );
    return { ...use, tokens: { ...this.#tokens } };
  }

  async close(): Promise<void> {
    await this.#vision?.release();
    this.#vision = null;
    this.#frames.length = 0;
    this.#chunks.length = 0;
  }

  /** One reply: text as it comes, progress while the prompt is read. */
  async *#write(
    sequence: Sequence,
    prompt: Prompt,
    most: number,
    signal: AbortSignal,
  ): AsyncGenerator<TextPiece> {
    const { bundle, settings, tokenizer, embeddings } = this.parts;
    const { generation, context } = bundle.manifest.avReasoner;
    const stream = tokenizer.stream();
    const temperature = settings.greedy ? 0 : generation.temperature;
    const left =
      settings.compat === 'budgeted'
        ? Math.max(1, context - prompt.length)
        : generation.maxNewTokens;
    const steps = generate(
      sequence,
      prompt,
      embeddings,
      {
        sampler: createSampler({ ...generation, temperature }, settings.seed),
        stopIds: generation.stopIds,
        maxNewTokens: Math.min(most, left),
        prefillRows: settings.prefillRows,
      },
      signal,
    );
    for await (const step of steps) {
      if ('id' in step) {
        this.#tokens.written++;
        yield { text: stream.push(step.id) };
      } else yield { text: '', progress: step };
    }
    this.#tokens.read = Math.max(this.#tokens.read, prompt.length);
    yield { text: stream.end() };
  }

  /** The encoders are done: what is left of them goes, and a clip without sound gets its stand-in. */
  async #finishMedia(signal: AbortSignal): Promise<void> {
    await this.#vision?.release();
    this.#vision = null;
    const needsSilence = this.info.audio === null && this.info.durationSeconds > 0;
    if (!needsSilence) return;
    signal.throwIfAborted();
    if (!this.parts.silence) {
      const hearing = await loadHearing(this.parts.bundle, this.parts.runtime);
      try {
        this.parts.silence = await hearing.hearNothing();
      } finally {
        await hearing.release();
      }
    }
    this.#chunks.push(this.parts.silence);
  }

  async #prompt(text: string): Promise<Prompt> {
    const { tokenizer, embeddings, boundaries, bundle, settings } = this.parts;
    const { decoder, context } = bundle.manifest.avReasoner;
    const { prefix, suffix } = converse(text, tokenizer);
    const prompt = new Prompt(
      {
        prefix: await embeddings.read(prefix),
        frames: this.#frames,
        chunks: this.#chunks,
        suffix: await embeddings.read(suffix),
      },
      boundaries,
      decoder.hidden,
      settings.compat === 'budgeted' ? Infinity : context,
    );
    if (settings.compat === 'budgeted' && prompt.length >= context)
      throw new AppError('bug', `A prompt of ${prompt.length} positions does not fit.`);
    return prompt;
  }

  #shown(): Shown {
    const { info } = this;
    const { chunkSamples, sampleRate } = this.parts.bundle.manifest.avReasoner.audio;
    const seconds = chunkSamples / sampleRate;
    const isPartial = this.#heard.length < this.#totalChunks;
    return {
      durationSeconds: info.durationSeconds,
      picture: info.video,
      frameSeconds: this.#frameSeconds.map((time) => Math.max(0, time - info.startSeconds)),
      isPicked: info.pictureSeconds !== undefined,
      heardSeconds: isPartial
        ? this.#heard.map((chunk) => [chunk * seconds, (chunk + 1) * seconds] as const)
        : [],
    };
  }

  /** Positions of the longest text that this run may ask with, before its frames are chosen. */
  #textTokens(frames: number): number {
    const { info, question, parts } = this;
    const { bundle, tokenizer } = parts;
    const { audio } = bundle.manifest.avReasoner;
    const last = Math.max(0, info.durationSeconds);
    const shown: Shown = {
      durationSeconds: last,
      picture: info.video,
      frameSeconds: info.video ? Array<number>(frames).fill(last) : [],
      isPicked: info.pictureSeconds !== undefined,
      // The longest that this list can get: where every chunk but one is heard.
      heardSeconds:
        last > (audio.maxChunks * audio.chunkSamples) / audio.sampleRate
          ? Array.from({ length: audio.maxChunks }, () => [last, last] as const)
          : [],
    };
    const texts: string[] = [];
    if (this.#asks !== 'number')
      texts.push(cluePrompt(question, this.#category, shown, this.#thinks));
    if (this.#asks !== 'clues') texts.push(numberPrompt(question, shown, this.#thinks));
    const lengths = texts.map((text) => {
      const { prefix, suffix } = converse(text, tokenizer);
      return prefix.length + suffix.length;
    });
    return Math.max(...lengths);
  }
}
