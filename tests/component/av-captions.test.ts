import { describe, expect, it, vi } from 'vitest';
import '../../src/ui/av-captions';
import type { AvCaptions } from '../../src/ui/av-captions';
import { auditPage, inside, mount } from './mount';

const text =
  'WEBVTT\n\n00:01.000 --> 00:02.000\n[a dog barks]\n\n00:03.000 --> 00:04.000\n[a bell]\n';
const src = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }));

describe('av-captions', () => {
  it('says what is heard, once it is asked to', async () => {
    const captions = await mount<AvCaptions>('av-captions', { src, timeSeconds: 1.5 });
    await auditPage();
    expect(captions.shadowRoot?.querySelector('p')).toBeNull();
    inside(captions, '#captions').click();
    await vi.waitFor(() => expect(inside(captions, 'p').textContent).toBe('[a dog barks]'));
    await auditPage();
    captions.timeSeconds = 2.5;
    await captions.updateComplete;
    expect(captions.shadowRoot?.querySelector('p')).toBeNull();
    captions.timeSeconds = 3;
    await captions.updateComplete;
    expect(inside(captions, 'p').textContent).toBe('[a bell]');
    inside(captions, '#captions').click();
    await captions.updateComplete;
    expect(captions.shadowRoot?.querySelector('p')).toBeNull();
  });
});
