import type { Seen } from './runner';

const BARS = [0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5];
const FLOORS = [0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3];
const SHARES = [0, 0.3, 0.4, 0.5, 0.6, 0.7];
const CAPS = [0.25, 0.3, 0.35, 0.4, 0.5, 1];
const FOLDS = 8;

/** A rule: what scores at least min(cap, share · the strongest), and never less than the floor. */
interface Rule {
  floor: number;
  share: number;
  cap: number;
}

/**
 * How well rules count the photographs' proposals: one bar for all, and a bar relative to the
 * strongest, whose numbers are chosen on the other seven eighths of the pictures. A proposal counts
 * for its best class. `absent` are classes a picture does not show but that are counted, a picture.
 */
export function countStatistics(pictures: readonly Seen[], labels: readonly string[]) {
  const scores = pictures.map((seen) => scoresByLabel(seen, labels));
  const asked = pictures.flatMap(({ truth }, picture) =>
    Object.entries(truth).map(([label, count]) => ({
      fold: picture % FOLDS,
      scores: scores[picture]?.get(label) ?? [],
      count,
    })),
  );
  const absentOf = (rule: Rule) =>
    pictures.reduce((sum, { present }, picture) => {
      const counted = [...(scores[picture] ?? [])].filter(([, all]) => count(all, rule) > 0);
      return sum + counted.filter(([label]) => !present.includes(label)).length;
    }, 0) / pictures.length;
  const absolute = BARS.map((bar) => {
    const rule = { floor: bar, share: 0, cap: 1 };
    const errors = asked.map((one) => count(one.scores, rule) - one.count);
    return { bar, ...rates(errors), absent: round(absentOf(rule)) };
  });
  const rules = FLOORS.flatMap((floor) =>
    SHARES.flatMap((share) => CAPS.map((cap) => ({ floor, share, cap }))),
  );
  const held = asked.map(() => 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const best = bestRule(
      rules,
      asked.filter((one) => one.fold !== fold),
    );
    for (const [index, one] of asked.entries())
      if (one.fold === fold) held[index] = count(one.scores, best) - one.count;
  }
  const rule = bestRule(rules, asked);
  return {
    pairs: asked.length,
    counts: '1 to 8, every instance at least 32 px',
    absolute,
    crossValidated: rates(held),
    relative: { ...rule, absent: round(absentOf(rule)) },
  };
}

function bestRule(rules: readonly Rule[], asked: readonly { scores: number[]; count: number }[]) {
  let best = { worth: -1, rule: rules[0] as Rule };
  for (const rule of rules) {
    const { exact, withinOne } = rates(asked.map((one) => count(one.scores, rule) - one.count));
    if (exact + withinOne > best.worth) best = { worth: exact + withinOne, rule };
  }
  return best.rule;
}

/** The confidences of a picture's proposals by their best class, strongest first. */
function scoresByLabel({ proposals }: Seen, labels: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { classScores, confidence } of proposals) {
    const label = labels[classScores.indexOf(Math.max(...classScores))] ?? '';
    found.set(
      label,
      [...(found.get(label) ?? []), confidence].sort((a, b) => b - a),
    );
  }
  return found;
}

function count(scores: readonly number[], { floor, share, cap }: Rule): number {
  const bar = Math.max(floor, Math.min(cap, share * (scores[0] ?? 0)));
  return scores.filter((score) => score >= bar).length;
}

function rates(errors: readonly number[]) {
  const share = (keep: (error: number) => boolean) =>
    round(errors.filter(keep).length / Math.max(1, errors.length));
  return {
    exact: share((error) => error === 0),
    withinOne: share((error) => Math.abs(error) <= 1),
    bias: round(errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length)),
  };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
