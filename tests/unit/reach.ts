import { readFileSync } from 'node:fs';
import type { DecoderConfig } from '../../src/families/nano/decoder-config';
import { ground } from '../../src/families/nano/ground';
import type { Mention, Target } from '../../src/families/nano/target';
import { Vocabulary } from '../../src/families/nano/vocabulary';
import { Words } from '../../src/families/nano/words';
import type { MediaInfo } from '../../src/media/media';
import type { Expected } from './reach-questions';

const root = new URL('../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

export const config = json('models/tools/decoder/config.json') as DecoderConfig;
const words = new Words(readFileSync(new URL('models/served/nano/words.bin', root)));
const sounds = (json('models/tools/sound/labels.json') as { id: string }[]).map(({ id }) => id);
const { colours = Object.keys(config.lexicon.colours) } = json(
  'models/tools/objects/config.json',
) as { colours?: string[] };
const { labels: cycles } = json('models/tools/motion/config.json') as { labels: string[] };
if (!sounds.includes('repeated')) sounds.push('repeated');
export const labels = { sounds, objects: config.objectNames, cycles, colours };
export const vocabulary = new Vocabulary(config, words, labels);

/** A clip of a minute with picture and sound. */
export const info: MediaInfo = {
  container: 'mp4',
  durationSeconds: 60,
  startSeconds: 0,
  video: { codec: 'h264', fps: 25, width: 640, height: 480, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: 'aac', sampleRate: 44100, channels: 2 },
};

/** Labels with full weight. */
export function chosen({ kind, weights }: Mention): string[] {
  const names = { sound: labels.sounds, object: labels.objects, cycle: labels.cycles }[kind];
  return names.filter((_, i) => weights[i] === 1);
}

/** What is wrong with the grounding of a question; null where it is as expected. */
export function fault(question: string, expected: Expected, media = info): string | null {
  const result = ground(question, media, vocabulary);
  if (!result.covered) return `declined: ${result.reason}`;
  const found = describe(result.target);
  return agrees(found, expected) ? null : `${found}, not ${expected}`;
}

function describe(target: Target): string {
  const { mode, window, condition } = target;
  const modes = { each: '', atOnce: ' at once', colours: ' colours', kinds: ' kinds' };
  const span = window ? ` @${window[0]}-${window[1]}` : '';
  const located = condition
    ? `; ${condition.relation} ${name(condition)}${/before|after/.test(condition.relation) ? ` #${condition.which}` : ''}`
    : '';
  return name(target) + modes[mode] + span + located;
}

function name(mention: Mention): string {
  const colour = mention.colour === null ? '' : ` ${labels.colours[mention.colour]}`;
  return `${mention.kind} ${chosen(mention).join('+')}${colour}`;
}

/** A group of objects stands for all of its classes; of sounds and movements, few may be full. */
function agrees(found: string, expected: string): boolean {
  const [counted = '', condition = ''] = found.split('; ');
  const [wanted = '', under = ''] = expected.split('; ');
  return fits(counted, wanted) && fits(condition, under);
}

function fits(found: string, wanted: string): boolean {
  const split = (text: string): string[][] => {
    const parts = /^((?:during|outside|before|after|with) )?(sound|object|cycle) (.*)$/.exec(text);
    if (!parts) return [[text], [], []];
    const [, relation = '', kind = '', rest = ''] = parts;
    const tail = /(?: (?:at once|colours|kinds|[a-z]+(?= @|$)))?(?: @\S+)?(?: #\S+)?$/;
    const known = [
      ...labels.sounds,
      ...labels.cycles,
      ...labels.objects,
      ...Object.keys(config.lexicon.groups),
    ];
    // The longest label that the rest begins with, or several with `+` or `|` between.
    const label = rest.split(/(?<=[+|])/).reduce((all, part) => {
      const longest = known
        .filter(
          (each) =>
            part === each ||
            part.startsWith(`${each} `) ||
            part === `${each}+` ||
            part === `${each}|`,
        )
        .sort((a, b) => b.length - a.length)[0];
      return (
        all + (part.match(/[+|]$/)?.[0] !== undefined ? part : (longest ?? part.replace(tail, '')))
      );
    }, '');
    return [[relation, kind, rest.slice(label.length)], [label]];
  };
  const [frameFound, labelFound] = split(found);
  const [frameWanted, labelWanted] = split(wanted);
  if (frameFound!.join() !== frameWanted!.join()) return false;
  const full = (labelFound![0] ?? '').split('+').sort();
  const kind = frameFound![1];
  return (labelWanted![0] ?? '').split('|').some((choice) => {
    const group = config.lexicon.groups[choice];
    const needed = group ?? choice.split('+');
    if (kind === 'object') return full.join() === [...needed].sort().join();
    return needed.every((each) => full.includes(each)) && full.length <= 3;
  });
}
