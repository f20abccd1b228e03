import { z } from 'zod';

// The page's policy forbids code made from text, and asking for it would be logged as a breach.
z.config({ jitless: true });

/** What a result file says it is; other JSON is turned away by it. */
export const resultSchemaId = 'av-reasoner-web/result';

/** Raised where a reader of the version before would misread the file. */
export const resultVersion = 1;

const seconds = z.number().describe('Seconds on the media’s own clock.');
const box = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .describe(
    '[x1, y1, x2, y2] in pixels of the displayed frame (see video.width and video.height).',
  );
const path = z
  .array(z.object({ timestampSeconds: seconds, box }))
  .describe('Where it is seen later on, ascending in time; straight lines in between.');
const confidence = z.number().min(0).max(1).describe('The model’s own belief, 0…1.');

const clue = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('event'),
      startSeconds: seconds,
      endSeconds: seconds,
      label: z.string(),
      confidence: confidence.optional(),
      path: path.optional(),
    })
    .describe('Something that happens. Without a path it is only heard.'),
  z
    .object({
      kind: z.literal('object'),
      timestampSeconds: seconds.describe('Its first appearance, in seconds.'),
      box,
      label: z.string(),
      confidence: confidence.optional(),
      path: path.optional(),
    })
    .describe('Something that is there.'),
]);

const reviewedClue = z.object({
  id: z.int().positive().describe('Unique in this list.'),
  origin: z.enum(['model', 'visitor']).describe('Who said it first.'),
  verdict: z.enum(['open', 'accepted', 'rejected']).describe('Rejected clues do not count.'),
  moved: z.boolean().describe('True where a visitor changed its times, box or label.'),
  clue,
});

const used = z
  .object({
    frames: z.int().nonnegative(),
    heardSeconds: z.number(),
    soundSeconds: z.number(),
    note: z.string().nullable(),
    tokens: z.object({ read: z.int(), written: z.int() }).optional(),
  })
  .describe('How much of the clip the model was shown, where it cannot take all of it.');

const answer = z.object({
  count: z.number().nullable().describe('What the model said; null where it gave no number.'),
  category: z.enum(['event', 'object', 'attribute']).nullable(),
  covered: z.boolean().describe('False where the question is outside the model’s reach.'),
  unparsed: z.boolean().describe('True where the model’s words hold no readable answer.'),
  answerConfidence: z.number().min(0).max(1).optional().describe('0…1, of the count.'),
  bareCount: z
    .number()
    .nullable()
    .optional()
    .describe('What it said when it was asked for the number alone.'),
  used: used.optional(),
  answerText: z.string(),
  thinkText: z.string(),
  text: z.string().describe('The model’s whole reply as it was shown; empty where it has none.'),
  timings: z
    .partialRecord(z.enum(['probe', 'listen', 'look', 'reason', 'decode']), z.number())
    .describe('Wall-clock milliseconds per stage.'),
  clues: z.array(clue).describe('The evidence as the model gave it, before any review.'),
});

const video = z.object({
  title: z.string().describe('The file’s name, or the title of a sample.'),
  bytes: z.int().nonnegative().optional().describe('Size of the file.'),
  durationSeconds: z.number(),
  fps: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  hasAudio: z.boolean(),
});

const review = z.object({
  count: z
    .number()
    .nullable()
    .describe(
      'The count that the page shows: of the model, or of the clues once they were changed.',
    ),
  clues: z
    .array(reviewedClue)
    .refine((clues) => new Set(clues.map(({ id }) => id)).size === clues.length, {
      error: 'Two clues have the same id.',
    })
    .describe('The evidence by its start, with what a visitor made of it. Read this list.'),
});

/** A counted video as a document of its own. `docs/result.schema.json` says the same for others. */
export const resultSchema = z
  .object({
    schema: z.literal(resultSchemaId),
    version: z.literal(resultVersion),
    createdAt: z
      .string()
      .refine((text) => !Number.isNaN(Date.parse(text)), { error: 'That is no date.' })
      .meta({ format: 'date-time', description: 'When it was taken away, in UTC.' }),
    question: z.string().min(1),
    video,
    model: z.object({
      id: z.string(),
      version: z.string(),
      sha256: z
        .string()
        .describe('Of the model’s manifest, which names that of every weight file.'),
      title: z.string(),
    }),
    backend: z.enum(['webgpu', 'wasm']),
    answer,
    review,
  })
  .meta({
    title: 'A result of AV-Reasoner Web',
    description:
      'A counting question about a video, its answer and the evidence. The video stays out.',
  });

export type CountResult = z.infer<typeof resultSchema>;
