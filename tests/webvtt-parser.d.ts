/** What the tests use of a package that has no types. */
declare module 'webvtt-parser' {
  export interface ParsedCue {
    id: string;
    startTime: number;
    endTime: number;
    text: string;
  }
  export class WebVTTParser {
    parse(
      input: string,
      mode: 'metadata' | 'subtitles/captions/descriptions',
    ): { cues: ParsedCue[]; errors: { message: string; line: number }[] };
  }
  export class WebVTTCueTextParser {
    constructor(
      line: string,
      onError: (message: string) => void,
      mode: string,
      entities: Readonly<Record<string, string>>,
    );
    parse(): { children: { type: string; value?: string }[] };
  }
}
