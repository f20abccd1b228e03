import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { buildIfStale, root } from './site.ts';

/**
 * `npm test`: finds or installs a Chromium, builds the app, runs every test. `npm run bench` is the
 * same with the bench alone. More arguments go to vitest.
 */
try {
  process.env['CHROMIUM'] = ensureChromium();
  buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const chosen = process.argv.slice(2);
const projects = chosen.includes('--project')
  ? []
  : ['unit', 'component', 'e2e'].flatMap((name) => ['--project', name]);
const { status } = spawnSync(process.execPath, [vitest, 'run', ...projects, ...chosen], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
