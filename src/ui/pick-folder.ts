interface DirectoryHandle {
  name: string;
  values(): AsyncIterable<{ kind: string; getFile(): Promise<File> }>;
}

type PickDirectory = (options: { id: string; mode: 'read' }) => Promise<DirectoryHandle>;

export interface PickedFolder {
  title: string;
  /** The files of the folder itself, none of folders in it. */
  files: File[];
}

/** The browser's own folder dialog, which reads in place; undefined where there is none. */
export function folderDialog(): (() => Promise<PickedFolder | null>) | undefined {
  const pick = (window as { showDirectoryPicker?: PickDirectory }).showDirectoryPicker;
  if (!pick) return undefined;
  return async () => {
    let handle: DirectoryHandle;
    try {
      handle = await pick.call(window, { id: 'model', mode: 'read' });
    } catch {
      // Closed without a choice, or refused by the visitor: nothing was chosen.
      return null;
    }
    const files: File[] = [];
    for await (const entry of handle.values()) {
      if (entry.kind === 'file') files.push(await entry.getFile());
    }
    return { title: handle.name, files };
  };
}

/** What an `<input webkitdirectory>` holds. */
export function folderOf(input: HTMLInputElement): PickedFolder | null {
  const all = [...(input.files ?? [])];
  const path = all[0]?.webkitRelativePath.split('/');
  if (!path) return null;
  const files = all.filter(({ webkitRelativePath }) => webkitRelativePath.split('/').length === 2);
  return { title: path[0] ?? '', files };
}
