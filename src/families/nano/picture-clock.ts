import type { MediaInfo } from '../../media/media';
import type { ObjectProposal } from './proposal';

/** Single pictures that may be looked at, ascending; null where any may. */
export function singlePictures(
  { pictureSeconds }: MediaInfo,
  window: readonly [number, number] = [-Infinity, Infinity],
): number[] | null {
  if (!pictureSeconds) return null;
  const [from, to] = window;
  return pictureSeconds.filter((time) => time >= from && time <= to).sort((a, b) => a - b);
}

/**
 * The time by which objects are followed from one single picture to the next. These may lie minutes
 * apart, where every place and pace would be forgotten; so a pause counts as a short one.
 */
export class PictureClock {
  private latest: { real: number; own: number } | null = null;
  private readonly realOf = new Map<number, number>();

  /** @param mostSeconds that pass between two pictures */
  constructor(private readonly mostSeconds: number) {}

  /** The time of the next picture, which must be later than the one before. */
  tick(real: number): number {
    const { latest } = this;
    const own = latest ? latest.own + Math.min(this.mostSeconds, real - latest.real) : real;
    this.latest = { real, own };
    this.realOf.set(own, real);
    return own;
  }

  /** The object as it was seen, at the times of the pictures themselves. */
  back(proposal: ObjectProposal): ObjectProposal {
    const real = (own: number): number => this.realOf.get(own) ?? own;
    return {
      ...proposal,
      startSeconds: real(proposal.startSeconds),
      endSeconds: real(proposal.endSeconds),
      path: proposal.path.map(({ timestampSeconds, box }) => ({
        timestampSeconds: real(timestampSeconds),
        box,
      })),
    };
  }
}
