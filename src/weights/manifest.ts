import { z } from 'zod';
import { AppError } from '../errors';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const shard = z.object({
  /** Name inside the bundle's folder; no folders, no way out of it. */
  file: z.string().regex(/^[\w][\w.-]*$/),
  bytes: z.int().positive(),
  sha256,
});

/** What a bundle says about itself; the only thing that the code trusts. */
export const manifestSchema = z.object({
  id: z.string().min(1),
  version: z.string().min(1),
  family: z.enum(['nano']),
  title: z.string().min(1),
  licence: z.string().min(1),
  /** Role in the family (`sound`, `objects`, `pose`, `decoder`, `words`) → its file. */
  parts: z.record(z.string(), shard),
  reach: z.object({
    sound: z.array(z.string()),
    movement: z.array(z.string()),
    object: z.array(z.string()),
    colour: z.array(z.string()),
  }),
  /** Numbers of each part, as its tool wrote them. */
  nano: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** Measured figures for the page, from the model card's own evaluation. */
  figures: z.array(
    z.object({
      category: z.enum(['event', 'object', 'attribute']),
      label: z.string(),
      exact: z.number(),
      withinOne: z.number(),
      n: z.int(),
      /** The same, by how sure the model was of its answers. */
      calibration: z.array(
        z.object({
          from: z.number(),
          to: z.number(),
          exact: z.number(),
          withinOne: z.number(),
          n: z.int(),
        }),
      ),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Shard = z.infer<typeof shard>;

/**
 * Reads a manifest.
 * @throws AppError `model-corrupt`, naming the first field that is wrong
 */
export function parseManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('model-corrupt', 'The model manifest is not JSON.', { cause });
  }
  const result = manifestSchema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue?.path.join('.') || 'manifest';
  throw new AppError('model-corrupt', `The model manifest is wrong at ${where}: ${issue?.message}`);
}
