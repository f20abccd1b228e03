import { setCacheNameDetails, cacheNames, type WorkboxPlugin } from 'workbox-core';
import { matchPrecache, precache } from 'workbox-precaching';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import type { KeepAnswer, KeepWish } from './keep-wish';

/** A built file, as pwa.config.ts lists it; `revision` is null where the name holds a hash. */
interface BuiltFile {
  url: string;
  revision: string | null;
  /** False for what the first view does not need. */
  inShell?: boolean;
}

declare const self: ServiceWorkerGlobalScope;

/** How long the network may take where there is something to show without it. */
const patienceMs = 4000;

/** ONNX Runtime comes in two builds, and a browser only ever loads one (`bestBuild`, tokens/ort.ts). */
const otherRuntime = 'Suspending' in WebAssembly ? /asyncify|ort\.webgpu/ : /jspi/;

/**
 * The service worker.
 *
 * - The page itself comes from the network where there is one, so nobody is stuck with an old version
 *   and there is nothing to click away. What it falls back on is the copy that was stored together
 *   with exactly the scripts that it names.
 * - Files with a hash in their names come from the cache, whatever version they belong to.
 * - Models are not its business: `weights` keeps them, checks each byte, and goes on where a download
 *   stopped. Neither are other origins, and other pages under the same path.
 */
export function serveOffline(): void {
  const { scope } = self.registration;
  const built = self.__WB_MANIFEST as BuiltFile[];
  const files = built.map((file) => ({
    ...file,
    href: new URL(file.url, scope).href,
  }));
  setCacheNameDetails({ prefix: 'av-reasoner', precache: 'shell', runtime: 'assets' });

  // At once, also while pages of the version before are open: the shell is what they have loaded, and
  // what they may yet load lazily stays in the cache of hashed files as long as they are there (`keep`).
  self.addEventListener('install', () => void self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
  precache(
    files
      .filter(({ inShell }) => inShell !== false)
      .map(({ url, revision }) => ({ url, revision })),
  );

  const assets = new CacheFirst({
    cacheName: cacheNames.runtime,
    plugins: [onlyWhole],
    matchOptions: { ignoreVary: true },
  });
  registerRoute(
    ({ url }) => url.href.startsWith(new URL('assets/', scope).href),
    async (options) => (await matchPrecache(options.request.url)) ?? assets.handle(options),
  );

  const fresh = new Set(files.filter(({ revision }) => revision !== null).map(({ href }) => href));
  const pages = new Set([scope, new URL('index.html', scope).href]);
  registerRoute(
    ({ url, request }) => {
      const bare = url.origin + url.pathname;
      return request.mode === 'navigate' ? pages.has(bare) : fresh.has(bare);
    },
    ({ request, url }) =>
      networkElse(request, () =>
        matchPrecache(request.mode === 'navigate' ? 'index.html' : url.href),
      ),
  );

  registerRoute(
    ({ url, request }) =>
      url.href.startsWith(new URL('samples/', scope).href) && !request.headers.has('Range'),
    new NetworkFirst({
      cacheName: cacheNames.runtime.replace('-assets-', '-samples-'),
      networkTimeoutSeconds: patienceMs / 1000,
      plugins: [onlyWhole],
      matchOptions: { ignoreVary: true },
    }),
  );

  // A cache that cannot be read must not take the page with it.
  setCatchHandler(({ request }) => fetch(request));

  self.addEventListener('message', (event: ExtendableMessageEvent) => {
    const wish = event.data as Partial<KeepWish> | null;
    const [port] = event.ports;
    if (wish?.kind !== 'keep' || !wish.entry || !port) return;
    const isCurrent = files.some(({ href }) => href === wish.entry);
    const answer = async (): Promise<KeepAnswer> => ({
      isCurrent,
      isKept: isCurrent && (await keep(files.map(({ href }) => href))),
    });
    event.waitUntil(answer().then((message) => port.postMessage(message)));
  });
}

/** Keeps what the page and its worker load later. What they have loaded is in the HTTP cache yet. */
async function keep(wanted: readonly string[]): Promise<boolean> {
  try {
    const cache = await caches.open(cacheNames.runtime);
    for (const href of wanted) {
      if (otherRuntime.test(href) || (await matchPrecache(href))) continue;
      if (await cache.match(href, { ignoreVary: true })) continue;
      const response = await fetch(href, { cache: 'force-cache' });
      if (!isWhole(response)) return false;
      await cache.put(href, response);
    }
    await forgetOlder(cache, new Set(wanted));
    return true;
  } catch {
    // No network, or no room.
    return false;
  }
}

/** Files of older builds go when the page that asks is the only one, and so nobody needs them. */
async function forgetOlder(cache: Cache, wanted: ReadonlySet<string>): Promise<void> {
  const { length } = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (length > 1) return;
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
}

/** True for what may be kept: a host that answers every address with its page must not fill the cache. */
function isWhole({ status, headers }: Response): boolean {
  return status === 200 && !headers.get('Content-Type')?.startsWith('text/html');
}

const onlyWhole: WorkboxPlugin = {
  cacheWillUpdate: ({ response }) => Promise.resolve(isWhole(response) ? response : null),
};

/** From the network; from the store where that fails, hangs or answers that the server is down. */
async function networkElse(
  request: Request,
  stored: () => Promise<Response | undefined>,
): Promise<Response> {
  const asked = fetch(request);
  try {
    const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
    const response = await Promise.race([asked, late]);
    if (response && response.status < 500) return response;
  } catch {
    // Answered below.
  }
  return (await stored().catch(() => undefined)) ?? asked;
}
