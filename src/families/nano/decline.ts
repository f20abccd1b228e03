import type { MediaInfo } from '../../media/media';
import type { Vocabulary } from './vocabulary';

/** What stands in the way of a question. */
export type Cause =
  | 'no-count'
  | 'language'
  | 'several'
  | 'condition'
  | 'conditions'
  | 'both'
  | 'event-at-once'
  | 'colours'
  | 'kinds'
  | 'words';

/**
 * Why a question is declined, as a sentence for the visitor: what cannot be counted, and something
 * near to it that can, as far as this clip has a picture and sound.
 * @param unknown the words of the question that were not understood
 */
export function explain(
  unknown: readonly string[],
  cause: Cause,
  info: MediaInfo,
  vocabulary: Vocabulary,
): string {
  const { what, instead } = obstacle(unknown, cause, vocabulary);
  return `This model cannot count ${what}; it can count ${near(instead, info)}.`;
}

type Near = 'any' | 'people' | 'objects' | 'sounds' | 'movements' | 'colours' | 'all';

interface Obstacle {
  what: string;
  instead: Near;
}

/** The alternative nearest to what was asked that the clip allows. */
function near(wanted: Near, { audio, video }: MediaInfo): string {
  const sounds = 'sounds such as dog barks, claps or knocks';
  if (!video) return sounds;
  const seen = {
    people: 'the people in view, all of them together',
    objects: 'objects such as people, cars or bottles',
    movements: 'movements such as push-ups, jumps or kicks',
    colours: 'things of a plain colour, such as red cars or green bottles',
    all: 'all the people or all the cars, wherever they are in the picture',
  };
  const any = `${audio ? `${sounds}, ` : ''}${seen.movements}, and ${seen.objects}`;
  if (wanted === 'any') return any;
  if (wanted === 'sounds') return audio ? `${sounds}, and impacts of any kind` : any;
  return seen[wanted];
}

function obstacle(unknown: readonly string[], cause: Cause, vocabulary: Vocabulary): Obstacle {
  switch (cause) {
    case 'language':
      return { what: 'from questions that are not in English', instead: 'any' };
    case 'no-count':
      return { what: 'where a question does not ask “how many”', instead: 'any' };
    case 'several':
      return { what: 'several different things in one question', instead: 'any' };
    case 'conditions':
      return { what: 'under several conditions at once', instead: 'any' };
    case 'condition':
      return { what: `under the condition ${quote(unknown[0] ?? '…')}`, instead: 'any' };
    case 'both':
      return { what: 'this as something that is both seen and heard', instead: 'sounds' };
    case 'event-at-once':
      return { what: 'how many sounds or movements there are at one moment', instead: 'objects' };
    case 'colours':
      return { what: 'the colours of this', instead: 'colours' };
    case 'kinds':
      return { what: `kinds of this${because(unknown, vocabulary)}`, instead: 'objects' };
    case 'words':
      return fromWords(unknown, vocabulary);
  }
}

function because(unknown: readonly string[], vocabulary: Vocabulary): string {
  const word = unknown.find((each) => !vocabulary.isIn(each, vocabulary.config.lexicon.kinds));
  return word ? `, because of ${quote(word)}` : '';
}

function fromWords(unknown: readonly string[], vocabulary: Vocabulary): Obstacle {
  const { lexicon } = vocabulary.config;
  const find = (list: readonly string[]): string | undefined =>
    unknown.find((word) => vocabulary.isIn(word, list));
  const condition = find([...lexicon.conditions, ...lexicon.negations]);
  if (condition)
    return { what: `under a condition such as ${quote(`${condition} …`)}`, instead: 'any' };
  if (find([...lexicon.otherColours, ...Object.values(lexicon.colours).flat()]))
    return { what: 'by this colour', instead: 'colours' };
  if (find(lexicon.spatial)) return { what: 'by place in the picture', instead: 'all' };
  if (find(lexicon.reading) ?? find(lexicon.talk))
    return { what: 'words, letters or what is said', instead: 'any' };
  if (find(lexicon.kinds)) return { what: 'kinds of things', instead: 'objects' };
  const worn = find(lexicon.worn);
  if (worn) return { what: `by ${quote(worn)}`, instead: 'people' };
  const unseen = find(lexicon.unseen);
  if (unseen) return { what: `how often one does this: ${quote(unseen)}`, instead: 'movements' };
  for (const word of unknown) {
    const [kind] = vocabulary.kindsOf(word);
    if (kind && !vocabulary.forms(word).includes(kind))
      return {
        what: `${quote(word)} apart from others of the class ${quote(kind)}`,
        instead: kind === 'person' ? 'people' : 'objects',
      };
  }
  const [word] = unknown;
  return { what: word ? `with ${quote(word)} in the question` : 'this', instead: 'any' };
}

function quote(words: string): string {
  return `“${words}”`;
}
