/**
 * Every colour of the page as `[light, dark]`. The text and control pairs in {@link contrastPairs}
 * are held to WCAG AA by a test.
 */
export const colours = {
  paper: ['#fbfaf5', '#100f0d'],
  surface: ['#ffffff', '#1b1a17'],
  sunken: ['#f3f1e8', '#161512'],
  line: ['#e3e0d4', '#33312b'],
  'line-strong': ['#868274', '#7d796c'],
  ink: ['#17160f', '#f6f4ea'],
  'ink-soft': ['#5a574b', '#b5b1a2'],
  accent: ['#ffd43a', '#ffd43a'],
  'on-accent': ['#17160f', '#17160f'],
  action: ['#17160f', '#ffd43a'],
  'on-action': ['#ffffff', '#17160f'],
  danger: ['#a8241b', '#ffa094'],
  'danger-tint': ['#fdefec', '#2b1613'],
  focus: ['#17160f', '#ffd43a'],
  // The screen (player and timeline) is dark in both themes, as a cinema is.
  screen: ['#100f0d', '#0a0908'],
  'screen-raised': ['#24221d', '#24221d'],
  'screen-line': ['#3d3a32', '#3d3a32'],
  'screen-ink': ['#f6f4ea', '#f6f4ea'],
  'screen-soft': ['#b5b1a2', '#b5b1a2'],
  // Marks of what is heard have the accent; these two are told apart by shape as well.
  movement: ['#6cc4ff', '#6cc4ff'],
  object: ['#f2a7ff', '#f2a7ff'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type Colour = keyof typeof colours;

/** `[foreground, background, least ratio]`: 4.5 for text, 3 for parts of controls and marks. */
export const contrastPairs: readonly (readonly [Colour, Colour, number])[] = [
  ['ink', 'paper', 4.5],
  ['ink', 'surface', 4.5],
  ['ink', 'sunken', 4.5],
  ['ink-soft', 'paper', 4.5],
  ['ink-soft', 'surface', 4.5],
  ['ink-soft', 'sunken', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-action', 'action', 4.5],
  ['danger', 'danger-tint', 4.5],
  ['danger', 'surface', 4.5],
  ['ink', 'danger-tint', 4.5],
  ['screen-ink', 'screen', 4.5],
  ['screen-soft', 'screen', 4.5],
  ['screen-ink', 'screen-raised', 4.5],
  ['screen-soft', 'screen-raised', 4.5],
  ['line-strong', 'paper', 3],
  ['line-strong', 'surface', 3],
  ['focus', 'paper', 3],
  ['accent', 'screen', 3],
  ['accent', 'screen-raised', 3],
  ['movement', 'screen-raised', 3],
  ['object', 'screen-raised', 3],
  ['on-accent', 'movement', 4.5],
  ['on-accent', 'object', 4.5],
];
