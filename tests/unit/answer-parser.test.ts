import { describe, expect, it } from 'vitest';
import { AnswerParser, parseCount } from '../../src/clues/answer-parser';

const reply =
  '<think>\n1. dog bark 0.52 0.71;\n2. dog bark 1.10 1.32;\n3. car 6.00 [269,125,456.5,422];\n' +
  '</think><answer>3</answer>';
const clues = [
  { kind: 'event', label: 'dog bark', startSeconds: 0.52, endSeconds: 0.71 },
  { kind: 'event', label: 'dog bark', startSeconds: 1.1, endSeconds: 1.32 },
  { kind: 'object', label: 'car', timestampSeconds: 6, box: [269, 125, 456.5, 422] },
];

function read(...pieces: string[]) {
  const parser = new AnswerParser();
  const streamed = pieces.flatMap((piece) => parser.push(piece));
  return { streamed, ...parser.finish() };
}

describe('AnswerParser', () => {
  it('reads the same clues wherever the text is cut', () => {
    for (let cut = 0; cut <= reply.length; cut++) {
      const { streamed, count, answerText } = read(reply.slice(0, cut), reply.slice(cut));
      expect(streamed).toEqual(clues);
      expect(count).toBe(3);
      expect(answerText).toBe('3');
    }
    expect(read(...reply).streamed).toEqual(clues);
  });

  it('gives a clue as soon as its line is complete', () => {
    const parser = new AnswerParser();
    expect(parser.push('<think>\n1. dog bark 0.52 0.7')).toEqual([]);
    expect(parser.push('1;')).toEqual([clues[0]]);
    expect(parser.push('\n')).toEqual([]);
  });

  it('reads a zero, a refusal and a cut-off reply', () => {
    expect(read('<think>\n</think><answer>0</answer>')).toMatchObject({ count: 0, clues: [] });
    const refusal = read('<think>\n</think><answer>This model cannot count laughs.</answer>');
    expect(refusal.count).toBeNull();
    expect(refusal.answerText).toBe('This model cannot count laughs.');
    const cut = read('<think>\n1. dog bark 0.52 0.71;\n2. dog ba');
    expect(cut.clues).toEqual([clues[0]]);
    expect(cut.count).toBeNull();
  });

  it("reads the paper's event list", () => {
    const { count, clues: events } = read('<answer>[["1.00","2.50"], [3, 4]]</answer>');
    expect(count).toBe(2);
    expect(events[0]).toMatchObject({ startSeconds: 1, endSeconds: 2.5 });
  });

  it('survives nonsense', () => {
    const nonsense = '<think>a;;b 2 1;[1,2];\u0000</think><think>x 1 2;<answer>[[';
    expect(read(nonsense)).toMatchObject({ streamed: [], clues: [], count: null });
    expect(read('').count).toBeNull();
  });

  it('orders the corners of a box', () => {
    expect(read('<think>1. cat 0 [9,8,1,2];').clues).toMatchObject([{ box: [1, 2, 9, 8] }]);
  });
});

describe('parseCount', () => {
  it.each([
    ['5', 5],
    [' 5.', 5],
    ['5 people', 5],
    ['**5**', 5],
    ['about 12, I think', 12],
    ['3.5', null],
    ['x9', null],
    ['none', null],
    ['-5', null],
  ])('reads %j as %j', (text, count) => {
    expect(parseCount(text)).toBe(count);
  });
});
