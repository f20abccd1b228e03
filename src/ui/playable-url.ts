import type { OpenVideo } from '../state/state';

/**
 * Where a player reads the video from: a sample from its own address. Chromium keeps what a player
 * read from an object URL, up to 200 MB of it, although no other player can ever use it again.
 */
export function playableUrl({ sample, url }: OpenVideo): string {
  return sample?.file ?? url;
}
