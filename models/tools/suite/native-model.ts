import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model, Run } from '../../../src/families/family';
import { loadModel } from '../../../src/families/load-model';
import type { Proposal } from '../../../src/families/nano/proposal';
import type { Target } from '../../../src/families/nano/target';
import type { AnalyzeOptions, Analysis } from '../../../src/protocol/api';
import { reason } from '../../../src/reasoner';
import { parseManifest } from '../../../src/weights/manifest';
import { nativeRuntime } from '../native-runtime';
import { openNativeMedia } from './native-media';

export interface DumpedScene {
  target: Target;
  /** Everything that the towers noticed, unsorted; a long clip's decoder reads the strongest alone. */
  proposals: readonly Proposal[];
}

/** The parts of nano's run that a dump reads; they are nobody's interface. */
interface Insides {
  target: Target;
  heard: readonly Proposal[];
  seer: { finish(): readonly Proposal[] } | null;
  watcher: { finish(): readonly Proposal[] } | null;
}

/** nano as the worker runs it, on native ONNX Runtime and native ffmpeg. */
export class NativeModel {
  private latest: (Run & Partial<Insides>) | null = null;
  private evidence = { object: [] as readonly Proposal[], cycle: [] as readonly Proposal[] };

  private constructor(
    private readonly model: Model,
    private readonly identity: Analysis['model'],
  ) {}

  /** @param folder holds `manifest.json` and the files that it names */
  static async open(folder: string): Promise<NativeModel> {
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
    const manifest = parseManifest(text);
    const parts = Object.fromEntries(
      Object.entries(manifest.parts).map(([role, { file }]) => [
        role,
        new Blob([readFileSync(join(folder, file))]),
      ]),
    );
    const sha256 = createHash('sha256').update(text).digest('hex');
    const signal = new AbortController().signal;
    const model = await loadModel(
      { manifest, sha256, parts },
      nativeRuntime,
      () => undefined,
      signal,
    );
    return new NativeModel(model, { id: manifest.id, version: manifest.version, sha256 });
  }

  /** @throws AppError */
  async ask(path: string, question: string, options: AnalyzeOptions = {}): Promise<Analysis> {
    this.latest = null;
    const model: Model = {
      begin: (text, info, asking) =>
        (this.latest = this.watched(this.model.begin(text, info, asking))),
      dispose: () => Promise.resolve(),
    };
    const stages = {
      openMedia: () => openNativeMedia(path),
      model,
      now: () => performance.now(),
    };
    const run = reason(
      { ...options, file: new File([], path), question },
      stages,
      new AbortController().signal,
    );
    for (;;) {
      const step = await run.next();
      if (step.done) return { ...step.value, model: this.identity, backend: 'wasm' };
    }
  }

  /** Keeps what the towers find, on its way to the decoder. */
  private watched(run: Run & Partial<Insides>): Run & Partial<Insides> {
    this.evidence = { object: [], cycle: [] };
    const { seer, watcher } = run;
    if (seer) {
      const finish = seer.finish.bind(seer);
      seer.finish = () => (this.evidence.object = finish());
    }
    if (watcher) {
      const finish = watcher.finish.bind(watcher);
      watcher.finish = () => (this.evidence.cycle = finish());
    }
    return run;
  }

  /** What the decoder of the latest question had to judge; null where the question was declined. */
  get scene(): DumpedScene | null {
    const { target, heard = [] } = this.latest ?? {};
    const { object, cycle } = this.evidence;
    return target ? { target, proposals: [...heard, ...object, ...cycle] } : null;
  }

  async close(): Promise<void> {
    await this.model.dispose();
  }
}
