import { afterEach, describe, expect, it } from 'vitest';
import '../../src/embed/av-counter';
import type { AvCounter } from '../../src/embed/av-counter';
import type { AvCounterElement, CounterError } from '../../src/embed/public-types';
import { silentWav } from './clips';
import { auditPage, inside, mount } from './mount';

/* The embedded element without its worker; tests/e2e/embed.test.ts has it count. */

const clip = () => URL.createObjectURL(silentWav());
let element: AvCounter;
const show = async (properties: Partial<AvCounter>): Promise<void> => {
  element = await mount<AvCounter>('av-counter', properties);
};
afterEach(() => document.body.replaceChildren());

describe('av-counter', () => {
  it.each([{ controls: true }, { controls: false }, { theme: 'dark' as const }])(
    'is accessible with %o',
    async (properties) => {
      await show({ src: clip(), question: 'How many bells ring?', ...properties });
      await auditPage();
    },
  );

  it('shows one question and a button, or a box for any, and no worker before it is asked', async () => {
    await show({ src: clip(), question: 'How many bells ring?' });
    expect(inside(element, '.asked').textContent).toBe('How many bells ring?');
    expect(inside<HTMLButtonElement>(element, '#count-button').disabled).toBe(false);
    expect(element.shadowRoot?.querySelector('av-question')).toBeNull();
    element.controls = true;
    await element.updateComplete;
    const box = inside<HTMLTextAreaElement>(inside(element, 'av-question'), '#question');
    expect(box.value).toBe('How many bells ring?');
    expect(element.shadowRoot?.querySelector('.result')).toBeNull();
  });

  it('cannot be pressed without a clip or a question', async () => {
    await show({ question: 'How many bells ring?' });
    expect(inside<HTMLButtonElement>(element, '#count-button').disabled).toBe(true);
    await show({ src: clip() });
    expect(inside<HTMLButtonElement>(element, '#count-button').disabled).toBe(true);
  });

  it('says it where the clip does not come, in the element, as an event and to the caller', async () => {
    await show({ src: '/no-such-clip.mp4?never', question: 'How many?', model: '/no-model.json' });
    const told: CounterError[] = [];
    const counter: AvCounterElement = element;
    counter.addEventListener('av-counter-error', ({ detail }) => told.push(detail));
    element.src = 'http://127.0.0.1:9/clip.mp4';
    await element.updateComplete;
    const failure = (await element.count().catch((error: unknown) => error)) as CounterError;
    expect(failure.code).toBe('file-unreadable');
    expect(failure.message).toContain('http://127.0.0.1:9 has to allow this page to read it');
    await element.updateComplete;
    expect(told.map(({ code }) => code)).toContain('file-unreadable');
    expect(inside(inside(element, 'av-error'), '#error').dataset['code']).toBe('file-unreadable');
    await auditPage();
  });
});
