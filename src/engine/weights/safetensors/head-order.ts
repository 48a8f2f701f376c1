import type { DeltaNetConfig } from "../config/model-config";
import type { TensorRole } from "../config/tensor-names";

/**
 * Value heads lie in safetensors by key head, position i r + j for member j of key head i, r = value heads /
 * key heads. The kernels, as GGUF, have them tiled: position j × (key heads) + i. This says which rows or
 * columns of a tensor are of value heads. docs/model.md#head-order
 */
export interface HeadOrder {
  readonly axis: "rows" | "columns";
  /** The first row or column of the value heads; what is before stays where it is. */
  readonly first: number;
  /** Rows or columns of one head. */
  readonly perHead: number;
  /** The head in the file that comes to position p. */
  readonly fileHead: (p: number) => number;
}

/** @returns undefined for tensors that stay in the order of the file */
export function headOrderOf(role: TensorRole, deltaNet: DeltaNetConfig): HeadOrder | undefined {
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = deltaNet;
  const members = nValueHeads / nKeyHeads;
  if (members === 1) return undefined;
  const fileHead = (p: number) => (p % nKeyHeads) * members + Math.floor(p / nKeyHeads);
  const rows = (first: number, perHead: number): HeadOrder => ({ axis: "rows", first, perHead, fileHead });
  const orders: Readonly<Partial<Record<TensorRole, HeadOrder>>> = {
    inProjQkv: rows(2 * nKeyHeads * keyDim, valueDim),
    conv1d: rows(2 * nKeyHeads * keyDim, valueDim),
    inProjZ: rows(0, valueDim),
    inProjA: rows(0, 1),
    inProjB: rows(0, 1),
    a: rows(0, 1),
    dtBias: rows(0, 1),
    outProj: { axis: "columns", first: 0, perHead: valueDim, fileHead },
  };
  return orders[role];
}

/** Positions [from, from + count) as runs that also lie together in the file. */
export function* runsOf(
  order: HeadOrder | undefined,
  from: number,
  count: number,
): Generator<{ readonly at: number; readonly inFile: number; readonly length: number }> {
  if (!order) {
    yield { at: from, inFile: from, length: count };
    return;
  }
  const { first, perHead, fileHead } = order;
  const end = from + count;
  for (let at = from; at < end;) {
    const within = at < first ? 0 : (at - first) % perHead;
    const head = Math.floor((at - first) / perHead);
    const inFile = at < first ? at : first + fileHead(head) * perHead + within;
    const length = Math.min(end, at < first ? first : at - within + perHead) - at;
    yield { at, inFile, length };
    at += length;
  }
}

/** The row in the file of each of rows [first, first + count). */
export function rowsInFile(order: HeadOrder | undefined, first: number, count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (const { at, inFile, length } of runsOf(order?.axis === "rows" ? order : undefined, first, count))
    for (let i = 0; i < length; i++) rows[at - first + i] = inFile + i;
  return rows;
}
