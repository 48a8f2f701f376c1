/** Random access to the bytes of one model file, wherever they lie: stored parts, a picked file, a file on disk. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes [offset, offset + length). The caller keeps `length` to a few MiB. Rejects when the range is not all there. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}
