/** What an installed app is started with; Chromium only, and not yet in TypeScript's own list. */
interface LaunchQueue {
  setConsumer(consumer: (params: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Opens the file that the visitor opened with the installed app (“Open with”). */
export function openLaunchedFiles(open: (file: File) => void): void {
  const { launchQueue } = window as Window & { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    void files?.[0]?.getFile().then(open, () => undefined);
  });
}
