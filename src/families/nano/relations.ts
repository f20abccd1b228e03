import type { Condition, TowerKind } from './target';

/*
 * Which proposals satisfy a condition by their time.
 * Source: `models/tools/decoder/relations.py`, which says what the spans of a condition are.
 */

/** Ascending, without overlap; seconds on the media's clock, or beyond `forever`. */
export type Spans = readonly (readonly [number, number])[];

interface Interval {
  startSeconds: number;
  endSeconds: number;
}

const soundReach = 0.25;
const cycleReach = 0.1;
const apartSeconds = 1;
const beyond = 0.01;
const forever = 1e9;

/** The spans of a condition, from its events in order of their start. */
export function spansOf(
  { kind, relation, which }: Pick<Condition, 'kind' | 'relation' | 'which'>,
  events: readonly Interval[],
): Spans {
  if (relation === 'before' || relation === 'after') {
    const moment = events.at(which)?.startSeconds;
    if (moment === undefined) return [];
    return [relation === 'after' ? [moment + beyond, forever] : [-forever, moment - beyond]];
  }
  const together = relation === 'with';
  const reach = kind === 'sound' ? soundReach : kind === 'cycle' && together ? cycleReach : 0;
  const apart = together || kind === 'object' ? 0 : apartSeconds;
  const spans: [number, number][] = [];
  for (const { startSeconds, endSeconds } of events) {
    const [low, high] = [startSeconds - reach, endSeconds + reach];
    const before = spans.at(-1);
    if (before && low - before[1] < apart) before[1] = Math.max(before[1], high);
    else spans.push([low, high]);
  }
  return spans;
}

/** By what a proposal is judged: a sound's start, a cycle's middle, all of an object's life. */
export function judgedBy(
  kind: TowerKind,
  { startSeconds, endSeconds }: Interval,
): [number, number] {
  if (kind === 'sound') return [startSeconds, startSeconds];
  if (kind === 'object') return [startSeconds, endSeconds];
  const middle = (startSeconds + endSeconds) / 2;
  return [middle, middle];
}

/** Share 0…1 of an interval that lies in the spans. */
export function shareInside({ startSeconds, endSeconds }: Interval, spans: Spans): number {
  const last = Math.max(endSeconds, startSeconds + 0.02);
  let shared = 0;
  for (const [low, high] of spans)
    shared += Math.max(Math.min(last, high) - Math.max(startSeconds, low), 0);
  return Math.min(shared / (last - startSeconds), 1);
}

/** Whether something of a tower satisfies the relation to these spans. */
export function satisfies(
  relation: Condition['relation'],
  kind: TowerKind,
  interval: Interval,
  spans: Spans,
): boolean {
  if (relation === 'outside' && kind === 'object') return shareInside(interval, spans) < 0.95;
  const [first, last] = judgedBy(kind, interval);
  const inside = spans.some(([low, high]) => last >= low && first <= high);
  return relation === 'outside' ? !inside : inside;
}

/** Seconds from a start (a cycle's middle) to the nearest finite edge of a span; Infinity without. */
export function edgeDistance(kind: TowerKind, interval: Interval, spans: Spans): number {
  const [moment] = judgedBy(kind, interval);
  const edges = spans.flat().filter((edge) => Math.abs(edge) < forever);
  return Math.min(Infinity, ...edges.map((edge) => Math.abs(moment - edge)));
}
