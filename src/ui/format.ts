import { msg, str } from '@lit/localize';

/** `72.34` → `1:12.3`: minutes, seconds and tenths, as the time marks show them. */
export function formatTime(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const whole = Math.floor(tenths / 10);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, '0')}.${tenths % 10}`;
}

/** `72.34` → `1:12.34`: to the hundredth, for times that are being set. */
export function formatExact(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const whole = Math.floor(hundredths / 100);
  const rest = `${String(whole % 60).padStart(2, '0')}.${String(hundredths % 100).padStart(2, '0')}`;
  return `${Math.floor(whole / 60)}:${rest}`;
}

/** `95` → `2 min`: a wait in words, rounded as one rounds a wait. */
export function formatWait(seconds: number): string {
  if (seconds < 55) return msg(str`${Math.max(1, Math.ceil(seconds / 5) * 5)} s`);
  if (seconds < 55 * 60) return msg(str`${Math.round(seconds / 60)} min`);
  return msg(str`${(seconds / 3600).toFixed(1)} h`);
}

const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  man: 'men',
  woman: 'women',
  child: 'children',
  mouse: 'mice',
  knife: 'knives',
  sheep: 'sheep',
  skis: 'skis',
  scissors: 'scissors',
};

/** The plural of an English label; only the last word changes (`wine glass` → `wine glasses`). */
export function plural(label: string): string {
  const words = label.split(' ');
  const last = words.pop() ?? '';
  return [...words, pluralWord(last)].join(' ');
}

function pluralWord(word: string): string {
  const known = irregular[word];
  if (known) return known;
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}
