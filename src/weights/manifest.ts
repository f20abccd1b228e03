import { z } from 'zod';
import { AppError } from '../errors';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const shard = z.object({
  /** Name inside the bundle's folder; no folders, no way out of it. */
  file: z.string().regex(/^[\w][\w.-]*$/),
  bytes: z.int().positive(),
  sha256,
});

const shared = {
  id: z.string().min(1),
  version: z.string().min(1),
  title: z.string().min(1),
  licence: z.string().min(1),
  /** Role in the family (`sound`, `decoder-0`, `tokenizer`, …) → its file. */
  parts: z.record(z.string(), shard),
  reach: z.object({
    sound: z.array(z.string()),
    movement: z.array(z.string()),
    object: z.array(z.string()),
    colour: z.array(z.string()),
  }),
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
};

const nanoManifest = z.object({
  ...shared,
  family: z.literal('nano'),
  /** Numbers of each part, as its tool wrote them. */
  nano: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const count = z.int().positive();

/** A graph whose weights lie in files of their own: roles in `parts`. */
const graphParts = z.object({ model: z.string(), data: z.array(z.string()) });

const avReasonerManifest = z.object({
  ...shared,
  family: z.literal('av-reasoner'),
  /** True where the weights are random: the words that come out mean nothing. */
  testWeights: z.boolean(),
  avReasoner: z.object({
    dtype: z.enum(['q4f16', 'q4f32', 'q8f16', 'f16', 'f32']),
    /** What the device must offer: checked before a byte is fetched. */
    needs: z.object({
      shaderF16: z.boolean(),
      /** Largest single weight in bytes: must fit into a GPU buffer and a binding. */
      largestTensorBytes: count,
      /** What the decoder's weights take on the device. */
      decoderBytes: count,
      /** What the largest encoder's weights take. */
      encoderBytes: count,
    }),
    /** Graph names of the reference, section D.1; the decoder in pieces, run one after another. */
    graphs: z.object({
      vision_encoder: graphParts,
      vision_projector: graphParts,
      whisper_encoder: graphParts,
      beats_encoder: graphParts,
      speech_projector: graphParts,
      decoder: z.array(graphParts).min(1),
    }),
    /** Roles in `parts` of what is read without a graph. */
    tables: z.object({
      /** `[vocabulary, hidden]`, row by row. */
      embeddings: z.object({ part: z.string(), dtype: z.enum(['f16', 'f32']) }),
      /** `[grid, grid, width]` position table of the picture encoder. */
      positions: z.object({ part: z.string(), dtype: z.enum(['f16', 'f32']) }),
      /** `[4, hidden]` f32: image_begin, image_end, speech_begin, speech_end. */
      boundaries: z.string(),
      tokenizer: z.string(),
      tokenizerConfig: z.string(),
    }),
    vision: z.object({
      patch: count,
      width: count,
      /** Side of the position table, in patches. */
      grid: count,
      /** A picture's area is brought between these, its sides to multiples of `multiple`. */
      minArea: count,
      maxArea: count,
      multiple: count,
      frames: count,
    }),
    audio: z.object({
      sampleRate: count,
      chunkSamples: count,
      maxChunks: count,
      tokensPerChunk: count,
    }),
    decoder: z.object({
      layers: count,
      hidden: count,
      kvHeads: count,
      headDim: count,
      vocabulary: count,
      cacheDtype: z.enum(['f16', 'f32']),
      /** Layers of each piece of `graphs.decoder`, in order. */
      layersOfPiece: z.array(z.int().nonnegative()),
    }),
    /** Most positions that the model was trained on. */
    context: count,
    generation: z.object({
      maxNewTokens: count,
      repetitionPenalty: z.number().positive(),
      temperature: z.number().nonnegative(),
      topK: z.int().nonnegative(),
      topP: z.number(),
      stopIds: z.array(z.int()),
    }),
  }),
});

/** What a bundle says about itself; the only thing that the code trusts. */
export const manifestSchema = z.discriminatedUnion('family', [nanoManifest, avReasonerManifest]);

export type AvReasonerManifest = z.infer<typeof avReasonerManifest>;
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
