import type { Category } from '../../clues/clue';

/** What a prompt tells the model about the clip. Times count from its beginning. */
export interface Shown {
  durationSeconds: number;
  /** Null for sound without a picture. */
  picture: { width: number; height: number } | null;
  /** Of each frame, in order. */
  frameSeconds: readonly number[];
  /** True where the frames are single pictures, in an order of their own. */
  isPicked: boolean;
  /** The stretches of sound that were given, where they are not all of it. */
  heardSeconds: readonly (readonly [number, number])[];
}

const form: Record<Category, string> = {
  event: '[["start", "end"], ["start", "end"], ...]',
  object: '{"Frame1": [[x_min, y_min, x_max, y_max], ...], "Frame2": [...], ...}',
  attribute:
    '{"Frame1": [{"bbox": [x_min, y_min, x_max, y_max], "label": "name of the group"}, ...], "Frame2": [...], ...}',
};

const task: Record<Category, string> = {
  event:
    'Find every single event that the question counts, and list when each of them starts and ends, in seconds with two decimals.',
  object:
    'Mark every single thing that the question counts with a box, in the first frame in which it can be seen and in no later frame. Boxes are given in pixels as left, top, right and bottom. Leave out frames that show nothing new.',
  attribute:
    'Sort the things in the video into groups as the question asks. Mark each thing with a box in the first frame in which it can be seen and in no later frame, and name its group, with the same name for the same group. Boxes are given in pixels as left, top, right and bottom. Leave out frames that show nothing new.',
};

/** Asks for the evidence. Source of the forms: the clue setting of CG-AV-Counting, reference A.5. */
export function cluePrompt(
  question: string,
  category: Category,
  shown: Shown,
  thinks: boolean,
): string {
  const needsFrames = category !== 'event';
  return [
    ...introduction(shown, needsFrames),
    `Question: "${question}"`,
    task[category],
    ...instruction('JSON', form[category], thinks),
  ].join('\n');
}

/** Asks for the count alone. Source: the long and the reference setting, reference A.5. */
export function numberPrompt(question: string, shown: Shown, thinks: boolean): string {
  const medium = shown.picture ? 'video' : 'recording';
  const ask = `Answer this question about the ${medium} with a number: "${question}"`;
  if (thinks) return [ask, ...instruction('the number', 'number', true)].join('\n');
  return `${ask}\nWrite the number and nothing else.`;
}

function introduction(
  { durationSeconds, picture, frameSeconds, isPicked, heardSeconds }: Shown,
  needsFrames: boolean,
): string[] {
  const lines: string[] = [];
  const times = frameSeconds.map((seconds) => `${seconds.toFixed(2)} seconds`).join(', ');
  if (picture && isPicked && needsFrames) lines.push(pickedFrames(frameSeconds.length, picture));
  else if (!picture) lines.push(`The recording is ${durationSeconds.toFixed(2)} seconds long.`);
  else if (durationSeconds === 0)
    lines.push(`The picture, Frame1, is ${picture.width}x${picture.height} pixels large.`);
  else {
    const size = needsFrames ? ` of ${picture.width}x${picture.height} pixels` : '';
    const names = needsFrames ? ` They are called Frame1 to Frame${frameSeconds.length}.` : '';
    lines.push(
      `The video is ${durationSeconds.toFixed(2)} seconds long. ${frameSeconds.length} frames${size} were taken from it, at ${times}.${names}`,
    );
  }
  if (heardSeconds.length > 0) {
    const spans = heardSeconds.map(([from, to]) => `${from.toFixed(0)} to ${to.toFixed(0)}`);
    lines.push(`Of its sound you hear these seconds: ${spans.join(', ')}.`);
  }
  return lines;
}

/** Source: the clue setting for things and groups, reference A.5. */
function pickedFrames(count: number, { width, height }: { width: number; height: number }): string {
  const size = `${width}x${height} pixels`;
  if (count === 1) return `1 frame of ${size} was taken from a video. It is called Frame1.`;
  return `${count} frames of ${size} were taken from a video. They are called Frame1 to Frame${count}.`;
}

/** Thinking first or not. Source of the two modes: the training prompts, reference B.4. */
function instruction(answer: string, shape: string, thinks: boolean): string[] {
  if (!thinks)
    return [`Reply with nothing but ${answer} of this form: <answer> ${shape} </answer>`];
  return [
    `Think first, between think tags; then give ${answer}, between answer tags.`,
    `Keep to this form: <think> your thoughts </think> <answer> ${shape} </answer>`,
  ];
}
