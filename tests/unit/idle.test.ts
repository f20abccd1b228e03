import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleTimer, type IdleState } from '../../src/state/idle';

let told: IdleState[];
let busy: boolean;
let timer: IdleTimer;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  busy = false;
  timer = new IdleTimer({
    idleSeconds: 60,
    warningSeconds: 10,
    isBusy: () => busy,
    tell: (state) => told.push(state),
  });
  timer.start();
});

afterEach(() => {
  timer.stop();
  vi.useRealTimers();
});

const pass = (seconds: number): void => void vi.advanceTimersByTime(seconds * 1000);

describe('IdleTimer', () => {
  it('asks after the silence, counts down by seconds, and ends once', () => {
    pass(59.5);
    expect(told).toEqual([]);
    pass(0.5);
    expect(told).toEqual([{ kind: 'warning', secondsLeft: 10 }]);
    pass(9.5);
    expect(told.at(-1)).toEqual({ kind: 'warning', secondsLeft: 1 });
    expect(told).toHaveLength(10);
    pass(0.5);
    expect(told.at(-1)).toEqual({ kind: 'over' });
    pass(600);
    expect(told).toHaveLength(11);
  });

  it('begins anew with every touch, also in the middle of the countdown', () => {
    pass(40);
    timer.touch();
    pass(40);
    expect(told).toEqual([]);
    pass(25);
    timer.touch();
    expect(told.at(-1)).toEqual({ kind: 'active' });
    pass(59);
    expect(told.at(-1)).toEqual({ kind: 'active' });
    pass(1);
    expect(told.at(-1)).toEqual({ kind: 'warning', secondsLeft: 10 });
  });

  it('does not count the time in which something goes on', () => {
    busy = true;
    pass(300);
    busy = false;
    pass(59);
    expect(told).toEqual([]);
    pass(1.5);
    expect(told.at(-1)?.kind).toBe('warning');
  });

  it('takes the question back when something begins meanwhile', () => {
    pass(65);
    busy = true;
    pass(1);
    expect(told.at(-1)).toEqual({ kind: 'active' });
  });

  it('is not kept for ever by something that never ends', () => {
    busy = true;
    pass(600 + 60 + 11);
    expect(told.at(-1)).toEqual({ kind: 'over' });
  });

  it('ends also where the browser held its timers back', () => {
    pass(30);
    vi.setSystemTime(Date.now() + 3_600_000);
    pass(0.5);
    expect(told).toEqual([{ kind: 'over' }]);
  });

  it('says nothing after it was stopped, nor to a touch', () => {
    pass(65);
    const before = told.length;
    timer.stop();
    timer.touch();
    pass(100);
    expect(told).toHaveLength(before);
  });
});
