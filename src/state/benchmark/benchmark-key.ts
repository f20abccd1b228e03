import type { RunIdentity } from '../../benchmark/predictions';
import type { BoxUnitChoice } from './benchmark-folder';

/** Names a run's folder. */
export function runKey(
  { setting, thinks, model }: RunIdentity,
  annotationSha256: string,
  boxUnit: BoxUnitChoice,
): string {
  const [id = '', sha256 = ''] = model.split(' ');
  return [
    ...[setting, ...(thinks ? ['thinking'] : []), ...(boxUnit === 'detected' ? [] : [boxUnit])],
    ...[id, sha256.slice(0, 12), annotationSha256.slice(0, 12)],
  ]
    .join('-')
    .replace(/[^\w.-]/g, '_');
}

/** sha256 of a text, hexadecimal. */
export async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
