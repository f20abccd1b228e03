/** Width in pixels that a text takes in the font at hand. */
export type Measure = (text: string) => number;

/** A word with the space after it; in scripts without spaces a character with its closing marks. */
const pieces =
  /[\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff][\u3000-\u303f\uff00-\uff20]*\s*|[^\s\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff]+\s*/gu;

/** The text, or as much of its beginning as fits with an ellipsis; empty where not even that fits. */
export function ellipsize(text: string, maxWidth: number, measure: Measure): string {
  if (measure(text) <= maxWidth) return text;
  const letters = [...text];
  let fits = -1;
  let tooMany = letters.length;
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (measure(cut(letters, middle)) <= maxWidth) fits = middle;
    else tooMany = middle;
  }
  return fits === -1 ? '' : cut(letters, fits);
}

/** The text in lines that all fit; what `mostLines` cannot hold ends in an ellipsis. */
export function wrapText(
  text: string,
  maxWidth: number,
  mostLines: number,
  measure: Measure,
): string[] {
  const rest: string[] = text.trim().replace(/\s+/g, ' ').match(pieces) ?? [];
  const lines: string[] = [];
  while (rest.length > 0) {
    if (lines.length === mostLines - 1) {
      lines.push(ellipsize(rest.join('').trimEnd(), maxWidth, measure));
      break;
    }
    let line = '';
    while (rest[0] !== undefined && measure((line + rest[0]).trimEnd()) <= maxWidth) {
      line += rest.shift();
    }
    if (line === '') {
      const word = rest.shift() ?? '';
      line = head(word, maxWidth, measure);
      if (line === '') return lines;
      if (line !== word) rest.unshift(word.slice(line.length));
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

function cut(letters: readonly string[], count: number): string {
  return `${letters.slice(0, count).join('').trimEnd()}…`;
}

/** As many letters of one long word as fit. */
function head(word: string, maxWidth: number, measure: Measure): string {
  let taken = '';
  for (const letter of word) {
    if (measure(taken + letter) > maxWidth) break;
    taken += letter;
  }
  return taken;
}
