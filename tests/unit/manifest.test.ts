import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../src/weights/manifest';

const folder = new URL('../../models/served/nano/', import.meta.url);
const text = readFileSync(new URL('manifest.json', folder), 'utf8');

describe("nano's manifest", () => {
  const manifest = parseManifest(text);
  const shards = Object.entries(manifest.parts);

  it.each(shards)('describes the file of %s', (_, shard) => {
    const bytes = readFileSync(new URL(shard.file, folder));
    expect(bytes.length).toBe(shard.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(shard.sha256);
  });

  it('keeps to the size limits of the repository', () => {
    const sizes = shards.map(([, { file }]) => statSync(new URL(file, folder)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(12e6);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30e6);
  });

  it.each([
    ['no JSON', '{', /not JSON/],
    ['a wrong type', JSON.stringify({ ...manifest, id: 1 }), / id: /],
    [
      'a path out of the bundle',
      JSON.stringify({ ...manifest, parts: { sound: { ...shards[0]![1], file: '../x' } } }),
      /parts\.sound\.file/,
    ],
  ])('is refused with %s', (_, broken, message) => {
    expect(() => parseManifest(broken)).toThrow(message);
  });
});
