import type { MemoryKind } from "../../ground/memory-kind";
import type { BufferLabel } from "../../engine/gpu/buffers";

/** Bytes that a label says what for: a buffer that lives, or one that is planned. */
export interface LabelledBytes extends BufferLabel {
  readonly sizeBytes: number;
}

/** A row of the memory table: a layer, or a part that belongs to the whole model. */
export interface MemoryLine {
  readonly layer: number | null;
  /** "layer 3", "embeddings", "head", or a kind that no layer has a share of. */
  readonly name: string;
  readonly bytes: Readonly<Partial<Record<MemoryKind, number>>>;
  readonly totalBytes: number;
}

const FIRST = ["embeddings", "head"];

/**
 * Adds bytes up by place: layers in order, then embeddings, head, and the rest. Nothing is left out, so the
 * sum is theirs.
 */
export function linesOf(parts: Iterable<LabelledBytes>): MemoryLine[] {
  const lines = new Map<string, { layer: number | null; bytes: Partial<Record<MemoryKind, number>> }>();
  for (const part of parts) {
    const { name, layer } = placeOf(part);
    const line = lines.get(name) ?? { layer, bytes: {} };
    line.bytes[part.kind] = (line.bytes[part.kind] ?? 0) + part.sizeBytes;
    lines.set(name, line);
  }
  return [...lines]
    .map(([name, { layer, bytes }]) => ({
      layer,
      name,
      bytes,
      totalBytes: Object.values(bytes).reduce((a, b) => a + b, 0),
    }))
    .sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
}

/** Checkpoints are of a layer too, but are counted together: they are what can be given up. */
function placeOf({ layer, kind, name }: BufferLabel): { layer: number | null; name: string } {
  if (kind === "checkpoints") return { layer: null, name: kind };
  if (layer !== null) return { layer, name: `layer ${layer}` };
  if (kind !== "weights") return { layer, name: kind };
  return { layer, name: name === "embedTokens" ? "embeddings" : "head" };
}

function order({ layer, name }: MemoryLine): number {
  if (layer !== null) return layer;
  const first = FIRST.indexOf(name);
  return 1e6 + (first === -1 ? FIRST.length : first);
}
