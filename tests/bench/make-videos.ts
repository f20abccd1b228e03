import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lengthsSeconds } from './lengths.ts';

/**
 * Makes the bench's videos (the same moving test picture and tone, as an encoder's defaults give
 * them) once, with native ffmpeg, in a git-ignored folder.
 * Vitest calls it before the bench.
 */
export function setup(): void {
  const folder = fileURLToPath(new URL('../../.cache/bench/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const [name, seconds] of Object.entries(lengthsSeconds)) {
    const path = `${folder}${name}.mp4`;
    if (existsSync(path)) continue;
    const { status, error } = spawnSync(
      'ffmpeg',
      [
        ...['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30'],
        ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=44100', '-t', String(seconds)],
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '30', '-pix_fmt', 'yuv420p'],
        ...['-c:a', 'aac', '-b:a', '64k', path],
      ],
      { stdio: ['ignore', 2, 2] },
    );
    if (status !== 0) throw error ?? new Error('The bench needs native ffmpeg on the path.');
  }
}
