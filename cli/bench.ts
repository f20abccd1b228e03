import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureAnswers } from '../tests/bench/answer-speed.ts';
import { root } from './site.ts';

/*
 * `npm run bench`: what a frame costs in a long file and in a short one (a test with a bar), then how
 * long the built app takes to answer. Both go into tests/bench/results.json.
 */
const path = join(root, 'tests', 'bench', 'results.json');
const test = join(root, 'cli', 'test.ts');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const read = () => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

const { status } = spawnSync(process.execPath, [tsx, test, '--project', 'bench'], {
  cwd: root,
  stdio: 'inherit',
});
const answers = await measureAnswers();
writeFileSync(path, `${JSON.stringify({ ...read(), answers }, null, 1)}\n`);
console.table(answers);
process.exit(status ?? 1);
