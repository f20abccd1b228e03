import { statSync } from 'node:fs';
import { join, normalize, resolve, sep } from 'node:path';

/** Videos in one or several folders, the first that has a file wins. */
export class MediaFolders {
  private readonly folders: readonly string[];

  /** @throws Error with a sentence where one is no folder */
  constructor(folders: readonly string[]) {
    this.folders = folders.map((folder) => resolve(folder));
    for (const folder of this.folders) {
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
        throw new Error(`There is no folder ${folder}.`);
    }
  }

  /** The path of a file by its name in an annotation, which cannot lead out of the folders. */
  find(name: string): string | null {
    const inside = normalize(name);
    if (inside === '..' || inside.startsWith(`..${sep}`)) return null;
    const paths = this.folders.map((folder) => join(folder, inside));
    return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) ?? null;
  }
}
