import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview, type Plugin } from 'vite';
import { contentSecurityPolicy, isolationHeaders } from '../vite.config.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const sources = [
  ...['src', 'workers', 'models/served', 'index.html', 'package.json'],
  ...['vite.config.ts', 'pwa.config.ts'],
];

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds the app where `dist` is missing or older than a source. Output goes to stderr. */
export function buildIfStale(): void {
  const built = join(root, 'dist', 'index.html');
  if (existsSync(built)) {
    const builtAt = statSync(built).mtimeMs;
    if (sources.every((path) => newest(join(root, path)) <= builtAt)) return;
  }
  buildApp();
}

/** Builds the app; output goes to stderr. @throws Error where it does not build */
export function buildApp(flags: readonly string[] = [], env: Record<string, string> = {}): void {
  process.stderr.write('Building the app…\n');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn', ...flags], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // A test runner sets another, and the build would be one for development.
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  if (status !== 0) throw new Error('The app could not be built; see above.');
}

export interface Site {
  /** Ends with a slash. */
  url: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  port?: number;
  /** Sub-path to serve under, with both slashes. */
  base?: string;
  /** False: no COOP/COEP/CSP headers, as on a plain static host. */
  headers?: boolean;
  /** A built app in another folder than `dist`. */
  outDir?: string;
  /** A folder with a model bundle, served as `bundle/` beside the app. */
  bundle?: string;
}

/** Serves `dist` on localhost as a careful static host would. */
export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const { port = 0, base = '/', headers = true, outDir = 'dist', bundle } = options;
  const secure = { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy };
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    base,
    build: { outDir },
    plugins: bundle === undefined ? [] : [serveFolder(`${base}bundle/`, bundle)],
    preview: { host: '127.0.0.1', port, headers: headers ? secure : {} },
  });
  const address = server.httpServer.address() as AddressInfo;
  return {
    url: `http://localhost:${address.port}${base}`,
    close: () => server.close(),
  };
}

function serveFolder(prefix: string, folder: string): Plugin {
  return {
    name: 'serve-bundle',
    async configurePreviewServer(server) {
      const { default: sirv } = await import('sirv');
      const handler = sirv(folder, { dev: true });
      server.middlewares.use(prefix, (request, response, next) => handler(request, response, next));
    },
  };
}
