import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureAnswers } from '../tests/bench/answer-speed.ts';
import { measureKioskMemory } from '../tests/bench/kiosk-memory.ts';
import { root } from './site.ts';

/*
 * `npm run bench`: what a frame costs in a long file and in a short one (a test with a bar), then how
 * long the built app takes to answer. Both go into tests/bench/results.json.
 * `npm run bench -- kiosk [COUNTS]`: what a kiosk session holds after every ten of 200 counts, with a
 * bar, into tests/bench/kiosk-memory.json.
 */
const path = join(root, 'tests', 'bench', 'results.json');
const test = join(root, 'cli', 'test.ts');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const read = () => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

const [chosen, counts] = process.argv.slice(2);
if (chosen === 'kiosk') {
  const memoryPath = join(root, 'tests', 'bench', 'kiosk-memory.json');
  const { growth, points, isWithinBars } = await measureKioskMemory(
    Number(counts ?? 200),
    (memory) => writeFileSync(memoryPath, `${JSON.stringify(memory, null, 1)}\n`),
  );
  console.table(points);
  console.log(`Growth since the tenth count: ${JSON.stringify(growth)}`);
  process.exit(isWithinBars ? 0 : 1);
}

const { status } = spawnSync(process.execPath, [tsx, test, '--project', 'bench'], {
  cwd: root,
  stdio: 'inherit',
});
const answers = await measureAnswers();
writeFileSync(path, `${JSON.stringify({ ...read(), answers }, null, 1)}\n`);
console.table(answers);
process.exit(status ?? 1);
