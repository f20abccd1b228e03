/** CSS pixels of one `rem` now: the page's text grows with the window and with the visitor's choice. */
export function remPixels(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
