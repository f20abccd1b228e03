import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  readAnnotationText,
  type Annotation,
  type AnnotationOptions,
  type Fault,
} from '../../src/benchmark/annotations';

export interface AnnotationFile {
  annotations: Annotation[];
  /** Of the file as it lies there. */
  sha256: string;
}

/** @throws Error with a sentence where the option is neither */
export function readBoxUnit(text: string | undefined): AnnotationOptions {
  if (text === undefined) return {};
  if (text === 'pixels' || text === 'percent') return { boxUnit: text };
  throw new Error('--box-unit is pixels or percent.');
}

/**
 * Reads an annotation file; what is wrong with it goes to `warn`, a line for each thing.
 * @throws Error with a sentence where there is no such file or nothing in it
 */
export function readAnnotationFile(
  path: string,
  options: AnnotationOptions,
  warn: (line: string) => void,
): AnnotationFile {
  if (!existsSync(path)) throw new Error(`There is no annotation file ${path}.`);
  const bytes = readFileSync(path);
  const { annotations, faults } = readAnnotationText(bytes.toString('utf8'), options);
  for (const fault of faults) warn(describeFault(fault));
  if (annotations.length === 0) throw new Error(`${path} holds no item that can be used.`);
  return { annotations, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export function describeFault({ item, message, leftOut }: Fault): string {
  return `${leftOut ? 'left out' : 'note'}: ${item}: ${message}`;
}
