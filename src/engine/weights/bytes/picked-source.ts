import type { ByteSource, SourceFile } from "./byte-source";
import { openFile } from "./file-source";
import { joinedPieces, joinSources } from "./joined-source";

/** Files that the person picked as one model. */
export interface PickedFiles {
  readonly file: File;
  /** The other files of a split model, in any order. */
  readonly shards?: readonly File[];
}

export interface PickedSource extends ByteSource {
  readonly fileName: string;
  /** One, or those of a split model. */
  readonly files?: readonly SourceFile[];
  pieces(start: number, end: number): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** A model that the person picked: one file, or the files of a split one as one source. */
export function openPicked({ file, shards = [] }: PickedFiles): PickedSource {
  if (shards.length === 0) {
    const { fileName, sizeBytes, ...source } = openFile(file);
    return {
      fileName,
      sizeBytes,
      files: [{ name: fileName, sizeBytes }],
      read: (offset, length, buffer) => source.read(offset, length, buffer),
      pieces: (start, end) => source.pieces(start, end),
    };
  }
  // By name, so that the first gives the model its name; the reader takes any order.
  const inOrder = [file, ...shards].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const opened = inOrder.map((shard) => ({ shard, source: openFile(shard), sizeBytes: shard.size }));
  const joined = joinSources(
    opened.map(({ shard, source }) => ({
      name: shard.name,
      sizeBytes: shard.size,
      open: () => Promise.resolve(source),
    })),
  );
  return {
    ...joined,
    fileName: inOrder[0]!.name,
    pieces: (start, end) =>
      joinedPieces(opened, start, end, ({ source }, from, to) => source.pieces(from, to)),
  };
}
