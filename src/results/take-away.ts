import type { ModelInfo } from '../protocol/api';
import type { RestoredResult } from '../state/session';
import type { AbsentVideo, DoneRun, OpenVideo } from '../state/state';
import { fileName } from './file-names';
import { fromResult, readResultFile, toResult, writeResult } from './result';
import type { CountResult } from './result-schema';
import { fromShareHash, toShareLink, type ShareLink } from './share-link';
import { toCsv } from './to-csv';
import { fewQrCharacters, toQr, type QrCode } from './to-qr';
import { toText } from './to-text';
import { toWebVtt } from './to-webvtt';

/*
 * The one door to this room: the page fetches it, and with it the libraries behind it, when somebody
 * takes a result away or brings one.
 */

export type FileKind = 'json' | 'csv' | 'vtt';

export interface TakeAway {
  readonly text: string;
  readonly link: ShareLink;
  /** With the link that it holds, which may say less; null where even that is too long. */
  readonly qr: (QrCode & Pick<ShareLink, 'leftOut'>) | null;
  file(kind: FileKind): File;
}

/** @param base address of the page, without a hash */
export function takeAway(
  answer: { video: OpenVideo | AbsentVideo; run: DoneRun; model: ModelInfo | null },
  base: string,
  now = new Date(),
): TakeAway {
  const result = toResult(answer.video, answer.run, answer.model, now);
  const short = toShareLink(result, base, fewQrCharacters);
  const qr = toQr(short.url);
  return {
    text: toText(result),
    link: toShareLink(result, base),
    qr: qr && { ...qr, leftOut: short.leftOut },
    file: (kind) => resultFile(result, kind),
  };
}

function resultFile(result: CountResult, kind: FileKind): File {
  const { title } = result.video;
  switch (kind) {
    case 'json':
      return textFile(writeResult(result), fileName(title, 'count.json'), 'application/json');
    case 'csv':
      return textFile(toCsv(result), fileName(title, 'clues.csv'), 'text/csv');
    case 'vtt':
      return textFile(toWebVtt(result), fileName(title, 'clues.vtt'), 'text/vtt');
  }
}

function textFile(text: string, name: string, type: string): File {
  return new File([text], name, { type: `${type};charset=utf-8` });
}

/**
 * A result that somebody brings: its file, or the hash of the address.
 * @throws AppError `result-unreadable`
 */
export async function bringBack(source: Blob | string): Promise<RestoredResult> {
  return fromResult(
    typeof source === 'string' ? fromShareHash(source) : await readResultFile(source),
  );
}
