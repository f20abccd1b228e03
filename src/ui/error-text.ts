import type { ErrorCode } from '../errors';

export interface ErrorText {
  title: string;
  hint: string;
}

/** What the visitor reads for each error: what happened, and what to do now. */
export const errorText: Record<ErrorCode, ErrorText> = {
  'file-unreadable': {
    title: 'That file could not be read',
    hint: 'Choose a video, a sound file or a picture. If it is one, it may be damaged or have moved.',
  },
  'no-media-track': {
    title: 'There is nothing to see or hear in that file',
    hint: 'Choose a video, a sound file or a picture.',
  },
  'result-unreadable': {
    title: 'That is no result that this page can show',
    hint: 'Take the result away again where it was counted, or open the video and count anew.',
  },
  'decode-failed': {
    title: 'That file could not be decoded',
    hint: 'It may be damaged or cut off. If it plays elsewhere, save it as MP4 and try that.',
  },
  'question-empty': {
    title: 'Ask a question first',
    hint: 'For example: How many times does the dog bark?',
  },
  'question-too-long': {
    title: 'That question is too long',
    hint: 'Up to 1,000 characters fit. One short sentence works best.',
  },
  'webgpu-missing': {
    title: 'This model needs WebGPU',
    hint: 'Use a recent Chrome, Edge or Safari on a computer with a graphics processor.',
  },
  'webgpu-limits': {
    title: 'This graphics processor is too small for the model',
    hint: 'The small model runs without one. Choose that instead.',
  },
  'gpu-lost': {
    title: 'The graphics processor stopped',
    hint: 'Nothing is lost. Ask again; the model is loaded anew by itself.',
  },
  'out-of-memory': {
    title: 'The device ran out of memory',
    hint: 'Close other tabs, or try a shorter clip, then ask again.',
  },
  'model-fetch-failed': {
    title: 'The model could not be fetched',
    hint: 'Check the connection and try again. What has arrived is kept.',
  },
  'model-corrupt': {
    title: 'The model is damaged',
    hint: 'It was not used. Try again to fetch it anew, or convert it again.',
  },
  'model-refused': {
    title: 'That model was not opened',
    hint: 'Open the folder of a model bundle: the one with a manifest.json in it.',
  },
  'storage-full': {
    title: 'There is no room to keep the model',
    hint: 'Free some disk space for this site, then try again.',
  },
  'worker-crashed': {
    title: 'The counting stopped unexpectedly',
    hint: 'What was found so far is still here. Ask again.',
  },
  bug: {
    title: 'Something went wrong here',
    hint: 'This is a fault of the page, not yours. Ask again; reload if it stays.',
  },
};
