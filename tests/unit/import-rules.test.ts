import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/*
 * Who may import whom (README, "How it is built"). A room is the first folder under src, or the file
 * itself at its top.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const mayImport: Record<string, readonly string[]> = {
  main: ['ui', 'state', 'protocol/client', 'protocol/api'],
  ui: [
    ...['state', 'clues', 'results', 'errors', 'format-bytes', 'protocol/api'],
    ...['media/media', 'media/make-seekable', 'protocol/render-client', 'benchmark'],
  ],
  results: ['state', 'clues', 'errors', 'protocol/api', 'benchmark'],
  state: [
    ...['protocol/client', 'protocol/api', 'clues', 'errors', 'media/media'],
    ...['offline/keep-wish', 'weights/kept-bundles', 'benchmark'],
  ],
  'protocol/api': ['clues', 'media/media', 'tokens/tensor', 'errors'],
  'protocol/wire': ['errors'],
  'protocol/client': [
    ...['protocol/api', 'protocol/wire', 'protocol/start-worker', 'errors', 'workers'],
  ],
  'protocol/start-worker': ['errors'],
  'protocol/render-api': ['clues'],
  'protocol/render-client': [
    ...['protocol/render-api', 'protocol/wire', 'protocol/start-worker', 'errors', 'workers'],
  ],
  'protocol/render-serve': ['protocol/render-api', 'protocol/wire', 'errors', 'render'],
  render: ['protocol/render-api', 'clues', 'errors', 'ui/colours'],
  'protocol/serve': [
    ...['protocol/api', 'protocol/wire', 'errors', 'reasoner', 'families'],
    ...['media', 'tokens', 'weights'],
  ],
  reasoner: ['protocol/api', 'families', 'media', 'clues', 'errors'],
  families: ['media', 'tensors', 'tokens', 'clues', 'weights', 'errors'],
  weights: ['errors', 'format-bytes'],
  tokens: ['tensors', 'errors'],
  tensors: ['media/media', 'tokens/tensor', 'clues/clue', 'errors'],
  media: ['errors'],
  clues: ['errors'],
  benchmark: ['clues', 'errors'],
  errors: [],
  'format-bytes': [],
  offline: [],
  // What another page embeds: a second page beside `main`.
  embed: ['ui', 'state', 'clues', 'protocol/client', 'errors'],
  workers: ['protocol/serve', 'protocol/render-serve', 'offline/serve-offline'],
};

/** Package → the only files that may import it. */
const packageImporters: Record<string, RegExp> = {
  'onnxruntime-web': /^src\/tokens\/ort\.ts$/,
  '@ffmpeg/': /^src\/media\//,
  mediabunny: /^src\/(media|render)\//,
  comlink: /^src\/protocol\//,
  'idb-keyval': /^src\/weights\//,
  'hash-wasm': /^src\/weights\//,
  'workbox-': /^src\/offline\//,
  lit: /^src\/(ui\/|embed\/|main\.ts)/,
  'chart.js': /^src\/ui\/(leaderboard|benchmark\/benchmark)-chart\.ts$/,
  zod: /^src\/(weights|benchmark|results)\//,
  papaparse: /^src\/results\//,
  fflate: /^src\/results\//,
  qrcode: /^src\/results\//,
};

const files = ['src', 'workers']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((name) => name.endsWith('.ts'));

const importPattern =
  /^\s*(?:import|export)\s(?:[^'"]*?from\s)?\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(importPattern)].map((match) => (match[1] ?? match[2])!);
}

function roomOf(path: string): string {
  const parts = path.replace(/\.ts$/, '').split('/');
  if (parts[0] === 'workers') return 'workers';
  const [, first = '', second = ''] = parts;
  return first === 'protocol' ? `protocol/${second}` : first;
}

function target(file: string, specifier: string): string {
  return normalize(join(dirname(file), specifier.replace(/\?.*$/, ''))).replace(/\.ts$/, '');
}

describe('import rules', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.every((file) => mayImport[roomOf(file)])).toBe(true);
  });

  it('lets every room import only the rooms it may', () => {
    const broken = files.flatMap((file) => {
      const room = roomOf(file);
      return importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => target(file, specifier))
        .filter((path) => {
          const to = roomOf(path);
          const exact = path.replace(/^src\//, '');
          return to !== room && !mayImport[room]!.some((rule) => rule === to || rule === exact);
        })
        .map((path) => `${file} → ${path}`);
    });
    expect(broken).toEqual([]);
  });

  it('gives every heavy package one importer', () => {
    const broken = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) =>
          Object.entries(packageImporters).some(
            ([name, rule]) => specifier.startsWith(name) && !rule.test(relative('.', file)),
          ),
        )
        .map((specifier) => `${file} → ${specifier}`),
    );
    expect(broken).toEqual([]);
  });

  it('has the page fetch what takes results away only when somebody does', () => {
    const eager = /^import\s(?!type\b)[^;]*?from\s+'\.\.\/results\//m;
    const broken = files.filter(
      (file) =>
        /^src\/(ui|state|main)/.test(file) && eager.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(broken).toEqual([]);
  });

  it('has no cycles', () => {
    const graph = new Map(
      files.map((file) => [
        file.replace(/\.ts$/, ''),
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.') && !specifier.includes('?worker'))
          .map((specifier) => target(file, specifier)),
      ]),
    );
    const done = new Set<string>();
    const visit = (node: string, trail: string[]): void => {
      if (trail.includes(node)) throw new Error([...trail, node].join(' → '));
      if (done.has(node)) return;
      for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
      done.add(node);
    };
    for (const node of graph.keys()) visit(node, []);
  });

  it('keeps every source file under 400 lines', () => {
    // What `lit-localize` writes has a line for every sentence of the page.
    const written = files.filter((file) => !/^src\/ui\/locales\/zh-Hans\.ts$/.test(file));
    const long = written
      .map((file) => [file, readFileSync(join(root, file), 'utf8').trimEnd().split('\n')] as const)
      .map(([file, lines]) => [file, lines.length] as const)
      .filter(([, lines]) => lines > 400);
    expect(long).toEqual([]);
  });
});
