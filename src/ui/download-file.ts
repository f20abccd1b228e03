/** A browser may still be reading the file when the click is over. */
const revokeMs = 60_000;

/** Puts a file into the visitor's downloads, under its own name. */
export function downloadFile(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), revokeMs);
}
