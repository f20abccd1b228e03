import { fetchSampleFile, type Sample } from '../samples';

/** The videos of a benchmark, by name; a sample is fetched when it is asked about. */
export interface VideoShelf {
  readonly title: string;
  readonly count: number;
  readonly has: (name: string) => boolean;
  /** Null where it is not there. @throws AppError where a sample cannot be fetched */
  readonly get: (name: string, signal: AbortSignal) => Promise<File | null>;
}

export const noVideos: VideoShelf = {
  ...{ title: '', count: 0 },
  has: () => false,
  get: () => Promise.resolve(null),
};

/**
 * Files of a folder: found by their place in it, or by their name alone.
 * @param title of the folder
 */
export function shelve(files: readonly File[], title: string): VideoShelf {
  const byName = new Map<string, File>();
  for (const file of files) {
    const [, ...path] = ((file.webkitRelativePath as string | undefined) ?? '').split('/');
    if (path.length > 0) byName.set(path.join('/'), file);
    // A name that comes twice belongs to the first; its place tells the others apart.
    if (!byName.has(file.name)) byName.set(file.name, file);
  }
  const find = (name: string): File | undefined =>
    byName.get(name) ?? byName.get(name.replace(/^.*[\\/]/, ''));
  return {
    ...{ title, count: files.length },
    has: (name) => find(name) !== undefined,
    get: (name) => Promise.resolve(find(name) ?? null),
  };
}

export function shelveSamples(samples: readonly Sample[], title: string): VideoShelf {
  const byName = new Map(
    samples.map((sample) => [
      decodeURIComponent(new URL(sample.file).pathname.split('/').at(-1)!),
      sample,
    ]),
  );
  return {
    ...{ title, count: byName.size },
    has: (name) => byName.has(name),
    get: async (name, signal) => {
      const sample = byName.get(name);
      return sample ? fetchSampleFile(sample, signal) : null;
    },
  };
}

/** Everything of both; `first` wins. */
export function joinShelves(first: VideoShelf, second: VideoShelf): VideoShelf {
  if (second.count === 0) return first;
  return {
    title: [first.title, second.title].filter(Boolean).join(', '),
    count: first.count + second.count,
    has: (name) => first.has(name) || second.has(name),
    get: async (name, signal) =>
      first.has(name) ? first.get(name, signal) : second.get(name, signal),
  };
}
