/**
 * Keeps the screen on while the page can be seen. A browser lets go of the lock when the page is
 * hidden, so it is asked for again.
 */
export function keepAwake(signal: AbortSignal): void {
  let lock: WakeLockSentinel | null = null;
  const hold = async (): Promise<void> => {
    if (signal.aborted || document.visibilityState !== 'visible') return;
    if (lock && !lock.released) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (signal.aborted) await lock.release();
    } catch {
      // Without the lock, or on a low battery, the screen goes dark as the system wants.
    }
  };
  if (!('wakeLock' in navigator)) return;
  document.addEventListener('visibilitychange', () => void hold(), { signal });
  signal.addEventListener('abort', () => void lock?.release().catch(() => undefined));
  void hold();
}
