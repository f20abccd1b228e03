import type { MediaInfo } from '../../media/media';
import { explain, type Cause } from './decline';
import { groundAttribute } from './ground-attribute';
import { groundCondition, isAside, takeCondition } from './ground-condition';
import { groundCycle } from './ground-cycle';
import { groundEvent, type Senses } from './ground-event';
import { groundLoosely } from './ground-loose';
import { groundObject, mentionOf } from './ground-object';
import { groundSound } from './ground-sound';
import { normalise, takeAtOnce, takeSenses, takeTarget, tokens } from './question-text';
import type { TargetPhrase } from './question-text';
import type { Condition, Mention, Target } from './target';
import { resolveWindow, takeWindow } from './time-window';
import type { Vocabulary } from './vocabulary';

export type Grounding =
  | { covered: true; target: Target }
  /** `reason` is a plain sentence: what it cannot count, and what it could. */
  | { covered: false; reason: string };

/**
 * Question → target. A question is covered only where every word of it is understood: as the
 * target, as a condition, a time window, “at once”, or as a word that narrows nothing down. What is
 * left over would be a condition that nobody checks, so the question is declined.
 */
export function ground(question: string, info: MediaInfo, vocabulary: Vocabulary): Grounding {
  const decline = (cause: Cause, unknown: readonly string[] = []): Grounding => ({
    covered: false,
    reason: explain(unknown, cause, info, vocabulary),
  });
  if (isForeign(question)) return decline('language');
  const quoted = /[“"«„]([a-z]+)/i.exec(question);
  if (quoted) return decline('words', ['word']);
  const text = normalise(withoutOwners(question, vocabulary), vocabulary.config.lexicon.compounds);
  if ((text.match(/\bhow (?:many|often)\b|\bnumber of\b/g) ?? []).length > 1)
    return decline('several');

  if (isElsewhere(text))
    return decline(
      'words',
      tokens(text).filter((word) => word === 'camera'),
    );

  const { window, rest: timed } = takeWindow(text);
  const { atOnce, rest: plain } = takeAtOnce(timed);
  const { condition: asked, rest: free } = takeCondition(plain, vocabulary);
  if (asked === undefined) return decline('conditions');
  const hasSound = info.audio !== null;
  const checked = asked && groundCondition(asked, hasSound, vocabulary);
  const condition = asked && isAside(asked, checked, vocabulary) ? null : checked;
  if (asked && !condition && !isAside(asked, checked, vocabulary))
    return decline('condition', [asked.clause.trim()]);

  const { seen, heard: listens, both, rest: open } = takeSenses(free);
  const target = (
    counted: Mention,
    { category, mode }: Pick<Target, 'category' | 'mode'>,
    extra: Condition | null = condition,
    otherwise: Mention | null = null,
  ): Grounding => {
    const words = (text.match(/[a-z]+/g) ?? []).filter((word) => !vocabulary.isNeutral(word));
    const resolved = window && resolveWindow(window, info);
    return {
      covered: true,
      target: {
        ...{ ...counted, category, mode, window: resolved, condition: extra, words },
        ...(otherwise && { otherwise }),
      },
    };
  };

  const attribute = groundAttribute(open, vocabulary);
  if (attribute) {
    const { mode, counted } = attribute;
    if (Array.isArray(counted)) return decline(mode, counted);
    return target(counted, { category: 'attribute', mode });
  }
  const phrase = takeTarget(open, vocabulary);
  if (!phrase) return decline('no-count');
  const mode = atOnce ? 'atOnce' : 'each';
  if (both) {
    const pair = seenAndHeard(phrase, vocabulary);
    if (!pair || condition || atOnce) return decline('both');
    return target(pair.sound, { category: 'event', mode: 'each' }, pair.condition);
  }
  const entrance = phrase.times ? groundObject(phrase, vocabulary) : null;
  const senses = { seen, hasSound, hasPicture: info.video !== null };
  const event =
    entrance && !Array.isArray(entrance) ? null : groundEvent(phrase, senses, vocabulary);
  if (event && atOnce) return decline('event-at-once', phrase.all);
  // “The rubber ball bounces”: a sound that is named wins over a movement here, too.
  const { repetition } = vocabulary.config.lexicon.cycles;
  const isNamed = !phrase.all.some((word) => vocabulary.isIn(word, repetition?.acts ?? []));
  const heard =
    event?.kind === 'cycle' && isNamed && hasSound && !seen
      ? groundLoosely(phrase, senses, vocabulary)
      : null;
  if (event) {
    const counted = heard?.kind === 'sound' ? heard : event;
    const mayBeSeen = counted.kind === 'sound' && !condition && !listens;
    const shown = mayBeSeen ? shownBy(phrase, senses, vocabulary) : null;
    return target(counted, { category: 'event', mode: 'each' }, condition, shown);
  }
  const objects = groundObject(phrase, vocabulary);
  if (Array.isArray(objects)) {
    const loose = atOnce ? null : groundLoosely(phrase, senses, vocabulary);
    return loose ? target(loose, { category: 'event', mode: 'each' }) : decline('words', objects);
  }
  return target(objects, { category: objects.colour === null ? 'object' : 'attribute', mode });
}

/** The movement that would be seen where a phrase speaks of what is both heard and seen; null where none has a name. */
function shownBy(phrase: TargetPhrase, senses: Senses, vocabulary: Vocabulary): Mention | null {
  if (!senses.hasPicture) return null;
  const looking = { ...senses, seen: true };
  const shown =
    groundEvent(phrase, looking, vocabulary) ?? groundLoosely(phrase, looking, vocabulary);
  const generic = vocabulary.labels.cycles.length - 1;
  return shown?.kind === 'cycle' && shown.weights[generic]! < 1 ? shown : null;
}

/** “Bounces that are seen and heard”: the sound, at a moment at which the movement is seen. */
function seenAndHeard(
  phrase: TargetPhrase,
  vocabulary: Vocabulary,
): { sound: Mention; condition: Condition } | null {
  const weights = groundSound(phrase, vocabulary);
  if (!weights) return null;
  const sound: Mention = { kind: 'sound', weights, colour: null };
  const { cycles, objects } = vocabulary.labels;
  const label = vocabulary.labels.sounds[weights.indexOf(1)] ?? '';
  const moves = groundCycle(phrase, vocabulary);
  const maker = vocabulary.config.lexicon.sounds[label]?.subjects.find((name) =>
    objects.includes(name),
  );
  // Who barks is seen as a thing; what is struck, as a movement.
  const seen: Mention =
    !moves && maker && !vocabulary.config.lexicon.sounds[label]?.human
      ? mentionOf([maker], null, vocabulary)
      : {
          kind: 'cycle',
          weights: moves ?? vocabulary.weigh(cycles, { repetition: 1 }),
          colour: null,
        };
  return { sound, condition: { ...seen, relation: 'with', which: 0 } };
}

/** “The kids’ bikes” are bikes: whose they are narrows nothing down here. */
function withoutOwners(question: string, vocabulary: Vocabulary): string {
  return question.replace(/\b([a-z]+)(?:[’']s|(?<=s)[’'])(?=\s)/gi, (all, owner: string) =>
    vocabulary.kindsOf(owner.toLowerCase()).includes('person') ? 'his' : all,
  );
}

/** What the camera does, and balls that score: none of the towers sees these. */
function isElsewhere(text: string): boolean {
  return (
    /\b(?:does|did|do|is|has) the camera (?!click|take|make|snap|flash|shutter)[a-z]/.test(text) ||
    /\bcamera (?:cuts?|movements?|moves|pans|zooms)\b/.test(text) ||
    /\bballs?\b.*\b(?:in|into|through)(?: the| a)? (?:basket|hoop|net|goal|hole|pocket)\b/.test(
      text,
    )
  );
}

/** Cheap: other scripts, and how other languages ask for a number. */
function isForeign(question: string): boolean {
  const other = question.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  if (other > 2) return true;
  return /\b(?:wie\s*(?:viele?|oft)|wieviele?|zähle?|anzahl|combien|cu[aá]nt[oa]s?|quant[ieo]|quantas?|quante|hoeveel|hoe vaak|hur många|hvor mange|ile razy|kolik)\b/iu.test(
    question,
  );
}
