import { beforeEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { AppError } from '../../src/errors';
import type { Inspection } from '../../src/protocol/api';
import type { ModelState, ShelfItem } from '../../src/state/state';
import '../../src/ui/av-models';
import type { AvModels } from '../../src/ui/av-models';
import { modelInfo } from '../fixtures/fake-reasoner';
import { auditPage, inside, mount, nextEvent } from './mount';

function item(
  id: string,
  inspection: Partial<Inspection> | null,
  changes: Partial<ShelfItem> & { own?: boolean } = {},
): ShelfItem {
  const { own, ...rest } = changes;
  return {
    model: {
      ...{ id, title: `Model ${id}`, line: `What ${id} is.`, bytes: 5e9, needs: null },
      manifestUrl: own ? null : `https://site.test/${id}/manifest.json`,
      testWeights: id === 'tiny',
      commands: own ? [{ does: 'Convert:', command: 'python -m convert' }] : [],
    },
    inspection: inspection && { bytes: 5e9, cachedBytes: 0, problems: [], ...inspection },
    error: null,
    ...{ inUse: false, isLoading: false, isStart: false },
    ...rest,
  };
}

const noGpu = { code: 'webgpu-missing', message: 'This browser has no WebGPU.' } as const;
const ready: ModelState = { kind: 'ready', info: modelInfo, refused: null };
const shelf: ShelfItem[] = [
  item('nano', { bytes: 19e6, cachedBytes: 19e6 }, { inUse: true, isStart: true }),
  item('tiny', { bytes: 25e6 }),
  item('part', { cachedBytes: 2e9 }),
  item('own', { problems: [noGpu] }, { own: true }),
];

let element: AvModels;
beforeEach(async () => {
  element = await mount<AvModels>('av-models', { shelf, model: ready });
  element.open();
});

const row = (id: string) => inside(element, `[data-model=${id}]`);
const button = (id: string, what: string) =>
  row(id).querySelector<HTMLButtonElement>(`[data-do=${what}]`);

describe('av-models', () => {
  it('is accessible, in every state of a model', async () => {
    await auditPage();
    const loading = shelf.map((each) => ({ ...each, isLoading: each.model.id === 'part' }));
    Object.assign(element, {
      shelf: [...loading, item('lost', null, { error: new AppError('model-fetch-failed', 'No.') })],
      model: {
        kind: 'loading',
        title: 'Model part',
        progress: { stage: 'fetch', done: 2.5e9, total: 5e9, bytesPerSecond: 40e6 },
        previous: modelInfo,
      } satisfies ModelState,
      origins: ['https://models.test'],
    });
    await element.updateComplete;
    inside<HTMLDetailsElement>(element, 'details').open = true;
    await auditPage();
    expect(inside(inside(element, 'av-load-bar'), 'p').textContent).toMatch(
      /2\.5 GB of 5\.0 GB · 40 MB\/s · 1 min left/,
    );
    expect(row('lost').textContent).toContain('No.');
  });

  it('says what each takes, whether it runs here, and what is here already', () => {
    expect(row('nano').textContent).toMatch(/In use[^]*19 MB[^]*Runs on this device[^]*Kept here/);
    expect(row('tiny').textContent).toMatch(/Test weights[^]*25 MB/);
    expect(row('part').textContent).toMatch(/2\.0 GB kept here[^]*Go on, 3\.0 GB left/);
    expect(row('own').textContent).toContain('Not on this device. This browser has no WebGPU.');
    expect(row('own').textContent).toContain('python -m convert');
    expect(inside(element, '#own-title').parentElement?.textContent).toContain(
      'This site loads models from its own address only.',
    );
  });

  it('offers only what makes sense', () => {
    const offers = (id: string) =>
      [...row(id).querySelectorAll<HTMLElement>('[data-do]')].map(({ dataset }) => dataset['do']);
    expect(offers('nano')).toEqual([]);
    expect(offers('tiny')).toEqual(['use']);
    expect(offers('part')).toEqual(['use', 'delete']);
    expect(offers('own')).toEqual(['folder']);
  });

  it('hands a choice up', async () => {
    const chosen = nextEvent('av-model');
    button('tiny', 'use')?.click();
    expect(await chosen).toMatchObject({ wish: 'use', model: { id: 'tiny' } });
  });

  it('deletes only when it is asked twice, and forgets the first time with the focus', async () => {
    const events: Event[] = [];
    element.addEventListener('av-model', (event) => events.push(event));
    const bin = button('part', 'delete')!;
    bin.focus();
    bin.click();
    await element.updateComplete;
    expect(bin.textContent).toContain('Really delete 2.0 GB?');
    bin.blur();
    await element.updateComplete;
    expect(bin.textContent).not.toContain('Really');
    bin.focus();
    bin.click();
    await element.updateComplete;
    expect(events).toEqual([]);
    bin.click();
    expect(events).toMatchObject([{ wish: 'delete', model: { id: 'part' } }]);
  });

  it('works by keyboard alone: opens on a control, goes through, closes with Escape', async () => {
    const focus = () => element.shadowRoot?.activeElement;
    expect(focus()?.id).toBe('close');
    await userEvent.keyboard('{Tab}');
    expect(focus()).toBe(button('tiny', 'use'));
    await userEvent.keyboard('{Tab}{Tab}');
    expect(focus()).toBe(button('part', 'delete'));
    await userEvent.keyboard('{Escape}');
    expect(inside<HTMLDialogElement>(element, 'dialog').open).toBe(false);
  });

  it('takes a folder: its own files, not those of folders in it', async () => {
    const input = inside<HTMLInputElement>(element, '#folder');
    const at = (path: string): File => {
      const file = new File(['x'], path.split('/').at(-1)!);
      Object.defineProperty(file, 'webkitRelativePath', { value: path });
      return file;
    };
    const files = ['bundle/manifest.json', 'bundle/a.onnx', 'bundle/old/a.onnx'].map(at);
    Object.defineProperty(input, 'files', { value: files });
    const chosen = nextEvent('av-model-folder');
    input.dispatchEvent(new Event('change'));
    expect(await chosen).toMatchObject({ title: 'bundle', files: files.slice(0, 2) });
  });

  it('asks for an address only where the site may use one', async () => {
    expect(element.shadowRoot?.querySelector('#address')).toBeNull();
    element.origins = ['https://models.test'];
    await element.updateComplete;
    const input = inside<HTMLInputElement>(element, '#address');
    const address = 'https://models.test/7b/manifest.json';
    input.value = address;
    const chosen = nextEvent('av-model-address');
    inside(element, 'form button').click();
    expect(await chosen).toMatchObject({ manifestUrl: address });
  });

  it('stops a load, of the list or not', async () => {
    element.model = { kind: 'loading', title: 'my-bundle', progress: null, previous: modelInfo };
    await element.updateComplete;
    const stopped = nextEvent('av-model-stop');
    inside(element, 'section [data-do=stop]').click();
    await stopped;
    expect(inside(element, '.other').textContent).toContain('my-bundle');
  });

  it('says why a model did not come', async () => {
    const error = new AppError('model-corrupt', 'part-3.bin is damaged.');
    element.model = { ...ready, refused: { title: 'Big', error } };
    await element.updateComplete;
    await auditPage();
    expect(inside(inside(element, 'av-error'), '#error').textContent).toContain('part-3.bin');
  });
});
