import { beforeEach, describe, expect, it } from 'vitest';
import { deviceStorage, type DeviceStorage, type StoredItem } from '../../src/state/storage';
import { listKeptBundles } from '../../src/weights/kept-bundles';
import '../../src/ui/av-storage';
import type { AvStorage } from '../../src/ui/av-storage';
import { auditPage, inside, mount, nextEvent } from './mount';

const app: StoredItem = {
  ...{ id: 'cache:app', kind: 'app', title: '', origin: '', bytes: 50e6, files: 20, isWhole: true },
};
const nano: StoredItem = {
  ...{ id: 'model:https://site.test/nano/', kind: 'model', title: 'nano 1.0', isWhole: true },
  ...{ origin: 'https://site.test/nano/', bytes: 19e6, files: 5 },
};
const part: StoredItem = {
  ...{ id: 'model:https://site.test/7b/', kind: 'model', title: '7b', isWhole: false },
  ...{ origin: 'https://site.test/7b/', bytes: 2e9, files: 1 },
};

/** A device in memory. `busy` is an id that cannot go. */
function fakeDevice(start: StoredItem[], busy = ''): DeviceStorage & { persisted: boolean | null } {
  let items = start;
  const fake = {
    persisted: false as boolean | null,
    read: () =>
      Promise.resolve({ items, usedBytes: 70e6, quotaBytes: 10e9, persisted: fake.persisted }),
    remove(id: string) {
      if (id === busy) return Promise.resolve(false);
      items = items.filter((item) => item.id !== id);
      return Promise.resolve(true);
    },
    removeAll() {
      items = [];
      return Promise.resolve(true);
    },
    persist: () => Promise.resolve((fake.persisted = true)),
  };
  return fake;
}

let element: AvStorage;
const show = async (storage: DeviceStorage): Promise<void> => {
  element = await mount<AvStorage>('av-storage', { storage });
  await settle();
};
/** The reads and writes of the fake, and the render after them. */
const settle = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
};
const row = (id: string) => element.shadowRoot?.querySelector(`[data-item="${id}"]`) ?? null;
const bin = (id: string) => row(id)!.querySelector<HTMLButtonElement>('[data-do=delete]')!;
const outcome = () => inside(element, '#outcome').textContent?.trim();

beforeEach(() => show(fakeDevice([app, nano, part], part.id)));

describe('av-storage', () => {
  it('is accessible, full and empty, with its question open', async () => {
    await auditPage();
    inside(element, '#delete-all').click();
    await auditPage();
    await show(fakeDevice([]));
    await auditPage();
    expect(inside(element, '.empty').textContent).toContain('Nothing is kept here');
  });

  it('says what is here, how large, and of which only a part', () => {
    expect(row(app.id)?.textContent).toMatch(/This page[^]*20 files[^]*50 MB/);
    expect(row(nano.id)?.textContent).toMatch(/Model nano 1\.0[^]*https:\/\/site\.test\/nano\//);
    expect(row(nano.id)?.textContent).not.toContain('A part');
    expect(row(part.id)?.textContent).toMatch(/A part[^]*2\.0 GB/);
    expect(inside(element, '.total').textContent).toMatch(/2\.1 GB[^]*70 MB[^]*10 GB/);
  });

  it('deletes what is asked for twice, and says so up', async () => {
    const changed = nextEvent('av-storage-changed');
    bin(nano.id).click();
    await settle();
    expect(row(nano.id)).not.toBeNull();
    expect(bin(nano.id).textContent).toContain('Really');
    bin(nano.id).click();
    await changed;
    await settle();
    expect(row(nano.id)).toBeNull();
    expect(row(app.id)).not.toBeNull();
    expect(outcome()).toBe('Deleted.');
  });

  it('says it where something is in use and stays', async () => {
    bin(part.id).click();
    bin(part.id).click();
    await settle();
    expect(row(part.id)).not.toBeNull();
    expect(outcome()).toContain('being written');
  });

  it('deletes everything only after a question, whose first answer is no', async () => {
    const dialog = inside<HTMLDialogElement>(element, 'dialog');
    inside(element, '#delete-all').click();
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).toBe('Keep it');
    (element.shadowRoot?.activeElement as HTMLElement).click();
    await settle();
    expect(dialog.open).toBe(false);
    expect(row(app.id)).not.toBeNull();
    inside(element, '#delete-all').click();
    inside(element, '#confirm').click();
    await settle();
    inside(element, '.empty');
  });

  it('asks the browser to keep it, and stops asking once it has promised', async () => {
    inside(element, '#persist').click();
    await settle();
    expect(element.shadowRoot?.querySelector('#persist')).toBeNull();
    expect(outcome()).toBe('The browser will keep it.');
    expect(inside(element, '.promise').textContent).toContain('Safari');
  });
});

describe('the device itself', () => {
  it('lists files that nobody remembers, and deletes them', async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('weights', { create: true });
    const file = await folder.getFileHandle('f'.repeat(64), { create: true });
    const writable = await file.createWritable();
    await writable.write(new Uint8Array(1234));
    await writable.close();
    const found = (await deviceStorage.read()).items.find(({ id }) => id === 'model:');
    expect(found).toMatchObject({ title: '', isWhole: false });
    expect(found!.bytes).toBeGreaterThanOrEqual(1234);
    expect(await deviceStorage.remove('model:')).toBe(true);
    expect((await listKeptBundles()).some(({ folder }) => folder === '')).toBe(false);
  });
});
