import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { crossValidationBundles } from '../../cli/cross-validation';
import { parseManifest } from '../../src/weights/manifest';

const folder = mkdtempSync(join(tmpdir(), 'towers-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const served = join(import.meta.dirname, '../../models/served/nano');
const manifestOf = (bundle: string) =>
  parseManifest(readFileSync(join(bundle, 'manifest.json'), 'utf8'));

it('puts the tower that has not heard a pair of folds in the place of the served one', () => {
  writeFileSync(join(folder, 'fold12.onnx'), 'has heard 1 and 2');
  writeFileSync(join(folder, 'fold34.onnx'), 'has heard 3 and 4');
  const bundles = crossValidationBundles(folder, folder);
  const before = manifestOf(served);
  for (const [pair, text] of [
    ['12', 'has heard 3 and 4'],
    ['34', 'has heard 1 and 2'],
  ] as const) {
    const { parts, ...rest } = manifestOf(bundles[pair]);
    expect(readFileSync(join(bundles[pair], parts['sound']!.file), 'utf8')).toBe(text);
    expect(parts['sound']).toEqual({
      file: 'sound.onnx',
      bytes: text.length,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
    expect({ ...rest, parts: { ...parts, sound: before.parts['sound'] } }).toEqual(before);
  }
});

it('says which tower is missing', () => {
  expect(() => crossValidationBundles(join(folder, 'nowhere'), folder)).toThrow(
    /fold34\.onnx is missing; models\/tools\/sound\/rebuild\.sh makes it/,
  );
});
