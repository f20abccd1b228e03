import geistLatin from '@fontsource-variable/geist/files/geist-latin-wght-normal.woff2?url';
import geistLatinExt from '@fontsource-variable/geist/files/geist-latin-ext-wght-normal.woff2?url';
import { css, unsafeCSS } from 'lit';
import { colours } from './colours';

export type Theme = 'light' | 'dark';

const storageKey = 'av-theme';

const colourTokens = Object.entries(colours)
  .map(([name, [light, dark]]) => `--${name}: light-dark(${light}, ${dark});`)
  .join('\n');

/** The values behind every style. */
const declarations = css`
  ${unsafeCSS(colourTokens)}

  --font: 'Geist Variable', ui-sans-serif, system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif;
  --font-mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
  --text-s: 0.8125rem;
  --text-m: 1rem;
  --text-l: 1.1875rem;
  --text-xl: 1.5rem;
  --text-display: clamp(2.5rem, 1.5rem + 4.6vw, 5.25rem);
  --text-count: clamp(6rem, 4rem + 7vw, 11rem);

  --space-1: 0.25rem;
  --space-2: 0.5rem;
  --space-3: 0.75rem;
  --space-4: 1rem;
  --space-5: 1.5rem;
  --space-6: 2.25rem;
  --space-7: 3.5rem;
  --space-8: 5.5rem;

  --radius-s: 0.5rem;
  --radius-m: 0.875rem;
  --radius-l: 1.25rem;
  --shadow: 0 1px 2px rgb(0 0 0 / 5%), 0 12px 32px -16px rgb(0 0 0 / 18%);
  --quick: 140ms cubic-bezier(0.2, 0, 0, 1);
`;

/** Tokens of the whole page. Custom properties pass through shadow roots, so one sheet serves all. */
const tokens = css`
  :root {
    color-scheme: light dark;
    ${declarations}

    /* From a phone to a projector: the whole scale grows with the window, and with the visitor's own
       text size. */
    font: 400 clamp(100%, 0.55rem + 0.55vw, 150%) / 1.5 var(--font);
    font-synthesis: none;
    -webkit-font-smoothing: antialiased;
    text-size-adjust: 100%;
    background: var(--paper);
    color: var(--ink);
  }
  :root[data-theme='light'] {
    color-scheme: light;
  }
  :root[data-theme='dark'] {
    color-scheme: dark;
  }
  body {
    margin: 0;
  }
  @media (prefers-contrast: more) {
    :root {
      --ink-soft: var(--ink);
      --line: var(--line-strong);
      --screen-soft: var(--screen-ink);
      --screen-line: var(--screen-soft);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :root {
      --quick: 0s;
    }
  }
`;

/**
 * The same tokens for one element in somebody else's page, which sets them anew as it likes: a rule of
 * the page wins over one of `:host`. Light or dark is the page's own choice (`color-scheme`).
 */
export const hostTokens = css`
  :host {
    ${declarations}
    --text-count: clamp(4rem, 3rem + 8cqi, 8rem);
    font: 400 1rem/1.5 var(--font);
    font-synthesis: none;
    text-align: start;
    background: var(--paper);
    color: var(--ink);
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --quick: 0s;
    }
  }
`;

/** A bar that `--share` (0…1) of its inner element fills. */
export const bar = css`
  .bar {
    height: 0.3rem;
    border-radius: 999px;
    background: var(--line);
    overflow: clip;
  }
  .bar i {
    display: block;
    height: 100%;
    width: calc(var(--share) * 100%);
    border-radius: inherit;
    background: var(--ink);
    transition: width var(--quick);
  }
`;

/** What every element starts from: sizes, focus, buttons, chips. */
export const controls = css`
  :host {
    display: block;
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  /* Latin letters may be set tight in a heading; Chinese ones would touch. */
  :host :is(h1, h2, h3):lang(zh) {
    letter-spacing: 0;
  }
  :focus-visible {
    outline: 2.5px solid var(--focus);
    outline-offset: 2px;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-height: 2.75rem;
    padding: 0 var(--space-4);
    border-radius: 999px;
    border: 1.5px solid var(--line-strong);
    font-weight: 550;
    white-space: nowrap;
    transition:
      background var(--quick),
      border-color var(--quick),
      transform var(--quick);
  }
  .button:hover {
    border-color: var(--ink);
    background: var(--sunken);
  }
  .button:active {
    transform: translateY(1px);
  }
  .button.primary {
    background: var(--action);
    border-color: var(--action);
    color: var(--on-action);
    padding: 0 var(--space-5);
  }
  .button.primary:hover {
    background: color-mix(in oklab, var(--action) 86%, var(--paper));
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    flex: none;
    border-radius: 999px;
    transition: background var(--quick);
  }
  .icon-button:hover {
    background: color-mix(in oklab, currentColor 12%, transparent);
  }
  .icon-button:disabled {
    opacity: 0.35;
    cursor: default;
  }
  .icon {
    display: inline-grid;
    flex: none;
  }
  .icon svg {
    width: 1.25em;
    height: 1.25em;
  }
  .soft {
    color: var(--ink-soft);
  }
  .small {
    font-size: var(--text-s);
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .button,
    .icon-button {
      border: 1px solid ButtonText;
    }
  }
`;

/** Puts tokens, fonts and the chosen theme into the document; call it once, before the first paint. */
export function installTheme(): void {
  if (tokens.styleSheet) document.adoptedStyleSheets.push(tokens.styleSheet);
  addFonts();
  const stored = storedTheme();
  if (stored) document.documentElement.dataset['theme'] = stored;
}

/** Makes the page's typeface known to the document; without it, the system's own is used. */
export function addFonts(): void {
  // The ranges are those of the font package's own sheet, shortened to what these files cover.
  addFont(geistLatin, 'U+0000-00FF, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212');
  addFont(geistLatinExt, 'U+0100-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+2C60-2C7F');
}

/** The theme on the screen: the visitor's choice here, else the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Storage can be blocked; the choice then lasts as long as the page.
  }
}

/** Back to a choice of before, or to none. */
export function restoreTheme(theme: Theme | null): void {
  if (theme) return chooseTheme(theme);
  delete document.documentElement.dataset['theme'];
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was stored, then.
  }
}

function addFont(url: string, unicodeRange: string): void {
  const source = `url(${new URL(url, document.baseURI).href}) format('woff2')`;
  const face = new FontFace('Geist Variable', source, {
    weight: '100 900',
    display: 'swap',
    unicodeRange,
  });
  document.fonts.add(face);
}

/** The theme that was chosen on this device; null where the system's is followed. */
export function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null;
  }
}
