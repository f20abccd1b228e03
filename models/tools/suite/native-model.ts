import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Model, Run } from '../../../src/families/family';
import { loadModel } from '../../../src/families/load-model';
import type { Analysis } from '../../../src/protocol/api';
import { reason } from '../../../src/reasoner';
import type { Runtime } from '../../../src/tokens/runtime';
import type { Tensor } from '../../../src/tokens/tensor';
import { parseManifest } from '../../../src/weights/manifest';
import { openNativeMedia } from './native-media';

/** ONNX Runtime of this machine, one thread, so that several runs can share it. */
const runtime: Runtime = {
  backend: 'wasm',
  lost: new Promise(() => undefined),
  dispose: () => undefined,
  async load(bytes) {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      async run(feeds) {
        const inputs: Record<string, OrtTensor> = {};
        for (const [name, { data, dims }] of Object.entries(feeds))
          inputs[name] =
            data instanceof Float32Array
              ? new OrtTensor('float32', data, dims)
              : new OrtTensor('int64', data, dims);
        const outputs: Record<string, Tensor> = {};
        for (const [name, { dims, data }] of Object.entries(await session.run(inputs)))
          outputs[name] = { dims, data: data as Float32Array };
        return outputs;
      },
      dispose: () => session.release(),
    };
  },
};

/** nano as the worker runs it, on native ONNX Runtime and native ffmpeg. */
export class NativeModel {
  private latest: Run | null = null;

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
        new Uint8Array(readFileSync(join(folder, file))),
      ]),
    );
    const sha256 = createHash('sha256').update(text).digest('hex');
    const signal = new AbortController().signal;
    const model = await loadModel({ manifest, sha256, parts }, runtime, () => undefined, signal);
    return new NativeModel(model, { id: manifest.id, version: manifest.version, sha256 });
  }

  /** @throws AppError */
  async ask(path: string, question: string): Promise<Analysis> {
    this.latest = null;
    const model: Model = {
      begin: (text, info) => (this.latest = this.model.begin(text, info)),
      dispose: () => Promise.resolve(),
    };
    const stages = {
      openMedia: () => openNativeMedia(path),
      model,
      now: () => performance.now(),
    };
    const run = reason(
      { file: new File([], path), question },
      stages,
      new AbortController().signal,
    );
    for (;;) {
      const step = await run.next();
      if (step.done) return { ...step.value, model: this.identity, backend: 'wasm' };
    }
  }

  /** What the decoder of the latest question read: target and proposals; null where it was declined. */
  get scene(): unknown {
    return (this.latest as { scene?: unknown } | null)?.scene ?? null;
  }

  async close(): Promise<void> {
    await this.model.dispose();
  }
}
