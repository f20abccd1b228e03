import type { ScoreTable } from '../../benchmark/score-table';
import { settings, type Setting } from '../../benchmark/settings';

/** Scores that came with the page, measured by its command line. */
export interface StoredScores {
  readonly tables: Partial<Record<Setting, ScoreTable>>;
  readonly questions: number;
  readonly clips: number;
  /** Name and version of the model. */
  readonly model: string;
}

/** `models/served/nano/benchmark.json`, as `npm run evaluate` writes it. */
interface Stored {
  model: { id: string; version: string };
  clips: number;
  questions: number;
  settings: Partial<Record<Setting, ScoreTable>>;
}

/** Null where there are none, or none that can be read. @param url of `benchmark.json` */
export async function fetchStoredScores(url: string): Promise<StoredScores | null> {
  try {
    const response = await fetch(url);
    // A host may answer any address with the page itself.
    if (!response.ok || !/json/.test(response.headers.get('content-type') ?? '')) return null;
    const json: unknown = await response.json();
    const { model, clips, questions, settings: given } = json as Partial<Stored>;
    const tables = Object.fromEntries(
      settings.flatMap((setting) => (isTable(given?.[setting]) ? [[setting, given[setting]]] : [])),
    );
    if (!model || !clips || !questions || Object.keys(tables).length === 0) return null;
    return { tables, questions, clips, model: `${model.id} ${model.version}` };
  } catch {
    return null;
  }
}

function isTable(value: unknown): value is ScoreTable {
  if (typeof value !== 'object' || value === null) return false;
  const { overall, byCategory, byModality } = value as Record<string, unknown>;
  return [overall, byCategory, byModality].every((part) => typeof part === 'object' && part);
}
