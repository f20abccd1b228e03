import type { PickedFolder } from '../pick-folder';

/** How deep folders are read. */
const depth = 3;

/**
 * Takes what is dropped on an element; nobody above hears of it.
 * @param onOver whether something is held over it
 */
export function catchDrops(
  element: HTMLElement,
  onOver: (isOver: boolean) => void,
  onDrop: (files: PickedFolder) => void,
  signal: AbortSignal,
): void {
  const drag = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.stopPropagation();
    onOver(event.type === 'dragover');
  };
  element.addEventListener('dragover', drag, { signal });
  element.addEventListener('dragleave', drag, { signal });
  element.addEventListener(
    'drop',
    (event) => {
      onOver(false);
      if (!event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      void droppedFiles(event.dataTransfer).then(onDrop);
    },
    { signal },
  );
}

/** The files that were dropped, those of dropped folders included. */
async function droppedFiles(data: DataTransfer): Promise<PickedFolder> {
  // The list is gone once this call has returned to the browser: all of it is taken now.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: File[] = [];
  for (const entry of entries) await gather(entry, depth, found);
  const title = entries.length === 1 ? entries[0]!.name : `${found.length}`;
  return { files: found, title };
}

async function gather(entry: FileSystemEntry, levels: number, found: File[]): Promise<void> {
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) =>
      (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
    );
    if (file) found.push(file);
    return;
  }
  if (levels === 0) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // It gives a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) return;
    for (const one of some) await gather(one, levels - 1, found);
  }
}
