import { beforeEach, describe, expect, it } from 'vitest';
import { RequestCounter } from '../../src/state/request-counter';

const own = 'https://site.test';
let counter: RequestCounter;
let changes: number;
beforeEach(() => {
  counter = new RequestCounter(own);
  changes = 0;
  counter.addEventListener('change', () => (changes += 1));
});

const visit = (...names: string[]) => counter.addEntries(names.map((name) => ({ name })));

describe('RequestCounter', () => {
  it('tells the own site from others, port and scheme included', () => {
    visit(`${own}/a.js`, `${own}/b/c.wasm?x=1`);
    visit(
      'https://other.test/',
      'http://site.test/',
      'https://site.test:8443/',
      'wss://site.test/',
    );
    expect(counter.count).toEqual({ own: 2, other: 4, blocked: 0, sent: 0 });
    expect(changes).toBe(2);
  });

  it('leaves out what never goes over the network', () => {
    visit(
      `blob:${own}/2f1c`,
      'data:text/plain,hi',
      'chrome-extension://abc/x.js',
      '',
      'no address',
    );
    expect(counter.count).toEqual({ own: 0, other: 0, blocked: 0, sent: 0 });
    expect(changes).toBe(0);
  });

  it('counts as blocked what was an address', () => {
    counter.addBlocked('https://evil.test/collect');
    counter.addBlocked('inline');
    counter.addBlocked('eval');
    expect(counter.count).toMatchObject({ blocked: 1, other: 0 });
    expect(changes).toBe(1);
  });

  it('counts what is sent', () => {
    counter.addSent();
    counter.addSent();
    expect(counter.count.sent).toBe(2);
    expect(changes).toBe(2);
  });

  it('gives a new count with every change, and keeps the old one as it was', () => {
    const before = counter.count;
    visit(`${own}/a`);
    expect(before.own).toBe(0);
    expect(counter.count).not.toBe(before);
  });
});
