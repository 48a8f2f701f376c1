import type { ByteSource, SourceFile } from "./byte-source";

/** A file that is opened when it is first read. */
export interface JoinedFile extends SourceFile {
  open(): Promise<ByteSource>;
}

/**
 * Several files as one source, behind one another in the order given. Reading rejects as the file's own
 * reading does.
 */
export function joinSources(files: readonly JoinedFile[]): ByteSource & { files: readonly SourceFile[] } {
  const opened = new Map<JoinedFile, Promise<ByteSource>>();
  const open = (file: JoinedFile) => {
    const source = opened.get(file) ?? file.open();
    opened.set(file, source);
    source.catch(() => opened.delete(file)); // the next read tries again
    return source;
  };

  async function read(offset: number, length: number, buffer?: ArrayBuffer) {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let start = 0;
    for (const file of files) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, start + file.sizeBytes);
      if (from < to) {
        const source = await open(file);
        // Only the first piece gets the buffer: reading takes it away.
        pieces.push(await source.read(from - start, to - from, pieces.length === 0 ? buffer : undefined));
      }
      start += file.sizeBytes;
    }
    return pieces.length === 1 ? pieces[0]! : joined(pieces, length);
  }
  return {
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    files: files.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    read,
  };
}

/** Bytes [start, end) of files behind one another, each asked for its own stretch by `piecesOf`. */
export async function* joinedPieces<File extends { readonly sizeBytes: number }, Piece>(
  files: readonly File[],
  start: number,
  end: number,
  piecesOf: (file: File, start: number, end: number) => AsyncIterable<Piece>,
): AsyncGenerator<Piece, void, undefined> {
  let fileStart = 0;
  for (const file of files) {
    const from = Math.max(start, fileStart);
    const to = Math.min(end, fileStart + file.sizeBytes);
    if (from < to) yield* piecesOf(file, from - fileStart, to - fileStart);
    fileStart += file.sizeBytes;
  }
}

/** The file at `index` of a source that is several. */
export function fileOf(source: ByteSource, files: readonly SourceFile[], index: number): ByteSource {
  const start = files.slice(0, index).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    sizeBytes: files[index]!.sizeBytes,
    read: (offset, length, buffer) => source.read(start + offset, length, buffer),
  };
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
