import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { offlinePlugins } from './pwa.config.ts';

/**
 * Origins besides its own that the page may load models from, given when it is built:
 * `MODEL_ORIGINS="https://a.example https://b.example" npm run build`. None by default. A host that
 * redirects to another needs both.
 */
const modelOrigins = (process.env['MODEL_ORIGINS'] ?? '')
  .split(/\s+/)
  .filter(Boolean)
  .map((address) => new URL(address).origin);

/**
 * What the built page may do: run its own scripts and wasm, and talk to its own origin. `blob:` is
 * for the visitor's file, the worker (a worker made from a blob inherits this policy, one made from
 * an address does not) and the cached codec.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  ["connect-src 'self' blob:", ...modelOrigins].join(' '),
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy into the built page, so that it holds on hosts that send no headers. */
function cspMeta(): Plugin {
  return {
    name: 'csp-meta',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** The types of `<av-counter>`, beside it. */
function embedTypes(): Plugin {
  return {
    name: 'embed-types',
    apply: 'build',
    generateBundle() {
      const source = readFileSync('src/embed/public-types.d.ts');
      this.emitFile({ type: 'asset', fileName: 'embed/av-counter.d.ts', source });
    },
  };
}

/** Cross-origin isolation gives the page SharedArrayBuffer, and so wasm threads. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Tests read real clips beside the repository, where there are any; the folder may be a link. */
const clipsFolder = new URL('../shared/media', import.meta.url);
const realClips = existsSync(clipsFolder) ? [realpathSync(clipsFolder)] : [];

export default defineConfig({
  base: './',
  publicDir: 'models/served',
  plugins: [cspMeta(), embedTypes(), ...offlinePlugins()],
  define: { __MODEL_ORIGINS__: JSON.stringify(modelOrigins) },
  worker: { format: 'es' },
  build: {
    ...{ target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 1000 },
    rollupOptions: {
      // The element for other people's pages shares every file with the page, but for its own name.
      input: { index: 'index.html', 'av-counter': 'src/embed/av-counter.ts' },
      preserveEntrySignatures: 'exports-only',
      output: {
        entryFileNames: ({ name }) =>
          name === 'av-counter' ? 'embed/av-counter.js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: {
    headers: isolationHeaders,
    fs: { allow: ['.', ...realClips] },
  },
  optimizeDeps: {
    exclude: ['@ffmpeg/ffmpeg', '@ffmpeg/core', 'onnxruntime-web'],
    include: [
      ...['comlink', 'idb-keyval', 'zod', 'axe-core', 'hash-wasm', 'lit', 'lit/decorators.js'],
      ...['lit/directives/repeat.js', 'lit/directives/unsafe-html.js', '@lit/localize'],
      ...['lit/directives/guard.js', 'lit/directives/keyed.js', 'munkres'],
      ...['@huggingface/tokenizers', 'pure-rand/generator/xoroshiro128plus'],
      'pure-rand/distribution/uniformFloat64',
      ...['mediabunny', 'chart.js', 'papaparse', 'fflate', 'qrcode', 'tinykeys'],
    ],
  },
});
