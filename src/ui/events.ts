import type { Sample } from '../state/samples';
import type { ServedModel } from '../state/served-models';

/** Every event of the elements goes up through shadow roots to `<av-app>`. */
const upward = { bubbles: true, composed: true };

export class FileChosenEvent extends Event {
  constructor(readonly file: File) {
    super('av-file', upward);
  }
}

export class SampleChosenEvent extends Event {
  constructor(readonly sample: Sample) {
    super('av-sample', upward);
  }
}

export class AskEvent extends Event {
  constructor(readonly question: string) {
    super('av-ask', upward);
  }
}

export class StopEvent extends Event {
  constructor() {
    super('av-stop', upward);
  }
}

export class RetryEvent extends Event {
  constructor() {
    super('av-retry', upward);
  }
}

/** A wish to see a moment; `clueIndex` names the clue that was picked, if it was one. */
export class SeekEvent extends Event {
  constructor(
    readonly timeSeconds: number,
    readonly clueIndex: number | null = null,
  ) {
    super('av-seek', upward);
  }
}

/** What the player shows at this moment. */
export interface Playback {
  timeSeconds: number;
  /** Where the file ends on its own clock; 0 while that is unknown, and for a still picture. */
  endSeconds: number;
  /** Displayed size of the picture in pixels; 0 where there is none. */
  width: number;
  height: number;
}

export class PlaybackEvent extends Event {
  constructor(readonly playback: Playback) {
    super('av-playback', upward);
  }
}

/** A wish to see the models to choose from. */
export class ModelsEvent extends Event {
  constructor() {
    super('av-models', upward);
  }
}

/** A wish about a model of the list: use it, or take it off this device. */
export class ModelEvent extends Event {
  constructor(
    readonly wish: 'use' | 'delete',
    readonly model: ServedModel,
  ) {
    super('av-model', upward);
  }
}

/** A bundle in a folder of the visitor. */
export class ModelFolderEvent extends Event {
  constructor(
    readonly files: readonly File[],
    readonly title: string,
  ) {
    super('av-model-folder', upward);
  }
}

/** The address of a bundle's manifest. */
export class ModelAddressEvent extends Event {
  constructor(readonly manifestUrl: string) {
    super('av-model-address', upward);
  }
}

/** A wish to stop the load that goes on. */
export class ModelStopEvent extends Event {
  constructor() {
    super('av-model-stop', upward);
  }
}

/** Something that was kept on this device is gone. */
export class StorageChangedEvent extends Event {
  constructor() {
    super('av-storage-changed', upward);
  }
}

declare global {
  interface HTMLElementEventMap {
    'av-file': FileChosenEvent;
    'av-sample': SampleChosenEvent;
    'av-ask': AskEvent;
    'av-stop': StopEvent;
    'av-retry': RetryEvent;
    'av-seek': SeekEvent;
    'av-playback': PlaybackEvent;
    'av-models': ModelsEvent;
    'av-model': ModelEvent;
    'av-model-folder': ModelFolderEvent;
    'av-model-address': ModelAddressEvent;
    'av-model-stop': ModelStopEvent;
    'av-storage-changed': StorageChangedEvent;
  }
}
