import type { Edit } from '../clues/review';
import type { HistoryEntry } from '../state/state';
import type { Sample } from '../state/samples';
import type { ServedModel } from '../state/served-models';
import type { RecordSettings } from './recorder-phase';

/** Every event of the elements goes up through shadow roots to `<av-app>`. */
const upward = { bubbles: true, composed: true };

export class FileChosenEvent extends Event {
  constructor(readonly file: File) {
    super('av-file', upward);
  }
}

/** A wish to choose a file from the system. */
export class BrowseEvent extends Event {
  constructor() {
    super('av-browse', upward);
  }
}

/** The video of the result on the page, which came without it. */
export class AttachEvent extends Event {
  constructor(readonly file: File) {
    super('av-attach', upward);
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

/** What stands in the question box while the visitor types. */
export class DraftEvent extends Event {
  constructor(readonly question: string) {
    super('av-draft', upward);
  }
}

/** The visitor's word on a clue. */
export class EditEvent extends Event {
  constructor(readonly edit: Edit) {
    super('av-edit', upward);
  }
}

/** A wish to add a clue: at this moment, or, where it is null, at the one on the stage. */
export class AddClueEvent extends Event {
  constructor(readonly timeSeconds: number | null = null) {
    super('av-add-clue', upward);
  }
}

/** A wish to see an earlier answer of this visit again. */
export class RevisitEvent extends Event {
  constructor(readonly entry: HistoryEntry) {
    super('av-revisit', upward);
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

/** A wish to see a moment; `clueId` names the clue that was picked, if it was one. */
export class SeekEvent extends Event {
  constructor(
    readonly timeSeconds: number,
    readonly clueId: number | null = null,
  ) {
    super('av-seek', upward);
  }
}

/** What the player shows at this moment. */
export interface Playback {
  /** The playhead: what is played, or was asked for. */
  timeSeconds: number;
  /** When the picture that is on the screen begins; behind the playhead while a seek goes on. */
  frameSeconds: number;
  /** Until when that picture is known to last: the playhead, where the film stands still in it. */
  frameUntilSeconds: number;
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

/** A wish to record a clip. */
export class RecordEvent extends Event {
  constructor() {
    super('av-record', upward);
  }
}

/** How the next clip is to be recorded. */
export class RecordSettingsEvent extends Event {
  constructor(readonly settings: RecordSettings) {
    super('av-record-settings', upward);
  }
}

/** A wish to see what the keys do. */
export class ShortcutsEvent extends Event {
  constructor() {
    super('av-shortcuts', upward);
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

/** A wish to load the model now, before a video is opened. */
export class ModelLoadEvent extends Event {
  constructor() {
    super('av-model-load', upward);
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

/** Somebody has touched the booth's screen. */
export class BeginEvent extends Event {
  constructor() {
    super('av-begin', upward);
  }
}

/** The visitor is still there. */
export class StayEvent extends Event {
  constructor() {
    super('av-stay', upward);
  }
}

declare global {
  interface HTMLElementEventMap {
    'av-file': FileChosenEvent;
    'av-browse': BrowseEvent;
    'av-attach': AttachEvent;
    'av-sample': SampleChosenEvent;
    'av-ask': AskEvent;
    'av-draft': DraftEvent;
    'av-edit': EditEvent;
    'av-add-clue': AddClueEvent;
    'av-revisit': RevisitEvent;
    'av-stop': StopEvent;
    'av-retry': RetryEvent;
    'av-seek': SeekEvent;
    'av-playback': PlaybackEvent;
    'av-record': RecordEvent;
    'av-record-settings': RecordSettingsEvent;
    'av-shortcuts': ShortcutsEvent;
    'av-models': ModelsEvent;
    'av-model': ModelEvent;
    'av-model-folder': ModelFolderEvent;
    'av-model-address': ModelAddressEvent;
    'av-model-load': ModelLoadEvent;
    'av-model-stop': ModelStopEvent;
    'av-storage-changed': StorageChangedEvent;
    'av-begin': BeginEvent;
    'av-stay': StayEvent;
  }
}
