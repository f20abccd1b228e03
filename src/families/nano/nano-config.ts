import type { DecoderConfig } from './decoder-config';
import type { MotionConfig } from './motion/motion-config';
import type { ObjectsConfig } from './objects-config';
import type { SoundConfig } from './sound-config';

/** The numbers of every part, from the manifest. */
export interface NanoConfig {
  sound: SoundConfig;
  objects: ObjectsConfig;
  motion: MotionConfig;
  decoder: DecoderConfig;
}
