import { msg } from '@lit/localize';
import type { ModelInfo } from '../protocol/api';
import { currentLanguage } from './language';

/** What a visitor who reads another language must know before asking; empty where nothing. */
export function questionHint(model: ModelInfo | null): string {
  const readsOthers = model !== null && model.id !== 'nano';
  if (currentLanguage() === 'en' || readsOthers) return '';
  return msg('Questions in English, please: nano reads no other language.');
}
