import geistLatin from '@fontsource-variable/geist/files/geist-latin-wght-normal.woff2?url';
import geistLatinExt from '@fontsource-variable/geist/files/geist-latin-ext-wght-normal.woff2?url';

/** The page's own font for a worker's canvas, as far as this text needs it. Without it, the system's. */
export async function loadFont(text: string): Promise<void> {
  add(geistLatin, 'U+0000-00FF, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212');
  add(geistLatinExt, 'U+0100-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+2C60-2C7F');
  await self.fonts.load("600 20px 'Geist Variable'", `${text} 0123456789…`).catch(() => undefined);
}

function add(url: string, unicodeRange: string): void {
  const source = `url(${new URL(url, import.meta.url).href}) format('woff2')`;
  self.fonts.add(new FontFace('Geist Variable', source, { weight: '100 900', unicodeRange }));
}
