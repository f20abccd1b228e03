import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RuntimeLitLocalizer } from '@lit/localize-tools/lib/modes/runtime.js';
import type { Message } from '@lit/localize-tools/lib/messages.js';
import type { Locale } from '@lit/localize-tools/lib/types/locale.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { labels } from '../../src/ui/locales/labels.zh-Hans';
import { templates } from '../../src/ui/locales/zh-Hans';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

type Options = ConstructorParameters<typeof RuntimeLitLocalizer>[0];

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

let source: Message[] = [];
let translated = new Map<string, Message>();
let problems: string[] = [];

beforeAll(() => {
  const localizer = new RuntimeLitLocalizer({
    ...(readJson('lit-localize.json') as Options),
    baseDir: root,
    resolve: (path) => resolve(root, path),
  });
  const { messages, errors } = localizer.extractSourceMessages();
  expect(errors).toEqual([]);
  source = messages;
  const { translations } = localizer.readTranslationsSync();
  translated = new Map(
    translations.get('zh-Hans' as Locale)?.map((message) => [message.name, message]),
  );
  problems = localizer.validateTranslations().errors;
}, 60_000);

/** As text, with the places of what is put in. */
function textOf({ contents }: Message): string {
  return contents.map((part) => (typeof part === 'string' ? part : `{${part.index}}`)).join('');
}

function placesIn(message: Message): string[] {
  return [...textOf(message).matchAll(/\{\d+\}/g)].map(([place]) => place).sort();
}

/* What fails here: add a <target> to src/ui/locales/zh-Hans.xlf, see CONTRIBUTING.md. */
describe('the Chinese of the page', () => {
  it('finds the sentences of the page', () => expect(source.length).toBeGreaterThan(400));

  it('has every sentence', () => {
    const missing = source.filter(({ name }) => !translated.has(name));
    expect(missing.map(textOf)).toEqual([]);
  });

  it('has none that the page has no more', () => {
    const names = new Set(source.map(({ name }) => name));
    const gone = [...translated.values()].filter(({ name }) => !names.has(name));
    expect(gone.map(textOf)).toEqual([]);
  });

  it('puts in what the English puts in', () => {
    expect(problems).toEqual([]);
    const differing = source.filter((message) => {
      const other = translated.get(message.name);
      return other && String(placesIn(other)) !== String(placesIn(message));
    });
    expect(differing.map(textOf)).toEqual([]);
  });

  it('leaves no sentence in English', () => {
    const names = new Set(['SFT']);
    const same = source.filter((message) => {
      const other = translated.get(message.name);
      return other && textOf(other) === textOf(message) && /[a-z]{3}/i.test(textOf(message));
    });
    const left = same.map(textOf).filter((text) => !names.has(text));
    expect(left).toEqual([]);
  });

  it('is built: the page’s file says what the translators’ file says', () => {
    const built = templates as Record<string, unknown>;
    const stale = [...translated.values()].filter((message) => {
      const known = built[message.name];
      if (known === undefined) return true;
      if (typeof known === 'string') return known !== textOf(message);
      const { strings } = known as { strings: readonly string[] };
      const parts = message.contents.filter((part) => typeof part === 'string');
      return !parts.every((part) => strings.join(' ').includes(part));
    });
    expect(stale.map(textOf)).toEqual([]);
    expect(Object.keys(built).length).toBe(translated.size);
  });
});

describe('the Chinese of nano’s words', () => {
  it('knows all that nano can say', () => {
    const { reach, figures } = readJson('models/served/nano/manifest.json') as {
      reach: Record<string, string[]>;
      figures: { label: string }[];
    };
    const said = [...Object.values(reach).flat(), ...figures.map(({ label }) => label)];
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((label) => !labels[label])).toEqual([]);
  });

  it('knows the clips and the models that are listed', () => {
    const clips = readJson('models/served/samples/samples.json') as Record<string, string>[];
    const models = readJson('models/served/models.json') as Record<string, string>[];
    const texts = [
      ...clips.flatMap(({ title, description }) => [title, description]),
      ...models.map(({ line }) => line),
    ];
    expect(texts.filter((text) => text && !labels[text])).toEqual([]);
  });
});
