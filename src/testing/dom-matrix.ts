/**
 * Gives Node the class that pdf.js makes one of as it is loaded. Browsers have it; only what draws pages
 * needs it to be real.
 */
export function standInForDomMatrix(): void {
  globalThis.DOMMatrix ??= class {} as typeof DOMMatrix;
}
