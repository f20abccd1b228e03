import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ground } from '../../src/families/nano/ground';
import type { Target } from '../../src/families/nano/target';
import { plural } from '../../src/ui/format';
import {
  atOnceQuestions,
  laterInReach,
  laterOutOfReach,
  newInReach,
  objectQuestions,
  outOfReach,
  soundQuestions,
} from './ground-questions';
import { chosen, config, fault, info, labels, vocabulary } from './reach';

function targetOf(question: string, media = info): Target {
  const result = ground(question, media, vocabulary);
  if (!result.covered) throw new Error(`${question}: ${result.reason}`);
  return result.target;
}

describe('questions in reach', () => {
  it.each(soundQuestions)('hears %s', (question, label) => {
    const target = targetOf(question);
    expect([target.kind, target.mode]).toEqual(['sound', 'each']);
    expect(chosen(target)).toContain(label);
  });

  it.each(objectQuestions)('sees %s', (question, ...names) => {
    const target = targetOf(question);
    expect([target.kind, target.mode]).toEqual(['object', 'each']);
    expect(chosen(target).sort()).toEqual([...names].sort());
  });

  it.each(atOnceQuestions)('at once: %s', (question, name) => {
    const target = targetOf(question);
    expect([target.kind, target.mode, chosen(target)]).toEqual(['object', 'atOnce', [name]]);
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
    ['How many turquoise cars are there?', 'by this colour'],
    ['How many different colours are there?', 'things of a plain colour'],
    ['How many times does the dog bark while the music plays?', 'under the condition “the music'],
    ['How many times does the man blink?', '“blink”; it can count movements'],
    ['How many women are there?', '“women” apart from others of the class “person”'],
    ['How many women are there?', 'it can count the people in view'],
    ['Wie oft bellt der Hund?', 'not in English'],
    ['How many dogs bark and how many cats meow?', 'several'],
    ['How many cars are next to the bus?', 'by place in the picture; it can count all'],
  ])('says why: %s', (question, reason) => {
    const result = ground(question, info, vocabulary);
    expect(result.covered ? '' : result.reason).toContain(reason);
  });

  it('offers only what the clip has', () => {
    const reasonFor = (media: typeof info): string => {
      const result = ground('How many women are there?', media, vocabulary);
      return result.covered ? '' : result.reason;
    };
    expect(reasonFor({ ...info, video: null })).not.toMatch(/people in view|cars|push-ups/);
    const noise = ground('How many hiccups are there?', { ...info, audio: null }, vocabulary);
    expect(noise.covered ? '' : noise.reason).not.toMatch(/barks|claps/);
  });
});

describe('questions that are new in reach', () => {
  it.each(newInReach)('%s', (question, expected) => {
    expect(fault(question, expected)).toBeNull();
  });
});

describe('what can be heard or seen', () => {
  it.each([
    ['How many times does the ball bounce?', 'sound ball_bounce', 'cycle bounce'],
    ['How many claps are there?', 'sound clap', 'cycle clap'],
    ['How many times does the man chop the log?', 'sound chop', 'cycle repetition'],
    ['How many times does the stick hit the bag?', 'sound impact', 'cycle repetition'],
    ['How many times does he knock on the door?', 'sound knock', 'cycle repetition'],
  ])('%s', (question, heard, seen) => {
    expect(fault(question, heard)).toBeNull();
    expect(fault(question, seen, { ...info, audio: null })).toBeNull();
    expect(fault(question, heard, { ...info, video: null })).toBeNull();
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
    ['How many claps are there from 0:10 through 0:20?', [10, 20]],
    ['How many claps in seconds 3 to 7?', [3, 7]],
    ['How many squats from 5 s to 15 s?', [5, 15]],
    ['How many cars pass from second 20 on?', [20, 60]],
    ['How many cars pass starting at 0:30?', [30, 60]],
    ['How many barks until second twenty?', [0, 20]],
    ['How many barks within 15 seconds?', [0, 15]],
    ['How many barks in the opening 5 seconds?', [0, 5]],
    ['How many barks in the last third of the clip?', [40, 60]],
    ['How many barks are there from the start of the video until 0:12?', [0, 12]],
    ['How many barks up to the 40 second mark?', [0, 40]],
    ['How many barks from 0:00:05 to 0:00:30?', [5, 30]],
    ['How many jumps in the first minute and a half?', [0, 60]],
    ['How many jumps between one second and 50 seconds?', [1, 50]],
    ['How many knocks are there after the second bark?', null],
    ['How many jumps are there after the first bell?', null],
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
    'are all of questions that it takes on (skipped without ../shared)',
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
        const { question, category } = asked;
        const target = targetOf(question);
        expect([question, target.category]).toEqual([question, category]);
      }
    },
  );
});
