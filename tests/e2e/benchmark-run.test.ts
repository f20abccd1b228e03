import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBenchmark } from '../../cli/benchmark/generated-benchmark';
import { buildIfStale, root } from '../../cli/site';
import type { PredictionLine } from '../../src/benchmark/predictions';

/* `npm run evaluate -- --setting`: nano in the built app, killed in the middle, goes on to the same end. */

const folder = mkdtempSync(join(tmpdir(), 'benchmark-'));
const short = join(folder, 'short.json');
const wanted = 4;

beforeAll(async () => {
  buildIfStale();
  const whole = await makeBenchmark(folder, join(folder, 'nowhere'), () => undefined);
  const entries = JSON.parse(readFileSync(whole, 'utf8')) as { video: string; category: string }[];
  const barks = entries.filter((entry) => entry.video === 'dog.mp4' && entry.category === 'event');
  writeFileSync(short, JSON.stringify([...barks, { ...barks[0], index: 'x', video: 'gone.mp4' }]));
  expect(barks).toHaveLength(wanted);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** @param killAfter so many lines in the file; absent: the run ends by itself */
async function evaluate(out: string, more: readonly string[], killAfter?: number): Promise<Ended> {
  const path = join(folder, out, 'ref.jsonl');
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', join(root, 'cli', 'evaluate.ts'), '--annotations', short],
      ...['--media', folder, '--setting', 'ref', '--out', join(folder, out), ...more],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  while (killAfter !== undefined && child.exitCode === null) {
    if (existsSync(path) && readFileSync(path, 'utf8').split('\n').length > killAfter) {
      child.kill('SIGKILL');
      break;
    }
    await sleep(20);
  }
  return { code: await ended, ...texts };
}

/** Without what differs between two runs of the same model. */
const linesOf = (out: string) =>
  readFileSync(join(folder, out, 'ref.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => ({ ...(JSON.parse(text) as PredictionLine), seconds: 0 }));

describe('npm run evaluate -- --setting ref', () => {
  it('goes on after it was killed, to the lines and the table of a straight run', async () => {
    const straight = await evaluate('straight', []);
    expect(straight.code).toBe(0);
    expect(linesOf('straight')).toHaveLength(wanted);
    expect(straight.stdout).toMatch(/^total +4 /m);
    expect(straight.stderr).toContain('Missing videos (1):\n  gone.mp4');

    const killed = await evaluate('killed', [], 2);
    expect(killed.code).toBeNull();
    const before = linesOf('killed').length;
    expect(before).toBeGreaterThanOrEqual(2);
    expect(before).toBeLessThan(wanted);
    // As a kill in the middle of a line leaves it.
    const path = join(folder, 'killed', 'ref.jsonl');
    writeFileSync(path, '{"index":"9","pre', { flag: 'a' });
    const resumed = await evaluate('killed', []);
    expect(resumed.code).toBe(0);
    expect(linesOf('killed')).toEqual(linesOf('straight'));
    expect(resumed.stdout).toBe(straight.stdout);
  });

  it('asks nothing again, hands the run out, and refuses another way of asking', async () => {
    const size = readFileSync(join(folder, 'straight', 'ref.jsonl')).length;
    const to = join(folder, 'release');
    const { code, stdout } = await evaluate('straight', ['--json', '--export', to]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ref: { overall: { n: wanted } } });
    expect(readFileSync(join(folder, 'straight', 'ref.jsonl'))).toHaveLength(size);
    const [first] = linesOf('straight');
    const file = JSON.parse(readFileSync(join(to, 'ref', `${first!.index}.txt`), 'utf8')) as object;
    expect(file).toEqual({ pred: first!.pred, gt: first!.gt, input: first!.input });
    const refused = await evaluate('straight', ['--thinking']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/Give it another --out\.\n$/);
  });
});
