/** Has the browser save a file among the person's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the file over by then; at once would be too early.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
