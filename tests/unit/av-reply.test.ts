import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/clues/answer-parser';
import type { Category, Clue } from '../../src/clues/clue';
import { AvReply, readCount, type ReplyFrame } from '../../src/families/av-reasoner/reply';

const frame: ReplyFrame = {
  category: 'event',
  startSeconds: 1.4,
  durationSeconds: 20,
  frameSeconds: [1.4, 6.42, 11.4],
  stated: { width: 640, height: 360 },
  displayed: { width: 1280, height: 720 },
};

interface Read {
  answer: Answer;
  streamed: Clue[];
}

function read(text: string, category: Category = 'event', step = text.length): Read {
  const reply = new AvReply({ ...frame, category });
  const streamed: Clue[] = [];
  for (let at = 0; at < text.length; at += step)
    streamed.push(...reply.push(text.slice(at, at + step)));
  return { answer: reply.finish(), streamed };
}

const events =
  '<think> Barks at [1, 2] and later. </think> <answer>[["1.00", "2.50"], ["0:04.5", "6 seconds"]]</answer>';
const objects =
  '<answer>{"Frame1": [[10, 20, 30, 40], [0, 0, 5, 5]], "Frame2": [], "Frame3": [[600, 300, 700, 400]]}</answer>';
const groups =
  '<answer>{"Frame 1": [{"bbox": [1, 2, 3, 4], "label": "red"}, {"bbox": [5, 6, 7, 8], "label": "blue"}], "Frame 2": [{"bbox_2d": [1, 2, 3, 4], "label": "red"}]}</answer>';

describe('a reply with events', () => {
  it('gives them in seconds of the media', () => {
    const { answer } = read(events);
    expect(answer).toEqual({
      thinkText: 'Barks at [1, 2] and later.',
      answerText: '[["1.00", "2.50"], ["0:04.5", "6 seconds"]]',
      replyText: events,
      count: 2,
      clues: [
        { kind: 'event', label: 'event', startSeconds: 2.4, endSeconds: 3.9 },
        { kind: 'event', label: 'event', startSeconds: 5.9, endSeconds: 7.4 },
      ],
    });
  });

  it('reads the form that the model was trained on', () => {
    const text =
      '<answer>[{"start": "1.00 seconds", "end": "2.00 seconds", "event": "Dog barking", "type": "audio"}]</answer>';
    expect(read(text).answer).toMatchObject({
      count: 1,
      clues: [{ label: 'Dog barking', startSeconds: 2.4, endSeconds: 3.4 }],
    });
  });

  it('keeps times inside the clip, and counts but does not show what lies outside or runs backwards', () => {
    const { answer } = read('<answer>[[15, 99], [30, 31], [5, 4]]</answer>');
    expect(answer.count).toBe(3);
    expect(answer.clues).toEqual([
      { kind: 'event', label: 'event', startSeconds: 16.4, endSeconds: 21.4 },
    ]);
  });

  it('is none where the list is empty', () => {
    expect(read('<answer>[]</answer>').answer).toMatchObject({ count: 0, clues: [] });
    expect(read('<answer>{"Frame1": []}</answer>', 'object').answer.count).toBe(0);
  });
});

describe('a reply with boxes', () => {
  it('gives them in displayed pixels at the real times of the frames', () => {
    const { answer } = read(objects, 'object');
    expect(answer.count).toBe(3);
    expect(answer.clues).toEqual([
      { kind: 'object', label: 'object', timestampSeconds: 1.4, box: [20, 40, 60, 80] },
      { kind: 'object', label: 'object', timestampSeconds: 1.4, box: [0, 0, 10, 10] },
      { kind: 'object', label: 'object', timestampSeconds: 11.4, box: [1200, 600, 1280, 720] },
    ]);
  });

  it('reads corners in pairs, swapped corners, and boxes with a name', () => {
    const text =
      '{"Frame1": [[30, 40], [10, 20]], "Frame2": [{"coordinates": [[1, 2], [3, 4]], "name": "dog"}]}';
    const { answer } = read(`<answer>${text}</answer>`, 'object');
    expect(answer.clues).toMatchObject([
      { box: [20, 40, 60, 80] },
      { label: 'dog', box: [2, 4, 6, 8] },
    ]);
  });

  it('does not show a frame that was not given or a box without area', () => {
    const { answer } = read(
      '<answer>{"Frame9": [[1,2,3,4]], "Frame1": [[5,5,5,9]]}</answer>',
      'object',
    );
    expect(answer).toMatchObject({ count: 2, clues: [] });
  });

  it('counts groups by their names', () => {
    const { answer } = read(groups, 'attribute');
    expect(answer.count).toBe(2);
    expect(answer.clues.map(({ label }) => label)).toEqual(['red', 'blue', 'red']);
    expect(read(groups, 'object').answer.count).toBe(3);
  });

  it('forgives the single quotes that the benchmark’s own example has', () => {
    const text = `<answer>{"Frame 1": [{"bbox": [1,2,3,4], 'label': "a"}, {"bbox": [1,2,3,4], 'label': "b"}]}</answer>`;
    expect(read(text, 'attribute').answer.count).toBe(2);
  });
});

describe('a streamed reply', () => {
  it.each([
    ['event', events],
    ['object', objects],
    ['attribute', groups],
    ['event', '```json\n[[1, 2]]\n```'],
    ['event', 'There are five of them.'],
  ] as const)('does not depend on how %s text is cut', (category, text) => {
    const whole = read(text, category).answer;
    for (let step = 1; step < text.length; step++)
      expect(read(text, category, step).answer).toEqual(whole);
  });

  it('gives a clue with the character that completes it, and none out of the thoughts', () => {
    const reply = new AvReply(frame);
    expect(reply.push('<think> [1, 2] </think> <answer>[["1", "2"')).toEqual([]);
    expect(reply.push(']')).toHaveLength(1);
    expect(reply.push(', ["3", "4"], ["5", ')).toHaveLength(1);
    expect(reply.finish()).toMatchObject({ count: 2 });
  });

  it('waits for the name of a box', () => {
    const reply = new AvReply({ ...frame, category: 'attribute' });
    expect(reply.push('<answer>{"Frame 1": [{"bbox": [1, 2, 3, 4], "la')).toEqual([]);
    expect(reply.push('bel": "red"}')).toMatchObject([{ label: 'red' }]);
  });

  it('reads clues without tags at the end', () => {
    const { answer, streamed } = read('</think>[["1", "2"]]');
    expect(streamed).toEqual([]);
    expect(answer).toMatchObject({ count: 1, clues: [{ startSeconds: 2.4 }] });
  });
});

describe('a reply without clues', () => {
  it.each([
    ['<answer>5</answer>', 5],
    ['5.', 5],
    ['**5** people', 5],
    ['<think> 3 or 4 </think> <answer> four </answer>', 4],
    ['<think> 3 </think> It barks twenty-one times.', 21],
    ['none', 0],
    ['', null],
    ['<think> 7, I think', null],
    ['zzz [[[ }}} "Frame" \uFFFD', null],
    ['{"a": 1', null],
    ['<answer>{"Frame1": [[10, 20', null],
  ])('%s is %s', (text, count) => {
    expect(read(text).answer).toMatchObject({ count, clues: [] });
    expect(readCount(text)).toBe(count);
  });

  it('takes the number that was asked for apart, and says both where there are two', () => {
    const reply = new AvReply(frame);
    reply.push('gibberish');
    reply.bareCount = 4;
    expect(reply.finish()).toMatchObject({ count: 4, bareCount: 4, clues: [] });
    const both = new AvReply(frame);
    both.push(events);
    both.bareCount = 3;
    expect(both.finish()).toMatchObject({ count: 2, bareCount: 3 });
  });
});
