import { AppError } from '../errors';

/** A clip that comes with the page. Its addresses are absolute once it is read. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly file: string;
  /** Null for a clip without a picture. */
  readonly poster: string | null;
  /** The same, 480 pixels wide. */
  readonly posterSmall: string | null;
  /** WebVTT of what is heard. */
  readonly captions: string | null;
  readonly question: string;
  /** The true count, by hand. It is shown beside the model's answer, never instead of it. */
  readonly count: number;
  /** What was counted, one entry each, in order, by hand. Absent where the list has none. */
  readonly clues?: readonly SampleClue[];
  readonly credit: string;
}

/** A moment of the clip, labelled by hand. */
export interface SampleClue {
  readonly startSeconds: number;
  /** The same as the start for a thing that is first seen there. */
  readonly endSeconds: number;
  readonly label: string;
}

/**
 * The list of clips at `url` (`samples.json`). Entries that are not well formed are left out, and a
 * missing list is an empty one: the page works without samples.
 */
export async function fetchSamples(url: string): Promise<Sample[]> {
  try {
    const response = await fetch(url);
    if (!response.ok) return [];
    const list: unknown = await response.json();
    return Array.isArray(list) ? list.flatMap((entry) => readSample(entry, url)) : [];
  } catch {
    return [];
  }
}

/**
 * The clip itself, as a File like the visitor's own.
 * @throws AppError `file-unreadable`; an abort rejects with `AbortError`
 */
export async function fetchSampleFile(sample: Sample, signal: AbortSignal): Promise<File> {
  let blob: Blob;
  try {
    const response = await fetch(sample.file, { signal });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    blob = await response.blob();
  } catch (cause) {
    signal.throwIfAborted();
    throw new AppError('file-unreadable', 'The sample could not be fetched.', { cause });
  }
  const name = new URL(sample.file).pathname.split('/').pop() ?? sample.id;
  return new File([blob], decodeURIComponent(name), { type: blob.type });
}

/** A text file of the page's own. @throws AppError `file-unreadable` */
export async function fetchText(url: string): Promise<string> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return await response.text();
  } catch (cause) {
    throw new AppError('file-unreadable', 'The sample could not be fetched.', { cause });
  }
}

function readSample(entry: unknown, listUrl: string): Sample[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const fields = entry as Record<string, unknown>;
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const address = (key: string): string | null =>
    text(key) ? new URL(text(key), listUrl).href : null;
  const [id, file, question] = [text('id'), text('file'), text('question')];
  if (!id || !file || !question || typeof fields['count'] !== 'number') return [];
  return [
    {
      id,
      title: text('title') || id,
      description: text('description'),
      file: new URL(file, listUrl).href,
      poster: address('poster'),
      posterSmall: address('posterSmall'),
      captions: address('captions'),
      question,
      count: fields['count'],
      ...readClues(fields['clues']),
      credit: text('credit'),
    },
  ];
}

/** All of the clues or none: a shortened list would prove another count. */
function readClues(value: unknown): Pick<Sample, 'clues'> {
  if (!Array.isArray(value)) return {};
  const clues = value.map((entry: unknown): SampleClue | null => {
    if (typeof entry !== 'object' || entry === null) return null;
    const fields = entry as Record<string, unknown>;
    const startSeconds = fields['startSeconds'] ?? fields['timestampSeconds'];
    const endSeconds = fields['endSeconds'] ?? startSeconds;
    const { label } = fields;
    if (typeof startSeconds !== 'number' || typeof endSeconds !== 'number') return null;
    return typeof label === 'string' ? { startSeconds, endSeconds, label } : null;
  });
  return clues.some((clue) => clue === null) ? {} : { clues: clues as SampleClue[] };
}
