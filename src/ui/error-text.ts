import { msg } from '@lit/localize';
import type { ErrorCode } from '../errors';

export interface ErrorText {
  title: string;
  hint: string;
}

/** What the visitor reads for each error: what happened, and what to do now, in the page's language. */
export function errorText(code: ErrorCode): ErrorText {
  const texts: Record<ErrorCode, ErrorText> = {
    'file-unreadable': {
      title: msg('That file could not be read'),
      hint: msg(
        'Choose a video, a sound file or a picture. If it is one, it may be damaged or have moved.',
      ),
    },
    'no-media-track': {
      title: msg('There is nothing to see or hear in that file'),
      hint: msg('Choose a video, a sound file or a picture.'),
    },
    'result-unreadable': {
      title: msg('That is no result that this page can show'),
      hint: msg(
        'Take the result away again where it was counted, or open the video and count anew.',
      ),
    },
    'decode-failed': {
      title: msg('That file could not be decoded'),
      hint: msg(
        'It may be damaged or cut off. If it plays elsewhere, save it as MP4 and try that.',
      ),
    },
    'question-empty': {
      title: msg('Ask a question first'),
      hint: msg('For example: How many times does the dog bark?'),
    },
    'question-too-long': {
      title: msg('That question is too long'),
      hint: msg('Up to 1,000 characters fit. One short sentence works best.'),
    },
    'webgpu-missing': {
      title: msg('This model needs WebGPU'),
      hint: msg('Use a recent Chrome, Edge or Safari on a computer with a graphics processor.'),
    },
    'webgpu-limits': {
      title: msg('This graphics processor is too small for the model'),
      hint: msg('The small model runs without one. Choose that instead.'),
    },
    'gpu-lost': {
      title: msg('The graphics processor stopped'),
      hint: msg('Nothing is lost. Ask again; the model is loaded anew by itself.'),
    },
    'out-of-memory': {
      title: msg('The device ran out of memory'),
      hint: msg('Close other tabs, or try a shorter clip, then ask again.'),
    },
    'model-fetch-failed': {
      title: msg('The model could not be fetched'),
      hint: msg('Check the connection and try again. What has arrived is kept.'),
    },
    'model-corrupt': {
      title: msg('The model is damaged'),
      hint: msg('It was not used. Try again to fetch it anew, or convert it again.'),
    },
    'model-refused': {
      title: msg('That model was not opened'),
      hint: msg('Open the folder of a model bundle: the one with a manifest.json in it.'),
    },
    'storage-full': {
      title: msg('There is no room to keep the model'),
      hint: msg('Free some disk space for this site, then try again.'),
    },
    'render-failed': {
      title: msg('That video could not be made'),
      hint: msg(
        'Another browser may manage it, such as a recent Chrome or Edge. A clip saved as MP4 (H.264) works in most.',
      ),
    },
    'worker-crashed': {
      title: msg('The counting stopped unexpectedly'),
      hint: msg('What was found so far is still here. Ask again.'),
    },
    bug: {
      title: msg('Something went wrong here'),
      hint: msg('This is a fault of the page, not yours. Ask again; reload if it stays.'),
    },
  };
  return texts[code];
}
