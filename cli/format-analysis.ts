import type { Analysis } from '../src/protocol/api';

const seconds = (value: number) => value.toFixed(2).padStart(8);

/** The result as a short table for a terminal. */
export function formatAnalysis(result: Analysis): string {
  const { count, covered, clues, answerText, model, backend, timings } = result;
  const lines = covered ? [`Count: ${count ?? 'unreadable'}`] : [`Not covered. ${answerText}`];
  for (const [index, clue] of clues.entries()) {
    const when =
      clue.kind === 'event'
        ? `${seconds(clue.startSeconds)} –${seconds(clue.endSeconds)} s`
        : `${seconds(clue.timestampSeconds)} s  [${clue.box.map(Math.round).join(', ')}]`;
    lines.push(`${String(index + 1).padStart(4)}  ${clue.label.padEnd(16)}${when}`);
  }
  const times = Object.entries(timings).map(
    ([stage, ms]) => `${stage} ${(ms / 1000).toFixed(1)} s`,
  );
  lines.push('', `${model.id} ${model.version} on ${backend}: ${times.join(', ')}`);
  return lines.join('\n');
}
