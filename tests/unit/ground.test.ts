import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DecoderConfig } from '../../src/families/nano/decoder-config';
import { ground, type Target } from '../../src/families/nano/ground';
import { Vocabulary } from '../../src/families/nano/vocabulary';
import { Words } from '../../src/families/nano/words';
import type { MediaInfo } from '../../src/media/media';
import { plural } from '../../src/ui/format';
import {
  atOnceQuestions,
  laterInReach,
  laterOutOfReach,
  objectQuestions,
  outOfReach,
  soundQuestions,
} from './ground-questions';

const root = new URL('../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const config = json('models/tools/decoder/config.json') as DecoderConfig;
const words = new Words(readFileSync(new URL('models/served/nano/words.bin', root)));
const labels = { sounds: Object.keys(config.soundNames), objects: config.objectNames };
const vocabulary = new Vocabulary(config, words, labels);
const info: MediaInfo = {
  container: 'mp4',
  durationSeconds: 60,
  startSeconds: 0,
  video: { codec: 'h264', fps: 25, width: 640, height: 480, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: 'aac', sampleRate: 44100, channels: 2 },
};

function targetOf(question: string, media = info): Target {
  const result = ground(question, media, vocabulary);
  if (!result.covered) throw new Error(`${question}: ${result.reason}`);
  return result.target;
}

/** Labels with full weight. */
function chosen(target: Target): string[] {
  const names = target.kind === 'sound' ? labels.sounds : labels.objects;
  return names.filter((_, i) => target.weights[i] === 1);
}

describe('questions in reach', () => {
  it.each(soundQuestions)('hears %s', (question, label) => {
    const target = targetOf(question);
    expect([target.kind, target.atOnce]).toEqual(['sound', false]);
    expect(chosen(target)).toContain(label);
  });

  it.each(objectQuestions)('sees %s', (question, ...names) => {
    const target = targetOf(question);
    expect([target.kind, target.atOnce]).toEqual(['object', false]);
    expect(chosen(target).sort()).toEqual([...names].sort());
  });

  it.each(atOnceQuestions)('at once: %s', (question, name) => {
    const target = targetOf(question);
    expect([target.kind, target.atOnce, chosen(target)]).toEqual(['object', true, [name]]);
  });

  it('covers every name that the page suggests, except speech', () => {
    for (const [id, name] of Object.entries(config.soundNames)) {
      const result = ground(`How many ${plural(name)} are there?`, info, vocabulary);
      expect([id, result.covered]).toEqual([id, id !== 'speech']);
      if (result.covered) expect(chosen(result.target)).toContain(id);
    }
    for (const name of labels.objects)
      expect(chosen(targetOf(`How many ${plural(name)} are there?`))).toEqual([name]);
  });
});

describe('questions out of reach', () => {
  it.each(outOfReach)('declines “%s”', (question) => {
    const result = ground(question, info, vocabulary);
    expect(result.covered).toBe(false);
    if (!result.covered)
      expect(result.reason).toMatch(/^This model cannot count .+; it can count .+\.$/);
  });

  it.each([
    ['How many red cars are there?', 'by colour'],
    [
      'How many times does the dog bark while the man talks?',
      'under a condition such as “while …”',
    ],
    ['How many push-ups does he do?', 'movements such as “push”'],
    ['How many women are there?', '“women” apart from others of the class “person”'],
  ])('says why: %s', (question, reason) => {
    const result = ground(question, info, vocabulary);
    expect(result.covered ? '' : result.reason).toContain(reason);
  });
});

describe('questions written later', () => {
  const declined = (questions: string[]) =>
    questions.filter((question) => !ground(question, info, vocabulary).covered);

  it('declines at most one in twenty of those in reach', () => {
    expect(declined(laterInReach).length / laterInReach.length).toBeLessThan(0.05);
  });

  it('declines at least 95 % of those out of reach', () => {
    expect(declined(laterOutOfReach).length / laterOutOfReach.length).toBeGreaterThan(0.95);
  });
});

describe('time windows', () => {
  it.each<[string, [number, number] | null]>([
    ['How many times does the dog bark in the first ten seconds?', [0, 10]],
    ['How many barks are there between 5 and 10 seconds?', [5, 10]],
    ['How many barks are there between 0:05 and 1:00?', [5, 60]],
    ['How many times does the dog bark after 12 s?', [12, 60]],
    ['How many claps are there in the last 5 seconds?', [55, 60]],
    ['How many claps do you hear after the first 3 seconds?', [3, 60]],
    ['How many claps are there in the first half of the clip?', [0, 30]],
    ['How many cars pass in the first half a minute?', [0, 30]],
    ['How many cars are there before the 20 second mark?', [0, 20]],
    ['How many times does the bell ring from 3 to 7.5 seconds?', [3, 7.5]],
    ['In the first 5 seconds, how many dog barks are there?', [0, 5]],
    ['How many people come to the table, one after another?', null],
  ])('%s', (question, window) => {
    expect(targetOf(question).window).toEqual(window);
  });

  it('counts from the start of the media’s clock', () => {
    const media = { ...info, startSeconds: 1.4 };
    expect(targetOf('How many barks in the last 5 seconds?', media).window).toEqual([56.4, 61.4]);
    expect(targetOf('How many barks in the first 5 seconds?', media).window).toEqual([1.4, 6.4]);
  });
});

describe('the clips with known answers', () => {
  const path = new URL('../../../shared/media/clips/CLIPS.json', import.meta.url);
  it.skipIf(!existsSync(path))(
    'covers what v1 can do and nothing else (skipped without ../shared)',
    () => {
      interface Asked {
        question: string;
        category: string;
        modality?: string;
      }
      const clips = JSON.parse(readFileSync(path, 'utf8')) as (Asked & {
        other_questions: Asked[];
      })[];
      for (const asked of clips.flatMap((clip) => [clip, ...clip.other_questions])) {
        const inReach = asked.category === 'object' || asked.modality === 'audio';
        const { covered } = ground(asked.question, info, vocabulary);
        expect([asked.question, covered]).toEqual([asked.question, inReach]);
      }
    },
  );
});
