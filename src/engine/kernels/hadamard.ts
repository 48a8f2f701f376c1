import transform from "../../../shaders/hadamard.wgsl?raw";
import embedding from "../../../shaders/lib/hadamard/embedding.wgsl?raw";
import embeddingToken from "../../../shaders/lib/hadamard/embedding-token.wgsl?raw";
import input from "../../../shaders/lib/hadamard/input.wgsl?raw";
import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Dispatch, KernelCompiler, Workgroups } from "../gpu/kernel";

/** Value heads, which lie tiled and a folded output product wants grouped. */
export interface TiledHeads {
  readonly members: number;
  readonly nKeyHeads: number;
  readonly valueDim: number;
}

interface HadamardArgs {
  /** f32 [rows, width] */
  readonly x: GpuRange;
  /** f32: 1 or −1, for this width from `firstSign` on. */
  readonly signs: GpuRange;
  readonly firstSign: number;
  readonly y: GpuRange;
  /** A multiple of the block. */
  readonly width: number;
}

export interface HadamardInputArgs extends HadamardArgs {
  readonly heads?: TiledHeads | undefined;
  /** The rows: those of the step unless said otherwise. */
  readonly oneRow?: boolean;
  /** Writes x behind y too, where there is one row. */
  readonly keepsPlain?: boolean;
}

const MOST_LANES = 256;

const noHeads: TiledHeads = { members: 1, nKeyHeads: 1, valueDim: 1 };

/** Equation: shaders/hadamard.wgsl. Shapes: shaders/lib/hadamard/. */
export async function compileHadamard(compiler: KernelCompiler, block: number) {
  const constants = { BLOCK: block, LANES: Math.min(MOST_LANES, Math.max(1, block / 4)) };
  const rows =
    (width: number, isOne = false) =>
    (nTokens: number): Workgroups => [width / block, isOne ? 1 : nTokens];
  const [ofInput, ofEmbedding, ofEmbeddingToken] = await Promise.all([
    compiler.compile({
      label: "hadamard input",
      files: [transform, input],
      constants,
      params: {
        width: "u32",
        firstSign: "u32",
        members: "u32",
        nKeyHeads: "u32",
        valueDim: "u32",
        keepsPlain: "u32",
      },
      buffers: { x: "read", signs: "read", y: "read_write" },
    }),
    compiler.compile({
      label: "hadamard embedding",
      files: [transform, embedding],
      constants,
      params: { width: "u32", firstSign: "u32" },
      buffers: { x: "read", signs: "read", y: "read_write" },
    }),
    compiler.compile({
      label: "hadamard embedding-token",
      files: [transform, embeddingToken],
      constants,
      params: { width: "u32", firstSign: "u32" },
      buffers: { x: "read", signs: "read", norm: "read", y: "read_write", weighted: "read_write" },
    }),
  ]);
  return {
    /** y = H (s ⊙ x), the input of a folded product. */
    input: (
      scope: MemoryScope,
      label: string,
      { heads = noHeads, oneRow = false, keepsPlain = false, ...args }: HadamardInputArgs,
    ): Dispatch =>
      ofInput.dispatch(
        scope,
        label,
        { ...args, ...heads, keepsPlain: Number(keepsPlain) },
        rows(args.width, oneRow),
      ),
    /** y = s ⊙ (H x), rows of a folded embedding. */
    embedding: (scope: MemoryScope, label: string, args: HadamardArgs): Dispatch =>
      ofEmbedding.dispatch(scope, label, args, rows(args.width)),
    /** The same of one token, and weighted = y ⊙ norm. */
    embeddingToken: (
      scope: MemoryScope,
      label: string,
      args: HadamardArgs & { readonly norm: GpuRange; readonly weighted: GpuRange },
    ): Dispatch => ofEmbeddingToken.dispatch(scope, label, args, rows(args.width, true)),
  };
}

export type Hadamard = Awaited<ReturnType<typeof compileHadamard>>;
