/** Enough to be told apart, short enough for every file system with an ending behind it. */
const longestStem = 80;

/** Refused by a file system, or not seen by a reader: marks of direction, controls, blanks. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\/:*?"<>|]+/gu;

/** `My dog.mp4` and `count.json` → `My dog-count.json`, in characters that every system takes. */
export function fileName(title: string, ending: string): string {
  return `${safeStem(title)}-${ending}`;
}

function safeStem(title: string): string {
  const withoutExtension = title.replace(/(?<=.)\.[a-z0-9]{1,5}$/i, '');
  const clean = withoutExtension.normalize('NFC').replace(unsafe, '-').replace(/\s+/g, ' ');
  const short = [...clean].slice(0, longestStem).join('');
  return short.replace(/^[\s.-]+|[\s.-]+$/g, '') || 'video';
}
