import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { predictionFileName, readPrediction, type Prediction } from '../benchmark/predictions';

/* Predictions in the release's layout (a folder of `<index>.txt`), or as many lines in one file. */

/** An item's line as it lies in its file. */
export interface ItemText {
  readonly index: string;
  readonly text: string;
}

/** A folder of `<index>.txt`, as a zip. */
export function zipPredictions(items: readonly ItemText[], name: string): File {
  const entries = items.map(
    ({ index, text }) => [predictionFileName(index), strToU8(text)] as const,
  );
  const bytes = zipSync(Object.fromEntries(entries), { mtime: new Date(1980, 0, 1) });
  return new File([bytes], `${name}.zip`, { type: 'application/zip' });
}

export function jsonlPredictions(items: readonly ItemText[], name: string): File {
  const text = items.map((item) => `${item.text.trim()}\n`).join('');
  return new File([text], `${name}.jsonl`, { type: 'application/jsonl' });
}

/** Every line of `.txt`, `.jsonl` and `.zip` files; what is no prediction is passed over. */
export async function readPredictionFiles(files: readonly File[]): Promise<Prediction[]> {
  const found: Prediction[] = [];
  for (const file of files) {
    if (/\.zip$/i.test(file.name)) found.push(...readZip(new Uint8Array(await file.arrayBuffer())));
    else if (isPredictionFile(file)) found.push(...readLines(await file.text(), file.name));
  }
  return found;
}

export function isPredictionFile({ name }: { name: string }): boolean {
  return /\.(txt|jsonl|zip)$/i.test(name);
}

function readZip(bytes: Uint8Array): Prediction[] {
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter: ({ name }) => /\.(txt|jsonl)$/i.test(name) });
  } catch {
    return [];
  }
  return Object.entries(entries).flatMap(([name, content]) => readLines(strFromU8(content), name));
}

function readLines(text: string, name: string): Prediction[] {
  return text.split('\n').flatMap((line) => readPrediction(line, name) ?? []);
}
