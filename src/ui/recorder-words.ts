import { msg, str } from '@lit/localize';
import { countdownFrom, type Phase, type RecordSettings } from './recorder-phase';
import type { Trouble } from './recording';

export interface TroubleText {
  title: string;
  hint: string;
}

/** What the visitor reads where nothing can be recorded: what is wrong, and what to do now. */
export function troubleText(trouble: Trouble): TroubleText {
  switch (trouble) {
    case 'insecure':
      return {
        title: msg('This address may not use the camera'),
        hint: msg(
          'Browsers give the camera and the microphone only to pages at https:// or on localhost. Open the page at such an address.',
        ),
      };
    case 'unsupported':
      return {
        title: msg('This browser cannot record'),
        hint: msg(
          'Use a recent Chrome, Edge, Firefox or Safari. Or record with the camera app, and choose that video.',
        ),
      };
    case 'denied':
      return {
        title: msg('The camera and the microphone are not allowed'),
        hint: msg(
          'Click the sign beside the address of this page, allow the camera and the microphone, then try again.',
        ),
      };
    case 'denied-by-system':
      return {
        title: msg('The system does not let this browser use the camera'),
        hint: msg(
          'In the privacy settings of this computer or phone, allow this browser the camera and the microphone, then try again.',
        ),
      };
    case 'no-camera':
      return {
        title: msg('There is no camera'),
        hint: msg('Connect one and try again. Or record the sound only.'),
      };
    case 'no-devices':
      return {
        title: msg('There is no microphone'),
        hint: msg('Connect a camera or a microphone, then try again.'),
      };
    case 'busy':
      return {
        title: msg('The camera is in use'),
        hint: msg(
          'Another program or page has the camera or the microphone. Close that, then try again.',
        ),
      };
    case 'lost':
      return {
        title: msg('The camera or the microphone went away'),
        hint: msg('Connect it again, then try again.'),
      };
    case 'failed':
      return {
        title: msg('That could not be recorded'),
        hint: msg('Try again. Or record with the camera app, and choose that video.'),
      };
  }
}

/** “5 seconds”. */
export function secondsWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole === 1 ? msg('1 second') : msg(str`${whole} seconds`);
}

/** What to do while the browser asks. */
export function askingWords({ soundOnly }: RecordSettings): string {
  return soundOnly
    ? msg('Allow this page to use the microphone.')
    : msg('Allow this page to use the camera and the microphone.');
}

/** What a screen reader is told of a phase; trouble is an alert of its own. */
export function statusWords(phase: Phase, settings: RecordSettings): string {
  switch (phase.kind) {
    case 'asking':
      return askingWords(settings);
    case 'ready':
      return settings.soundOnly ? msg('The microphone is on.') : msg('The camera is on.');
    case 'counting':
      return phase.left === countdownFrom
        ? msg(str`Recording starts in ${phase.left}`)
        : String(phase.left);
    case 'recording':
      return msg('Recording');
    case 'recorded':
      return msg(str`Recorded ${secondsWords(phase.seconds)}.`);
    default:
      return '';
  }
}
