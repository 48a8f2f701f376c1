/** One of several files that lie behind one another in a source: the shards of a split model. */
export interface SourceFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * Random access to the bytes of one model file, wherever they lie: stored parts, a picked file, a file on
 * disk.
 */
export interface ByteSource {
  readonly sizeBytes: number;
  /** The files, where the source is several as one; offsets are from the start of the first. */
  readonly files?: readonly SourceFile[] | undefined;
  /**
   * Bytes [offset, offset + length). The caller keeps `length` to 16 MiB or so. Rejects when the range is not
   * all there.
   *
   * @param buffer  memory of at least `length` that may be used for the result, and is gone afterwards: who
   *   reads much gives the result's buffer to the next read
   */
  read(offset: number, length: number, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>>;
}
