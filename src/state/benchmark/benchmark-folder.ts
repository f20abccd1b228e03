import {
  predictionFileName,
  readPrediction,
  writePrediction,
  type Prediction,
  type PredictionLine,
} from '../../benchmark/predictions';
import type { RunStore } from '../../benchmark/run';
import type { Setting } from '../../benchmark/settings';

/* Runs as folders, in the release's layout: on this device (OPFS), or where the visitor wants them. */

/** Which unit the boxes of an annotation file have: as its numbers look, or as somebody says. */
export type BoxUnitChoice = 'detected' | 'pixels' | 'percent';

/** What a kept run says about itself. */
export interface RunFacts {
  /** Name of the annotation file. */
  annotations: string;
  items: number;
  setting: Setting;
  thinks: boolean;
  boxUnit: BoxUnitChoice;
  /** As it stands in every line. */
  model: string;
  modelTitle: string;
  /** The page's own clips are its videos. */
  isSamples: boolean;
}

export interface KeptRun extends RunFacts {
  key: string;
  done: number;
  /** When its latest answer came; milliseconds. */
  changedMs: number;
}

const deviceFolder = 'benchmark';
const factsName = 'run.json';
const annotationsName = 'annotations.json';

/** This device's own folder of runs; null where the browser has none that the page can write to. */
export async function deviceRuns(): Promise<FileSystemDirectoryHandle | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(deviceFolder, { create: true });
    return 'createWritable' in FileSystemFileHandle.prototype ? folder : null;
  } catch {
    return null;
  }
}

/** What the runs on this device take; null where there are none. */
export async function measureDeviceRuns(): Promise<{ bytes: number; files: number } | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const found = { bytes: 0, files: 0 };
    await measure(await root.getDirectoryHandle(deviceFolder), found);
    return found.files > 0 ? found : null;
  } catch {
    return null;
  }
}

/** @returns false where something of it could not go */
export async function deleteDeviceRuns(): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(deviceFolder, { recursive: true });
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotFoundError';
  }
}

async function measure(
  folder: FileSystemDirectoryHandle,
  found: { bytes: number; files: number },
): Promise<void> {
  for await (const entry of entriesOf(folder)) {
    if (entry.kind === 'directory') await measure(entry as FileSystemDirectoryHandle, found);
    else {
      found.bytes += (await (entry as FileSystemFileHandle).getFile()).size;
      found.files += 1;
    }
  }
}

/** One run in a folder of its own. */
export class RunFolder implements RunStore {
  private constructor(private readonly folder: FileSystemDirectoryHandle) {}

  /** Opens the run's folder within `parent`; what it is about is written into it the first time. */
  static async open(
    parent: FileSystemDirectoryHandle,
    key: string,
    facts: RunFacts,
    annotationText: string,
  ): Promise<RunFolder> {
    const run = new RunFolder(await parent.getDirectoryHandle(key, { create: true }));
    if ((await run.#read(factsName)) === null) {
      await run.#write(annotationsName, annotationText);
      await run.#write(factsName, `${JSON.stringify(facts)}\n`);
    }
    return run;
  }

  static async find(parent: FileSystemDirectoryHandle, key: string): Promise<RunFolder> {
    return new RunFolder(await parent.getDirectoryHandle(key));
  }

  /** Whatever is there now: another tab may have written it. */
  async has(index: string): Promise<boolean> {
    return (await this.read(index)) !== null;
  }

  async put(line: PredictionLine): Promise<void> {
    await this.#write(predictionFileName(line.index), writePrediction(line));
  }

  /** The latest line of an item; null where there is none. */
  async read(index: string): Promise<Prediction | null> {
    const name = predictionFileName(index);
    return readLines((await this.#read(name)) ?? '', name).at(-1) ?? null;
  }

  /** The text of an item's file; empty where there is none. */
  async readText(index: string): Promise<string> {
    return (await this.#read(predictionFileName(index))) ?? '';
  }

  /** Every line of the run, one at a time. */
  async *lines(): AsyncGenerator<Prediction> {
    for await (const entry of entriesOf(this.folder)) {
      if (entry.kind !== 'file' || !entry.name.endsWith('.txt')) continue;
      const text = await (await (entry as FileSystemFileHandle).getFile()).text();
      yield* readLines(text, entry.name);
    }
  }

  /** Null where it is not a run of ours. */
  async facts(): Promise<RunFacts | null> {
    try {
      return JSON.parse((await this.#read(factsName)) ?? 'null') as RunFacts | null;
    } catch {
      return null;
    }
  }

  annotationText(): Promise<string | null> {
    return this.#read(annotationsName);
  }

  /** How many items it has, and when the latest came. */
  async progress(): Promise<Pick<KeptRun, 'done' | 'changedMs'>> {
    let [done, changedMs] = [0, 0];
    for await (const entry of entriesOf(this.folder)) {
      if (entry.kind !== 'file' || !entry.name.endsWith('.txt')) continue;
      done += 1;
      const { lastModified } = await (entry as FileSystemFileHandle).getFile();
      changedMs = Math.max(changedMs, lastModified);
    }
    return { done, changedMs };
  }

  async #read(name: string): Promise<string | null> {
    try {
      return await (await (await this.folder.getFileHandle(name)).getFile()).text();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return null;
      throw error;
    }
  }

  async #write(name: string, text: string): Promise<void> {
    const file = await this.folder.getFileHandle(name, { create: true });
    const writable = await file.createWritable();
    await writable.write(text);
    await writable.close();
  }
}

/** The runs of a folder, the latest first. */
export async function listRuns(parent: FileSystemDirectoryHandle): Promise<KeptRun[]> {
  const runs: KeptRun[] = [];
  for await (const entry of entriesOf(parent)) {
    if (entry.kind !== 'directory') continue;
    const run = await RunFolder.find(parent, entry.name);
    const facts = await run.facts();
    if (facts) runs.push({ ...facts, key: entry.name, ...(await run.progress()) });
  }
  return runs.sort((a, b) => b.changedMs - a.changedMs);
}

function readLines(text: string, name: string): Prediction[] {
  return text.split('\n').flatMap((line) => readPrediction(line, name) ?? []);
}

/** Not in every type library yet. */
function entriesOf(folder: FileSystemDirectoryHandle): AsyncIterable<FileSystemHandle> {
  return (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
}
