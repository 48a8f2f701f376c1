import type { KernelCompiler } from "../gpu/kernel";
import { compileAttentionMerge } from "../kernels/attention";
import { compileAttentionToken } from "../kernels/attention-token";
import { compileDeltaNetToken } from "../kernels/delta-net-token";
import { compileEmbedToken } from "../kernels/embed-token";
import { compileGateUp } from "../kernels/gate-up";
import type { KvType } from "../kernels/kv-type";
import { compileNormProduct } from "../kernels/norm-product";
import { compileResidualProduct } from "../kernels/residual-product";
import type { WeightFormat } from "../kernels/weight-format";
import type { ModelConfig } from "../weights/config";
import type { TensorRole } from "../weights/tensor-names";
import type { WeightsPlan } from "./weights-plan";

export type DecodeKernels = Awaited<ReturnType<typeof compileDecodeKernels>>;

/** The key of a module that joins matrices of these formats. */
export const formatsKey = (...formats: readonly WeightFormat[]) => formats.join(" ");

/** Matrices whose products share a dispatch, by the kind of their layer. */
const JOINED_PRODUCTS = {
  linear: ["inProjQkv", "inProjZ", "inProjB", "inProjA"],
  full: ["qProj", "kProj", "vProj"],
} as const satisfies Record<string, readonly TensorRole[]>;

/** Compiles, in parallel, what decoding this model uses: a module for every combination of formats that its layers have. */
export async function compileDecodeKernels(
  compiler: KernelCompiler,
  config: ModelConfig,
  plan: WeightsPlan,
  kvType: KvType,
) {
  const matrixOf = (layer: number | null, role: TensorRole) =>
    plan.matrices.find(({ expected }) => expected.layer === layer && expected.role === role);
  const embedding = matrixOf(null, "embedTokens")!;
  const head = matrixOf(null, "lmHead") ?? embedding;
  const joined = config.layerKinds.map((kind, layer) =>
    JOINED_PRODUCTS[kind].map((role) => matrixOf(layer, role)!),
  );
  // Further pieces of a split matrix are products on their own.
  const alone = [head, ...joined.flat().filter((matrix) => matrix.pieces.length > 1)];
  const groups = [...joined, ...alone.map((matrix) => [matrix])].map((group) => group.map((m) => m.format));
  const pairs = config.layerKinds.map((_, layer) =>
    (["gateProj", "upProj"] as const).map((role) => matrixOf(layer, role)!.format),
  );
  const residual = config.layerKinds.flatMap((kind, layer) => [
    matrixOf(layer, kind === "linear" ? "outProj" : "oProj")!.format,
    matrixOf(layer, "downProj")!.format,
  ]);

  const [embedToken, normProduct, residualProduct, gateUp, deltaNetToken, attentionToken, attentionMerge] =
    await Promise.all([
      compileEmbedToken(compiler, embedding.format),
      compileEach(groups, (formats) => compileNormProduct(compiler, formats)),
      compileEach(
        residual.map((format) => [format]),
        ([format]) => compileResidualProduct(compiler, format!),
      ),
      compileEach(pairs, ([gate, up]) => compileGateUp(compiler, { gate: gate!, up: up! })),
      compileDeltaNetToken(compiler, config.deltaNet),
      compileAttentionToken(compiler, config.attention, kvType),
      compileAttentionMerge(compiler),
    ]);
  return {
    ...{ embedToken, normProduct, residualProduct, gateUp, deltaNetToken },
    ...{ attentionToken, attentionMerge },
  };
}

async function compileEach<T>(
  groups: readonly (readonly WeightFormat[])[],
  compile: (formats: readonly WeightFormat[]) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const distinct = new Map(groups.map((formats) => [formatsKey(...formats), formats]));
  return new Map(
    await Promise.all([...distinct].map(async ([key, formats]) => [key, await compile(formats)] as const)),
  );
}
