import { createHash } from 'node:crypto';
import type { Annotation } from '../../src/benchmark/annotations';
import { isSameRun, type RunIdentity } from '../../src/benchmark/predictions';
import { scoreReply, type ScoredItem } from '../../src/benchmark/score-replies';
import type { Setting } from '../../src/benchmark/settings';
import { readPredictionFiles } from './prediction-files.ts';

/** Lines of different runs lie together, and a mean over them would mean nothing. */
export class MixedRuns extends Error {}

/** Of each kind of trouble, so many are named; the others are counted. */
const mostNamed = 50;

interface Entry {
  scored: ScoredItem;
  /** Of the prediction, so that the same one again is no trouble. */
  hash: string;
}

/**
 * Scores files of predictions. Holds a few numbers for each item and no reply.
 * @param warn takes a line for each thing that is wrong
 * @returns in the order of the annotations; items without a prediction are left out
 * @throws MixedRuns
 */
export async function scoreRun(
  annotations: readonly Annotation[],
  files: readonly string[],
  setting: Setting,
  warn: (line: string) => void,
): Promise<ScoredItem[]> {
  const known = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const entries = new Map<string, Entry>();
  const troubles = new Map<string, number>();
  const note = (kind: string, line: string): void => {
    const times = (troubles.get(kind) ?? 0) + 1;
    troubles.set(kind, times);
    if (times <= mostNamed) warn(line);
  };
  let first: { run: RunIdentity; place: string } | null = null;
  for await (const { place, prediction } of readPredictionFiles(files)) {
    if (!prediction) {
      note('lines that cannot be read', `${place}: this is no line {"index": …, "pred": …}`);
      continue;
    }
    const { index, pred, run } = prediction;
    if (run) first = checkRun(first, { run, place }, setting);
    const annotation = known.get(index);
    if (!annotation) {
      note('predictions without an item', `${place}: there is no item ${index}`);
      continue;
    }
    const hash = createHash('sha1')
      .update(JSON.stringify(pred) ?? '')
      .digest('base64');
    const before = entries.get(index);
    if (before && before.hash !== hash) {
      const line = `${place}: item ${index} comes again with another prediction; the last one counts`;
      note('items that come again', line);
    }
    entries.set(index, { hash, scored: scoreReply(annotation, pred, setting) });
  }
  for (const [kind, times] of troubles) {
    if (times > mostNamed) warn(`${kind}: ${times - mostNamed} more`);
  }
  const missing = annotations.filter(({ id }) => !entries.has(id));
  if (missing.length > 0 && missing.length < annotations.length) warn(describeMissing(missing));
  return annotations.flatMap(({ id }) => entries.get(id)?.scored ?? []);
}

function describeMissing(missing: readonly Annotation[]): string {
  const ids = missing.slice(0, 10).map(({ id }) => id);
  const more = missing.length > ids.length ? ' …' : '';
  const subject = missing.length === 1 ? '1 item has' : `${missing.length} items have`;
  return `${subject} no prediction: ${ids.join(', ')}${more}`;
}

function checkRun(
  first: { run: RunIdentity; place: string } | null,
  { run, place }: { run: RunIdentity; place: string },
  setting: Setting,
): { run: RunIdentity; place: string } {
  if (run.setting !== setting) {
    throw new MixedRuns(
      `${place} was answered in the setting “${run.setting}” and cannot be scored as “${setting}”.`,
    );
  }
  if (first && !isSameRun(first.run, run)) {
    throw new MixedRuns(
      `${place} is of ${nameRun(run)}, and ${first.place} of ${nameRun(first.run)}: ` +
        'runs are scored one by one, so give the files of one of them.',
    );
  }
  return first ?? { run, place };
}

/** A run in words, hashes shortened. */
export function nameRun({ model, thinks, annotations }: RunIdentity): string {
  const short = model.replace(/@([0-9a-f]{8})[0-9a-f]+/, '@$1');
  const file = annotations === undefined ? '' : ` on annotations ${annotations.slice(0, 8)}`;
  return `${short}${thinks ? ' with thinking' : ''}${file}`;
}
