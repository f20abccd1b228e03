/** How the page stands at a booth, as its address says. */
export interface KioskSettings {
  /** No files from outside: for a booth that nobody watches. */
  readonly samplesOnly: boolean;
  /** Silence until the page asks whether somebody is still there. */
  readonly idleSeconds: number;
  /** How long a result of the loop stays; null for as long as its clip runs. */
  readonly showSeconds: number | null;
}

const defaultIdleSeconds = 60;

/** `?kiosk`, `?kiosk=samples`, `&idle=SECONDS`, `&show=SECONDS`; null where it is no kiosk. */
export function readKiosk(search: string): KioskSettings | null {
  const query = new URLSearchParams(search);
  const kiosk = query.get('kiosk');
  if (kiosk === null) return null;
  return {
    samplesOnly: kiosk === 'samples',
    idleSeconds: secondsOf(query.get('idle')) ?? defaultIdleSeconds,
    showSeconds: secondsOf(query.get('show')),
  };
}

function secondsOf(text: string | null): number | null {
  const seconds = Number(text);
  return text && Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
