import { describe, expect, it } from 'vitest';
import { ground } from '../../src/families/nano/ground';
import { fault, info, vocabulary } from './reach';
import { inside, outside } from './reach-questions';

/** Of questions, those for which something is wrong, as lines for the log. */
function faults(questions: readonly [string, string][]): string[] {
  return questions.flatMap(([question, expected]) => {
    const wrong = fault(question, expected);
    return wrong ? [`${question} → ${wrong}`] : [];
  });
}

function covered(questions: readonly string[]): string[] {
  return questions.filter((question) => ground(question, info, vocabulary).covered);
}

describe('reach', () => {
  it('declines or mistakes at most 3 % of the questions inside', () => {
    const wrong = faults(inside);
    console.info([`${wrong.length} of ${inside.length} inside fail`, ...wrong].join('\n'));
    expect(inside.length).toBeGreaterThanOrEqual(200);
    expect(wrong.length / inside.length).toBeLessThanOrEqual(0.03);
  });

  it('declines at least 90 % of the questions outside', () => {
    const taken = covered(outside);
    console.info(
      [`${taken.length} of ${outside.length} outside are taken on`, ...taken].join('\n'),
    );
    expect(outside.length).toBe(60);
    expect(taken.length / outside.length).toBeLessThanOrEqual(0.1);
  });
});
