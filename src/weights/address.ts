import { AppError } from '../errors';

/** Whom this page may ask for models, besides itself: decided when it is built (`MODEL_ORIGINS`). */
export interface Origins {
  own: string;
  others: readonly string[];
}

/**
 * Refuses an address before anything is asked of it. The page's content security policy would refuse
 * it, too, but without a reason that a visitor can read.
 * @throws AppError `model-refused`
 */
export function checkAddress(url: string, { own, others }: Origins): void {
  let origin: string | null = null;
  try {
    origin = new URL(url).origin;
  } catch {
    // Refused below, with the same sentence.
  }
  if (origin === own || (origin !== null && others.includes(origin))) return;
  const where =
    others.length > 0
      ? `from its own address and from ${others.join(', ')}`
      : 'from its own address';
  throw new AppError('model-refused', `This site loads models ${where} only, not from ${url}.`);
}
