/** The kind of a picture by its first bytes; `null` where they are of none. */
export function pictureKind(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (start.startsWith("\x89PNG")) return "PNG";
  if (start.startsWith("\xff\xd8\xff")) return "JPEG";
  if (/^GIF8[79]a/.test(start)) return "GIF";
  if (/^RIFF....WEBP/s.test(start)) return "WebP";
  if (/^....ftyp(?:avif|avis)/s.test(start)) return "AVIF";
  if (/^....ftyp(?:heic|heix|mif1)/s.test(start)) return "HEIC";
  if (/^(?:II\*\0|MM\0\*)/.test(start)) return "TIFF";
  // Text may begin with BM: the length of the file follows, and two fields of zeros.
  if (/^BM....\0\0\0\0/s.test(start)) return "BMP";
  return null;
}
