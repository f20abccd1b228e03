import { describe, expect, it } from 'vitest';
import { converse } from '../../src/families/av-reasoner/conversation';
import { cluePrompt, numberPrompt, type Shown } from '../../src/families/av-reasoner/prompt';
import { questionKind } from '../../src/families/av-reasoner/question-kind';
import { createTokenizer, type Tokenizer } from '../../src/families/av-reasoner/tokenizer';
import type { Category } from '../../src/clues/clue';
import type { MediaInfo } from '../../src/media/media';
import { golden, tinyText } from './model-golden';

const tiny = createTokenizer(tinyText('tokenizer.json'), tinyText('tokenizer_config.json'));

function textOf(ids: readonly number[], tokenizer: Tokenizer): string {
  const stream = tokenizer.stream();
  return ids.map((id) => stream.push(id)).join('') + stream.end();
}

describe('the tokenizer', () => {
  it('cuts the wrapper and the question as the reference does', () => {
    expect(converse(golden.question, tiny)).toEqual({
      prefix: golden.prefix,
      suffix: golden.suffix,
    });
  });

  const odd = 'naïve 😀 família 数えて 👩‍👩‍👧 Ω\n\n  x <answer>5</answer>';

  it('gives a text back, whole', () => {
    expect(textOf(tiny.encode(odd), tiny)).toBe(odd);
  });

  it('never gives half a character away', () => {
    const stream = tiny.stream();
    const pieces = tiny.encode('a😀é').map((id) => stream.push(id));
    expect(pieces).toEqual(['a', '', '', '', '😀', '', 'é']);
    const cut = tiny.stream();
    for (const id of tiny.encode('😀').slice(0, 3)) expect(cut.push(id)).toBe('');
    expect(cut.end()).toBe('\uFFFD');
  });

  it('leaves special tokens out of the text, and reads them in it', () => {
    expect(tiny.encode('<|im_end|>\n')).toEqual([1023, 10]);
    expect(textOf([1022, ...tiny.encode('user'), 1023, 1021], tiny)).toBe('user');
  });

  it('refuses a damaged file', () => {
    expect(() => createTokenizer('{', '{}')).toThrow('cannot be read');
  });
});

const shown: Shown = {
  durationSeconds: 12.5,
  picture: { width: 1280, height: 720 },
  frameSeconds: [0, 4.166, 8.333],
  isPicked: false,
  heardSeconds: [],
};
const ask = 'How many dogs are there?';

describe('the prompts', () => {
  it('ask for events with the times of the frames', () => {
    const text = cluePrompt(ask, 'event', shown, false);
    expect(text).toContain('12.50 seconds long');
    expect(text).toContain('0.00 seconds, 4.17 seconds, 8.33 seconds');
    expect(text).toContain(`"${ask}"`);
    expect(text).toContain('<answer> [["start", "end"]');
    expect(text).not.toContain('think');
    expect(text).not.toContain('1280');
  });

  it('ask for boxes in frames of a stated size, with a form that is near to JSON', () => {
    const text = cluePrompt(ask, 'object', shown, false);
    expect(text).toContain('1280x720');
    expect(text).toContain('Frame1 to Frame3');
    expect(text).toContain('<answer> {"Frame1": [[x_min, y_min, x_max, y_max]');
  });

  it.each(['object', 'attribute'] as const)(
    'tell how many single pictures there are for %s, and no times',
    (category) => {
      const picked = { ...shown, frameSeconds: [8.333, 0], isPicked: true };
      const text = cluePrompt(ask, category, picked, false);
      expect(text).toMatch(/^2 frames of 1280x720 pixels .* Frame1 to Frame2\.\n/);
      expect(text).not.toMatch(/seconds/);
      const one = cluePrompt(ask, category, { ...picked, frameSeconds: [4] }, false);
      expect(one).toMatch(/^1 frame of 1280x720 pixels .* called Frame1\.\n/);
    },
  );

  it('ask for groups with a label', () => {
    const text = cluePrompt(ask, 'attribute', shown, false);
    expect(text).toContain('{"bbox": [x_min, y_min, x_max, y_max], "label": "');
    expect(text).not.toContain("'");
  });

  it.each(['event', 'object', 'attribute'] as const)('ask to think before %s', (category) => {
    const text = cluePrompt(ask, category, shown, true);
    expect(text).toMatch(/<think> .* <\/think> <answer> .* <\/answer>$/);
  });

  it('ask for a number alone, thought about or not', () => {
    expect(numberPrompt(ask, shown, false)).not.toMatch(/<|JSON/);
    expect(numberPrompt(ask, shown, true)).toMatch(/<think> .* <answer> number <\/answer>$/);
  });

  it('say which sound was heard where it was not all of it, and what there is to see', () => {
    const parts = {
      ...shown,
      heardSeconds: [
        [0, 30],
        [60, 90],
      ] as const,
    };
    expect(cluePrompt(ask, 'event', parts, true)).toContain('0 to 30, 60 to 90');
    const sound = { ...shown, picture: null, frameSeconds: [] };
    expect(cluePrompt(ask, 'event', sound, true)).toContain('recording is 12.50 seconds');
    expect(numberPrompt(ask, sound, false)).toContain('recording');
    const still = { ...shown, durationSeconds: 0, frameSeconds: [0] };
    expect(cluePrompt(ask, 'object', still, true)).toContain('picture, Frame1, is 1280x720');
  });
});

describe('what a question counts', () => {
  const info: MediaInfo = {
    container: 'mp4',
    durationSeconds: 10,
    startSeconds: 0,
    video: { codec: 'h264', fps: 25, width: 8, height: 8, rotationDegrees: 0, pixelAspect: 1 },
    audio: null,
  };

  it.each<[string, Category]>([
    ['How many times does the dog bark?', 'event'],
    ['How often does he jump?', 'event'],
    ['How many gun shots can be heard?', 'event'],
    ['How many cars are there?', 'object'],
    ['How many people are there at the same time?', 'object'],
    ['How many different colours of pots are there?', 'attribute'],
    ['How many kinds of animals appear?', 'attribute'],
  ])('%s', (question, kind) => {
    expect(questionKind(question, info)).toBe(kind);
  });

  it('is events in sound alone, and never events in a still picture', () => {
    expect(questionKind('How many cars are there?', { ...info, video: null })).toBe('event');
    expect(questionKind('How many steps are there?', { ...info, durationSeconds: 0 })).toBe(
      'object',
    );
  });
});
