interface DirectoryHandle {
  name: string;
  kind: 'directory';
  values(): AsyncIterable<DirectoryHandle | FileHandle>;
}

interface FileHandle {
  name: string;
  kind: 'file';
  getFile(): Promise<File>;
}

type PickDirectory = (options: {
  id: string;
  mode: 'read' | 'readwrite';
}) => Promise<DirectoryHandle>;

export interface PickedFolder {
  title: string;
  files: File[];
}

const pickDirectory = (): PickDirectory | undefined =>
  (window as { showDirectoryPicker?: PickDirectory }).showDirectoryPicker;

/**
 * The browser's own folder dialog, which reads in place; undefined where there is none.
 * @param id the browser opens it where this one was last
 * @param depth how many levels of folders are read; 1: the files of the folder itself
 */
export function folderDialog({ id = 'model', depth = 1 } = {}):
  (() => Promise<PickedFolder | null>) | undefined {
  const pick = pickDirectory();
  if (!pick) return undefined;
  return async () => {
    let handle: DirectoryHandle;
    try {
      handle = await pick.call(window, { id, mode: 'read' });
    } catch {
      // Closed without a choice, or refused by the visitor: nothing was chosen.
      return null;
    }
    const files: File[] = [];
    for await (const file of filesOf(handle, depth)) files.push(file);
    return { title: handle.name, files };
  };
}

/** A folder to write to; undefined where the browser has no dialog for one. */
export function writableFolderDialog(
  id: string,
): (() => Promise<FileSystemDirectoryHandle | null>) | undefined {
  const pick = pickDirectory();
  if (!pick) return undefined;
  return async () => {
    try {
      const handle = await pick.call(window, { id, mode: 'readwrite' });
      return handle as unknown as FileSystemDirectoryHandle;
    } catch {
      return null;
    }
  };
}

async function* filesOf(folder: DirectoryHandle, depth: number): AsyncGenerator<File> {
  for await (const entry of folder.values()) {
    if (entry.kind === 'file') yield await entry.getFile();
    else if (depth > 1) yield* filesOf(entry, depth - 1);
  }
}

/** The files of the folder itself that an `<input webkitdirectory>` holds, none of folders in it. */
export function folderOf(input: HTMLInputElement): PickedFolder | null {
  const all = [...(input.files ?? [])];
  const path = all[0]?.webkitRelativePath.split('/');
  if (!path) return null;
  const files = all.filter(({ webkitRelativePath }) => webkitRelativePath.split('/').length === 2);
  return { title: path[0] ?? '', files };
}
