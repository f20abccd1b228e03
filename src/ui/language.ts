import { configureLocalization, msg } from '@lit/localize';
import { setLabelWords, type LabelWords } from './label-words';

export const languages = ['en', 'zh-Hans'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'av-language';

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: ['zh-Hans'],
  loadLocale: () => import('./locales/zh-Hans'),
});

const noLabels = { labels: {} };
const loadLabels: Record<Language, () => Promise<{ labels: LabelWords }>> = {
  en: () => Promise.resolve(noLabels),
  'zh-Hans': () => import('./locales/labels.zh-Hans'),
};

export function currentLanguage(): Language {
  return getLocale() as Language;
}

/** Fetches the language's words, then shows them everywhere; remembered on this device. */
export async function switchLanguage(language: Language): Promise<void> {
  const { labels } = await loadLabels[language]();
  setLabelWords(labels);
  await setLocale(language);
  document.documentElement.lang = language;
  document.title = msg('AV-Reasoner: count what you see and hear');
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage can be blocked; the choice then lasts as long as the page.
  }
}

/** The visitor's choice here, else the first of the browser's languages that we speak. */
export async function installLanguage(): Promise<void> {
  const wanted = readStored() ?? preferred(navigator.languages);
  if (wanted !== 'en') await switchLanguage(wanted);
}

/** Any Chinese is read in simplified characters: better than none. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh\b/i.test(tag)) return 'zh-Hans';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

function readStored(): Language | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return languages.find((language) => language === stored) ?? null;
  } catch {
    return null;
  }
}
