import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, ResolvedConfig } from 'vite';
import { VitePWA, type VitePWAOptions } from 'vite-plugin-pwa';
import { colours } from './src/ui/colours.ts';

const iconFolder = 'src/ui/icons';

/** The installed app: its name, its icons, the files it opens. Addresses are relative to the page. */
const webManifest: VitePWAOptions['manifest'] = {
  id: './',
  name: 'AV-Reasoner: count what you see and hear',
  short_name: 'AV-Reasoner',
  description:
    'Ask how many about a video. The answer comes with the moments that prove it, and your video never leaves this device.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: colours.paper[0],
  theme_color: colours.paper[0],
  categories: ['productivity', 'education', 'utilities'],
  icons: [
    { src: 'icons/tally-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: 'icons/tally-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    {
      src: 'icons/tally-maskable-512.png',
      sizes: '512x512',
      type: 'image/png',
      purpose: 'maskable',
    },
  ],
  // “Open with”: the files arrive through `launchQueue` (src/state/launch.ts).
  file_handlers: [
    {
      action: './',
      accept: {
        'video/*': [
          '.mp4',
          '.m4v',
          '.mov',
          '.webm',
          '.mkv',
          '.avi',
          '.mpg',
          '.mpeg',
          '.ts',
          '.3gp',
        ],
        'audio/*': ['.wav', '.mp3', '.m4a', '.aac', '.flac', '.ogg', '.opus'],
      },
    },
  ],
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
};

/** Puts the icons where the web manifest says they are: it is no module, so they get no hash. */
function appIcons(): Plugin {
  return {
    name: 'app-icons',
    apply: 'build',
    generateBundle() {
      for (const name of readdirSync(iconFolder)) {
        const source = readFileSync(join(iconFolder, name));
        this.emitFile({ type: 'asset', fileName: `icons/${name}`, source });
      }
    },
    transformIndexHtml: () => [
      {
        tag: 'link',
        attrs: { rel: 'apple-touch-icon', href: './icons/tally-apple-180.png' },
        injectTo: 'head',
      },
      ...colours.paper.map((content, index) => ({
        tag: 'meta',
        attrs: {
          name: 'theme-color',
          content,
          media: `(prefers-color-scheme: ${index === 0 ? 'light' : 'dark'})`,
        },
        injectTo: 'head' as const,
      })),
    ],
  };
}

/** What the service worker is told of a file. */
interface Entry {
  url: string;
  inShell?: boolean;
}

/**
 * Marks what belongs to the first view: what the built page names (its scripts with all that they
 * import, its styles), what it fetches at once, and the fonts.
 */
function markShell(entries: Entry[], page: string): Entry[] {
  const named = new Set([...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, url]) => url));
  const isShell = (url: string): boolean =>
    named.has(url) || !url.startsWith('assets/') || url.endsWith('.woff2');
  return entries.map((entry) => ({ ...entry, inShell: isShell(entry.url) }));
}

/** The service worker (`workers/offline.worker.ts`) with its list of files, and the web manifest. */
export function offlinePlugins(): Plugin[] {
  let built: ResolvedConfig['build'] | null = null;
  return [
    { name: 'build-options', configResolved: ({ build }) => void (built = build) },
    appIcons(),
    ...VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'offline.worker.ts',
      injectRegister: false,
      manifest: webManifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['index.html', 'models.json', 'samples/*.json', 'assets/*', 'icons/*'],
        dontCacheBustURLsMatching: /^assets\//,
        maximumFileSizeToCacheInBytes: 64_000_000,
        rollupFormat: 'iife',
        manifestTransforms: [
          (entries) => {
            const page = readFileSync(join(built?.outDir ?? 'dist', 'index.html'), 'utf8');
            return { manifest: markShell(entries, page) as typeof entries, warnings: [] };
          },
        ],
      },
    }),
  ];
}
