import { AppError } from '../errors';
import { shardsOf, bundleBytes, type Bundle } from './load-bundle';
import { readManifestText, type ReadManifest } from './read-manifest';
import { blobSha256 } from './sha256';

/**
 * The manifest of a bundle in a folder that the visitor chose.
 * @throws AppError `model-refused` where the folder holds no bundle, `model-corrupt`
 */
export async function readFolderManifest(files: readonly File[]): Promise<ReadManifest> {
  const file = files.find(({ name }) => name === 'manifest.json');
  if (!file) {
    const sentence = 'This folder has no manifest.json, so it is no model bundle.';
    throw new AppError('model-refused', sentence);
  }
  return readManifestText(await file.text());
}

/**
 * A bundle out of a folder, used where it lies. Missing files and wrong sizes are named at once; then
 * every file is read and its sha256 compared.
 * @param onBytes absolute progress of that reading
 * @throws AppError `model-corrupt`, `file-unreadable`; an abort rejects
 */
export async function openFolder(
  { manifest, sha256 }: ReadManifest,
  files: readonly File[],
  onBytes: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Bundle> {
  const fileOf = new Map(files.map((file) => [file.name, file]));
  const shards = Object.values(manifest.parts);
  const missing = shards.filter(({ file }) => !fileOf.has(file)).map(({ file }) => file);
  if (missing.length > 0) {
    throw new AppError('model-corrupt', `The folder lacks ${list(missing)}.`);
  }
  const wrong = shards.filter(({ file, bytes }) => fileOf.get(file)?.size !== bytes);
  if (wrong.length > 0) {
    const names = list(wrong.map(({ file }) => file));
    throw new AppError('model-corrupt', `The size is not the manifest's: ${names}.`);
  }
  const total = bundleBytes(manifest);
  let before = 0;
  let toldAt = -Infinity;
  for (const shard of shardsOf(manifest)) {
    const onShardBytes = (done: number) => {
      if (performance.now() - toldAt < 100) return;
      toldAt = performance.now();
      onBytes(before + done, total);
    };
    const hash = await blobSha256(fileOf.get(shard.file)!, onShardBytes, signal).catch(
      (cause: unknown) => {
        signal.throwIfAborted();
        throw new AppError('file-unreadable', `${shard.file} could not be read.`, { cause });
      },
    );
    if (hash !== shard.sha256) {
      const sentence = `The model file ${shard.file} is damaged: it is not what the manifest describes.`;
      throw new AppError('model-corrupt', sentence);
    }
    before += shard.bytes;
  }
  onBytes(total, total);
  const parts = Object.entries(manifest.parts).map(([role, { file }]) => [role, fileOf.get(file)!]);
  return { manifest, sha256, parts: Object.fromEntries(parts) as Record<string, Blob> };
}

/** `a, b and 3 more`. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
