import type { Frame } from '../../../media/media';
import { cameraStep, residualField, toGrey, type CameraStep, type Field, type Grey } from './field';
import type { MotionConfig } from './motion-config';
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
}
