import type { ModelNeeds } from '../protocol/api';

/** A model that the page offers. `manifestUrl` is absolute once the list is read. */
export interface ServedModel {
  readonly id: string;
  readonly title: string;
  /** What it is, in one sentence. */
  readonly line: string;
  /** Null for a model that this site does not hold: it is opened as a folder. */
  readonly manifestUrl: string | null;
  /** Null where the model's manifest says it. */
  readonly bytes: number | null;
  /** True where the weights are random. */
  readonly testWeights: boolean;
  /** What it asks of the device, where there is no manifest to say so. */
  readonly needs: Omit<ModelNeeds, 'bytes'> | null;
  /** Commands that make and open its bundle, where the visitor has to. */
  readonly commands: readonly { readonly does: string; readonly command: string }[];
}

/**
 * The list of models at `url` (`models.json`). Entries that are not well formed are left out, and a
 * missing list is an empty one: the page works with its default model.
 */
export async function fetchServedModels(url: string): Promise<ServedModel[]> {
  try {
    const response = await fetch(url);
    if (!response.ok) return [];
    const list: unknown = await response.json();
    return Array.isArray(list) ? list.flatMap((entry) => readModel(entry, url)) : [];
  } catch {
    return [];
  }
}

function readModel(entry: unknown, listUrl: string): ServedModel[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const fields = entry as Record<string, unknown>;
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const [id, title, manifest] = [text('id'), text('title'), text('manifest')];
  const { bytes, needs, commands } = fields;
  if (!id || !title || (!manifest && typeof bytes !== 'number')) return [];
  return [
    {
      id,
      title,
      line: text('line'),
      manifestUrl: manifest ? new URL(manifest, listUrl).href : null,
      bytes: typeof bytes === 'number' ? bytes : null,
      testWeights: fields['testWeights'] === true,
      needs: (needs ?? null) as ServedModel['needs'],
      commands: (Array.isArray(commands) ? commands : []) as ServedModel['commands'],
    },
  ];
}
