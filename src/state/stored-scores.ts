import type { ScoreTable } from '../benchmark/break-down';
import { settings, type Setting } from '../benchmark/settings';

/** Scores that came with the page, measured by its command line. */
export interface StoredScores {
  readonly tables: Partial<Record<Setting, ScoreTable>>;
  readonly items: number;
  /** What was asked about, in the words of who measured. */
  readonly clips: string;
  readonly model: string;
}

/** Null where there are none, or none that can be read. @param url of `benchmark.json` */
export async function fetchStoredScores(url: string): Promise<StoredScores | null> {
  try {
    const response = await fetch(url);
    // A host may answer any address with the page itself.
    if (!response.ok || !/json/.test(response.headers.get('content-type') ?? '')) return null;
    const json = (await response.json()) as Record<string, unknown>;
    const tables = Object.fromEntries(
      settings.flatMap((setting) => (isTable(json[setting]) ? [[setting, json[setting]]] : [])),
    );
    if (Object.keys(tables).length === 0) return null;
    const { items, clips, model } = json;
    return {
      tables,
      items: Number(items) || 0,
      clips: typeof clips === 'string' || typeof clips === 'number' ? String(clips) : '',
      model: typeof model === 'string' ? model : 'nano',
    };
  } catch {
    return null;
  }
}

function isTable(value: unknown): value is ScoreTable {
  if (typeof value !== 'object' || value === null) return false;
  const { total, byCategory, byModality } = value as Record<string, unknown>;
  return [total, byCategory, byModality].every((part) => typeof part === 'object' && part);
}
