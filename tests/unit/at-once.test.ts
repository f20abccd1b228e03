import { describe, expect, it } from 'vitest';
import { fullest } from '../../src/families/nano/at-once';
import type { Scene, SoundRules } from '../../src/families/nano/features';
import type { Proposal, SoundProposal } from '../../src/families/nano/proposal';
import type { Condition } from '../../src/families/nano/target';

const weights = Float64Array.of(1);
const events = { likeness: { slope: 5, middle: 0.4 }, classGapSeconds: {} };

/** Only its times matter here. */
function thing(startSeconds: number, endSeconds: number): Proposal {
  return { kind: 'object', startSeconds, endSeconds } as Proposal;
}

function sound(startSeconds: number, endSeconds: number, confidence = 1): SoundProposal {
  const classScores = Float32Array.of(1);
  const fingerprint = Float32Array.of(1);
  return { kind: 'sound', startSeconds, endSeconds, confidence, classScores, fingerprint };
}

function scene(asked: Partial<Scene> = {}): Scene {
  return {
    ...{ kind: 'object', mode: 'atOnce', weights, colour: null, window: null, condition: null },
    ...{ startSeconds: 0, durationSeconds: 20, words: [], proposals: [], leastScore: 0 },
    sounds: { labels: ['dog'], events } as unknown as SoundRules,
    frame: { width: 1, height: 1 },
    ...asked,
  };
}

function while_(relation: Condition['relation']): Condition {
  return { kind: 'sound', weights, colour: null, relation, which: 0 };
}

const [early, long, late, last] = [thing(0, 4), thing(2, 20), thing(5, 9), thing(8, 20)];
const things = [early, long, late, last];

describe('the fullest moment', () => {
  it('is when the most of them are in view, not how many there are', () => {
    expect(fullest(things, scene())).toEqual([long, late, last]);
  });

  it('is the first of several, and empty where nothing is there', () => {
    expect(fullest([early, late], scene())).toEqual([early]);
    expect(fullest([], scene())).toEqual([]);
  });

  it('lies within the asked window, whose start counts what came before', () => {
    expect(fullest(things, scene({ window: [3, 4.5] }))).toEqual([early, long]);
    expect(fullest(things, scene({ window: [10, 12] }))).toEqual([long, last]);
  });

  it('lies where the condition holds', () => {
    const proposals = [sound(6, 7), sound(14, 15, 0.2)];
    const during = scene({ condition: while_('during'), proposals });
    // The second sound is too faint beside the first to be meant.
    expect(fullest(things, during)).toEqual([long, late]);
    const before = scene({ condition: while_('before'), proposals });
    expect(fullest(things, before)).toEqual([early, long]);
    expect(fullest(things, scene({ condition: while_('during') }))).toEqual([]);
  });

  it('lies outside it where that is asked', () => {
    const until = (seconds: number): Scene =>
      scene({ condition: while_('outside'), proposals: [sound(5, seconds)] });
    expect(fullest(things, until(8.5))).toEqual([long, late, last]);
    expect(fullest(things, until(15))).toEqual([early, long]);
  });
});
