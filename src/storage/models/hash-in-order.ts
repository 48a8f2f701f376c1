import { readBlob } from "../../ground/read-blob";
import { OrderedHash } from "./ordered-hash";
import type { PartStore, StoredFile } from "./part-store";
import { SectionHash, type Section } from "./section-hash";

const pieceBytes = 4 << 20;

/**
 * The hash of a file on its way, taken up where an earlier visit left it; parts that were stored then but not
 * hashed are read back.
 *
 * @returns undefined when no section says what hash it should have
 */
export async function hashInOrder(
  store: PartStore,
  file: StoredFile,
  sections: readonly Section[],
  missing: readonly number[],
): Promise<OrderedHash | undefined> {
  if (!sections.some(({ sha256 }) => sha256 !== undefined)) return undefined;
  const { id, partBytes, sizeBytes } = file;
  const firstMissing = missing[0] ?? Math.ceil(sizeBytes / partBytes);
  const before = file.hashed && file.hashed.parts <= firstMissing ? file.hashed : undefined;
  const hash = await SectionHash.create(
    sections,
    before && { hashedBytes: Math.min(before.parts * partBytes, sizeBytes), state: before.state },
  );
  const coming = new Set(missing);
  return new OrderedHash({
    hash,
    nParts: Math.ceil(sizeBytes / partBytes),
    firstPart: hash.hashedBytes === 0 ? 0 : before!.parts,
    isComing: (index) => coming.has(index),
    readPart: async function* (index) {
      const part = await store.part(id, index);
      let buffer = new ArrayBuffer(Math.min(pieceBytes, part.size));
      for (let at = 0; at < part.size; at += pieceBytes) {
        const piece = await readBlob(part.slice(at, at + pieceBytes), buffer);
        buffer = piece.buffer;
        yield piece;
      }
    },
    save: (parts) => store.changeFile(id, { hashed: { parts, state: hash.state } }),
  });
}
