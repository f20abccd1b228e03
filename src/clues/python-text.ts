/* What Python's text functions do otherwise than JavaScript's, for scores that must be the released scripts'. */

const decimalDigit = /\p{Nd}/gu;

/** Digits of every script as 0…9: `٣` and `３` are 3, as for Python's `int()` and `float()`. */
export function toPlainDigits(text: string): string {
  return text.replace(decimalDigit, (digit) => (digit <= '9' ? digit : String(digitValue(digit))));
}

/** Digits stand together in runs of ten, each from zero on. */
function digitValue(digit: string): number {
  let steps = 0;
  const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));
  while (isDigit(digit.codePointAt(0)! - steps - 1)) steps++;
  return steps % 10;
}

const edges = /^[\t-\r\x1c-\x20\x85\p{Z}]+|[\t-\r\x1c-\x20\x85\p{Z}]+$/gu;

/** As `str.strip()`: the separators U+001C…U+001F and U+0085 are blanks there, and U+FEFF is none. */
export function stripText(text: string): string {
  return text.replace(edges, '');
}

/** `str()` of what JSON holds: of a text itself, within a list or object in Python's quotes. */
export function toPythonText(value: unknown): string {
  return typeof value === 'string' ? value : represent(value);
}

function represent(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(represent).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, field]) => `${quote(name)}: ${represent(field)}`,
  );
  return `{${fields.join(', ')}}`;
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`);
  return (
    mark + inside.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t') + mark
  );
}
