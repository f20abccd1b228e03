import type { RestoredResult } from '../state/session';

/** Known by name or type, as nothing that can be counted has either; what it holds is checked when read. */
export function isResultFile({ name, type }: File): boolean {
  return /\.json$/i.test(name) || /^application\/([\w.-]+\+)?json\b/.test(type);
}

/** Whether the address carries a result. */
export function isResultHash(hash: string): boolean {
  return hash.startsWith('#r=');
}

/**
 * A result from its file or from the hash of an address. The code for it is fetched now.
 * @throws AppError `result-unreadable`
 */
export async function readResult(source: File | string): Promise<RestoredResult> {
  const { bringBack } = await import('../results/take-away');
  return bringBack(source);
}
