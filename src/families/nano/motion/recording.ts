import type { Frame } from '../../../media/media';
import { cameraStep, residualField, toGrey, type CameraStep, type Field, type Grey } from './field';
import type { MotionConfig, Region } from './motion-config';
import type { Pose } from './pose';

/** What is kept of every frame. */
export interface Look {
  timestampSeconds: number;
  grey: Grey;
  /** The camera's step since the last look; no step for the first. */
  step: CameraStep;
  /** Null for the first look. */
  field: Field | null;
}

/** What the tower keeps of a clip: small pictures, what moved between them, and joints. */
export class Recording {
  readonly looks: Look[] = [];
  readonly poses: Pose[] = [];
  /** Size of the frames, in which poses are given. */
  frame = { width: 1, height: 1 };

  constructor(private readonly config: MotionConfig) {}

  add(frame: Frame, pose: Pose | null): void {
    const { field: numbers } = this.config;
    this.frame = { width: frame.width, height: frame.height };
    const grey = toGrey(frame, numbers.side);
    const last = this.looks.at(-1);
    const still: CameraStep = { x: 0, y: 0, zoom: 0, turn: 0 };
    const same = last?.grey.width === grey.width && last.grey.height === grey.height;
    const step = last && same ? cameraStep(last.grey, grey, numbers) : still;
    const field = last && same ? residualField(last.grey, grey, step, numbers) : null;
    this.looks.push({ timestampSeconds: frame.timestampSeconds, grey, step, field });
    if (pose) this.poses.push(pose);
  }

  /** Where the camera has gone since the first look, pixels of the grey picture, per look. */
  cameraPath(): { x: number; y: number; zoom: number }[] {
    const at = { x: 0, y: 0, zoom: 0 };
    return this.looks.map(({ step }) => {
      at.x += step.x;
      at.y += step.y;
      at.zoom += step.zoom;
      return { ...at };
    });
  }

  /** How far the camera has gone to and fro, in the units of its path. */
  cameraReach(): { x: number; y: number; zoom: number } {
    const path = this.cameraPath();
    const reach = (of: 'x' | 'y' | 'zoom'): number => {
      const places = path.map((at) => at[of]);
      return Math.max(...places) - Math.min(...places);
    };
    return { x: reach('x'), y: reach('y'), zoom: reach('zoom') };
  }

  /** The same clip as if nothing was to be seen outside a part of the picture, and nobody in it. */
  within([left, top, right, bottom]: Region): Recording {
    const part = new Recording(this.config);
    part.frame = this.frame;
    const holds = (x: number, y: number): boolean =>
      x >= left && x <= right && y >= top && y <= bottom;
    for (const look of this.looks) {
      const { width, height } = look.grey;
      const data = look.grey.data.map((value, at) =>
        holds(((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height) ? value : 0,
      );
      part.looks.push({
        ...look,
        grey: { width, height, data },
        field: look.field && fieldWithin(look.field, holds),
      });
    }
    return part;
  }
}

/** The field with nothing outside; blocks overlap by half, so the middle of the first is one block in. */
function fieldWithin(field: Field, holds: (x: number, y: number) => boolean): Field {
  const { columns, rows } = field;
  const inside = (cell: number): boolean =>
    holds(((cell % columns) + 1) / (columns + 1), (Math.floor(cell / columns) + 1) / (rows + 1));
  return {
    ...field,
    flow: field.flow.map((value, at) => (inside(at >> 1) ? value : 0)),
    change: field.change.map((value, cell) => (inside(cell) ? value : 0)),
  };
}
