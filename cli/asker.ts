import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AnalyzeOptions, Analysis } from '../src/protocol/api';
import { AppPage, type Failure } from './app-page.ts';
import { root } from './site.ts';

/** Anything that answers a question about a file: the built app, or the native runner. */
export interface Asker {
  ask(file: string, question: string, options?: AnalyzeOptions): Promise<Analysis | Failure>;
  close(): Promise<void>;
}

export interface AskerOptions {
  /** Product code on native ONNX Runtime and ffmpeg instead of the built app in a browser. */
  native: boolean;
  log: (line: string) => void;
  /** True: the asker is closed by who opened it when the program is told to stop. */
  keepsOnSignal?: boolean;
}

/** @param model `nano`, or a folder with a bundle */
export const bundleFolder = (model: string): string =>
  model === 'nano' ? join(root, 'models', 'served', 'nano') : resolve(model);

export async function openAsker(
  model: string,
  { native, log, keepsOnSignal = false }: AskerOptions,
): Promise<Asker> {
  if (!native) return new AppPage({ model, onProgress: log, keepsOnSignal });
  const { NativeModel } = await import('../models/tools/suite/native-model.ts');
  const asker = await NativeModel.open(bundleFolder(model));
  return {
    ask: (file, question, options) =>
      asker.ask(file, question, options).catch((error: { code?: string; message?: string }) => ({
        error: { code: error.code ?? 'bug', message: error.message ?? 'Unknown error.' },
      })),
    close: () => asker.close(),
  };
}

/** Who answers, as a manifest says it. @throws Error with a sentence where there is no bundle */
export function readModelIdentity(model: string): { id: string; version: string; sha256: string } {
  const path = join(bundleFolder(model), 'manifest.json');
  if (!existsSync(path)) throw new Error(`There is no model bundle: ${path} is missing.`);
  const text = readFileSync(path);
  const { id, version } = JSON.parse(text.toString('utf8')) as { id: string; version: string };
  return { id, version, sha256: createHash('sha256').update(text).digest('hex') };
}
