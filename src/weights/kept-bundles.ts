import { del, entries } from 'idb-keyval';

/*
 * What `opfs-store.ts` has kept, as a page sees it: names and sizes, without the worker that wrote it
 * and without the schema of a manifest. Page and worker may both be at it; the file system lets
 * nobody delete what another is writing.
 */

/** A model bundle on this device, or what has arrived of one. */
export interface KeptBundle {
  /** The folder that it came from, or '' for files that nobody remembers. */
  folder: string;
  /** Null while it has not arrived whole, for the manifest is stored last. */
  manifest: { url: string; text: string; title: string; version: string } | null;
  /** Bytes on the disk. */
  bytes: number;
  /** True where every file of the manifest is here. */
  isWhole: boolean;
  /** Names of the files on the disk: their sha256. */
  files: string[];
}

interface Entry {
  url: string;
  complete: boolean;
}

interface Index {
  shards: Map<string, Entry>;
  manifests: Map<string, string>;
}

async function readIndex(): Promise<Index> {
  const index: Index = { shards: new Map(), manifests: new Map() };
  for (const [key, value] of await entries<IDBValidKey, unknown>().catch(() => [])) {
    if (typeof key !== 'string') continue;
    const [, kind, name = ''] = /^(shard|manifest):(.*)$/s.exec(key) ?? [];
    if (kind === 'shard') index.shards.set(name, value as Entry);
    else if (kind === 'manifest') index.manifests.set(name, String(value));
  }
  return index;
}

async function weightsFolder(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle('weights');
  } catch {
    // Nothing was ever kept, or this browser keeps nothing.
    return null;
  }
}

async function readSizes(): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const folder = await weightsFolder();
  if (!folder) return sizes;
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind !== 'file') continue;
    const file = await handle.getFile().catch(() => null);
    sizes.set(name, file?.size ?? 0);
  }
  return sizes;
}

/** The fields that are read here, of a manifest that was checked before it was stored. */
interface ManifestText {
  title: string;
  version: string;
  parts: Record<string, { sha256: string; bytes: number }>;
}

/** Every bundle that is here, whole or not. */
export async function listKeptBundles(): Promise<KeptBundle[]> {
  const [{ shards, manifests }, sizes] = await Promise.all([readIndex(), readSizes()]);
  const bundles = new Map<string, KeptBundle>();
  const bundleOf = (folder: string): KeptBundle => {
    const known = bundles.get(folder);
    if (known) return known;
    const bundle: KeptBundle = { folder, manifest: null, bytes: 0, isWhole: false, files: [] };
    bundles.set(folder, bundle);
    return bundle;
  };
  const claimed = new Set<string>();
  const claim = (folder: string, sha256: string): void => {
    const bytes = sizes.get(sha256);
    if (bytes === undefined || claimed.has(sha256)) return;
    claimed.add(sha256);
    const bundle = bundleOf(folder);
    bundle.files.push(sha256);
    bundle.bytes += bytes;
  };
  for (const [url, text] of manifests) {
    const { title, version, parts } = JSON.parse(text) as ManifestText;
    const bundle = bundleOf(new URL('.', url).href);
    bundle.manifest = { url, text, title, version };
    const wanted = Object.values(parts);
    bundle.isWhole = wanted.every(
      ({ sha256, bytes }) => shards.get(sha256)?.complete && sizes.get(sha256) === bytes,
    );
    for (const { sha256 } of wanted) claim(bundle.folder, sha256);
  }
  for (const [sha256, { url }] of shards) claim(new URL('.', url).href, sha256);
  for (const sha256 of sizes.keys()) claim('', sha256);
  return [...bundles.values()];
}

/** True where the bundle with this manifest (sha256 of its text) would load without a network. */
export async function isKeptWhole(manifestSha256: string): Promise<boolean> {
  for (const { manifest, isWhole } of await listKeptBundles()) {
    if (manifest && isWhole && (await sha256Of(manifest.text)) === manifestSha256) return true;
  }
  return false;
}

/**
 * Takes a bundle off this device. A model that runs goes on with what it has read.
 * @returns false where a file is being written at this moment, and so stays
 */
export async function deleteKeptBundle({ manifest, files }: KeptBundle): Promise<boolean> {
  if (manifest) await del(`manifest:${manifest.url}`).catch(() => undefined);
  const folder = await weightsFolder();
  let isGone = true;
  for (const sha256 of files) {
    try {
      await folder?.removeEntry(sha256);
    } catch (error) {
      isGone &&= error instanceof Error && error.name === 'NotFoundError';
      continue;
    }
    await del(`shard:${sha256}`).catch(() => undefined);
  }
  return isGone;
}

async function sha256Of(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
