import { deleteDeviceRuns, measureDeviceRuns } from './benchmark/benchmark-folder';
import { deleteKeptBundle, listKeptBundles, type KeptBundle } from '../weights/kept-bundles';

/** What is kept on this device for this page, as a line of a list. */
export interface StoredItem {
  /** Tells it from the others; what {@link deleteStored} takes. */
  readonly id: string;
  /**
   * `app`: the page, its codec and its runtime; `samples`: clips that were opened; `model`: a bundle,
   * whole or not; `runs`: answers of benchmark runs; `other`: whatever else lies in this page's caches.
   */
  readonly kind: 'app' | 'samples' | 'model' | 'runs' | 'other';
  /** Of a model; '' for anything else. */
  readonly title: string;
  /** Where a model came from; '' for anything else. */
  readonly origin: string;
  readonly bytes: number;
  readonly files: number;
  /** False for a model of which a part has arrived. */
  readonly isWhole: boolean;
}

export interface StorageReport {
  readonly items: readonly StoredItem[];
  /** All that this origin keeps, and may keep, in bytes; null where the browser does not say. */
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** True where the browser has promised not to clear it on its own; null where it makes no promises. */
  readonly persisted: boolean | null;
}

/** What `<av-storage>` does with the device; tests hand it another. */
export interface DeviceStorage {
  read(): Promise<StorageReport>;
  /** @returns false where something of it is in use and so stays */
  remove(id: string): Promise<boolean>;
  removeAll(): Promise<boolean>;
  /** Asks the browser not to clear it on its own. @returns whether it promised */
  persist(): Promise<boolean>;
}

/** Names of the service worker's caches: a prefix, what for, and its scope (offline/serve-offline.ts). */
const cachePattern = /^av-reasoner-(\w+)-(.*)$/;
const cacheKinds: Record<string, StoredItem['kind']> = {
  shell: 'app',
  assets: 'app',
  samples: 'samples',
};

async function ownCaches(): Promise<{ name: string; kind: StoredItem['kind'] }[]> {
  const scope = new URL('./', document.baseURI).href;
  const names = await caches.keys().catch(() => []);
  return names.flatMap((name) => {
    const [, part = '', where] = cachePattern.exec(name) ?? [];
    return where === scope ? [{ name, kind: cacheKinds[part] ?? 'other' }] : [];
  });
}

async function measureCache(name: string): Promise<{ bytes: number; files: number }> {
  const cache = await caches.open(name);
  const requests = await cache.keys();
  let bytes = 0;
  for (const request of requests) bytes += await bytesOf(await cache.match(request));
  return { bytes, files: requests.length };
}

/** By the server's word where that is of the stored bytes, else by reading them. */
async function bytesOf(response: Response | undefined): Promise<number> {
  if (!response) return 0;
  const length = Number(response.headers.get('Content-Length'));
  return length > 0 && !response.headers.has('Content-Encoding')
    ? length
    : (await response.blob()).size;
}

async function cacheItems(): Promise<StoredItem[]> {
  const items = new Map<string, StoredItem>();
  for (const { name, kind } of await ownCaches()) {
    const measured = await measureCache(name).catch(() => ({ bytes: 0, files: 0 }));
    const { bytes = 0, files = 0 } = items.get(kind) ?? {};
    if (measured.files === 0) continue;
    items.set(kind, {
      ...{ id: `cache:${kind}`, kind, title: '', origin: '', isWhole: true },
      bytes: bytes + measured.bytes,
      files: files + measured.files,
    });
  }
  return [...items.values()];
}

function modelItem({ folder, manifest, bytes, files, isWhole }: KeptBundle): StoredItem {
  return {
    id: `model:${folder}`,
    kind: 'model',
    title: manifest ? `${manifest.title} ${manifest.version}` : lastFolder(folder),
    origin: folder,
    ...{ bytes, files: files.length, isWhole },
  };
}

const runsItem = {
  ...({ id: 'runs', kind: 'runs', title: '', origin: '', isWhole: true } as const),
};

function lastFolder(url: string): string {
  return url ? decodeURIComponent(new URL(url).pathname.split('/').at(-2) ?? '') : '';
}

async function read(): Promise<StorageReport> {
  const [cached, bundles, runs, estimate, persisted] = await Promise.all([
    cacheItems().catch(() => []),
    listKeptBundles().catch(() => []),
    measureDeviceRuns(),
    navigator.storage?.estimate?.().catch(() => null) ?? null,
    navigator.storage?.persisted?.().catch(() => null) ?? null,
  ]);
  return {
    items: [...cached, ...bundles.map(modelItem), ...(runs ? [{ ...runsItem, ...runs }] : [])],
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    persisted,
  };
}

async function remove(id: string): Promise<boolean> {
  if (id === runsItem.id) return deleteDeviceRuns();
  for (const { name, kind } of await ownCaches()) {
    if (id === `cache:${kind}`) await caches.delete(name);
  }
  const bundles = await listKeptBundles();
  const gone = await Promise.all(
    bundles.filter(({ folder }) => id === `model:${folder}`).map(deleteKeptBundle),
  );
  return gone.every(Boolean);
}

/** Whatever is listed, and the service worker with it: the next visit is a first one. */
async function removeAll(): Promise<boolean> {
  const { items } = await read();
  const gone = await Promise.all(items.map(({ id }) => remove(id)));
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  await registration?.unregister().catch(() => false);
  return gone.every(Boolean);
}

export const deviceStorage: DeviceStorage = {
  read,
  remove,
  removeAll,
  persist: () => navigator.storage?.persist?.().catch(() => false) ?? Promise.resolve(false),
};
