import { ifItCompiles, type KernelCompiler } from "../../gpu/kernel";
import { compileAttentionMerge } from "../../kernels/attention/attention";
import { compileAttentionToken } from "../../kernels/attention/attention-token";
import { compileDeltaNetToken } from "../../kernels/delta-net/delta-net-token";
import { compileEmbedToken } from "../../kernels/embed-token";
import { compileGateUp } from "../../kernels/products/gate-up";
import { compileHadamard } from "../../kernels/hadamard";
import type { KvType } from "../../../ground/kv-type";
import { compileNormProduct } from "../../kernels/products/norm-product";
import { compileResidualProduct } from "../../kernels/products/residual-product";
import type { RowMapping } from "../../kernels/products/row-mapping";
import type { WeightFormat } from "../../kernels/products/weight-format";
import type { ModelConfig } from "../../weights/config/model-config";
import { mappingOf, type DecodeChoice, type DecodeMapping, type DecodeProductKind } from "./decode-mapping";
import { compileExpertKernels } from "./expert-kernels";
import { decodeParts, partKey } from "./decode-parts";
import type { WeightsPlan } from "../weights/weights-plan";

export type DecodeKernels = Awaited<ReturnType<typeof compileDecodeKernels>>;

export interface DecodeChoices {
  /** The tuner's choices, by {@link partKey}. */
  readonly tuned?: ReadonlyMap<string, { readonly choice: DecodeChoice }>;
  /** The mapping of products that the tuner chose nothing for. */
  readonly mapping: DecodeMapping;
}

/**
 * Compiles, in parallel, what decoding this model uses: a module for every combination of formats that its
 * layers have.
 */
export async function compileDecodeKernels(
  compiler: KernelCompiler,
  config: ModelConfig,
  plan: WeightsPlan,
  kvType: KvType,
  { tuned = new Map(), mapping }: DecodeChoices,
) {
  const embedding = plan.matrices.find(({ expected }) => expected.role === "embedTokens")!;
  const parts = decodeParts(config, plan);
  const compileEach = async <T>(
    kind: DecodeProductKind,
    compile: (formats: readonly WeightFormat[], mapping: RowMapping) => Promise<T>,
  ): Promise<ReadonlyMap<string, T>> => {
    const distinct = new Map(
      parts.filter((part) => part.kind === kind).map((part) => [partKey(part), part.formats] as const),
    );
    const compiled = [...distinct].map(async ([key, formats]) => {
      const found = tuned.get(key);
      const chosen = found && (await ifItCompiles(compile(formats, mappingOf(found.choice))));
      return [key, chosen ?? (await compile(formats, mapping(kind)))] as const;
    });
    return new Map(await Promise.all(compiled));
  };

  const [
    embedToken,
    normProduct,
    residualProduct,
    gateUp,
    deltaNetToken,
    attentionToken,
    attentionMerge,
    hadamard,
    experts,
  ] = await Promise.all([
    compileEmbedToken(compiler, embedding.format),
    compileEach("norm-product", (formats, mapping) => compileNormProduct(compiler, formats, mapping)),
    compileEach("residual-product", ([format], mapping) =>
      compileResidualProduct(compiler, format!, mapping),
    ),
    compileEach("gate-up", ([gate, up], mapping) =>
      compileGateUp(compiler, { gate: gate!, up: up! }, mapping),
    ),
    compileDeltaNetToken(compiler, config.deltaNet),
    compileAttentionToken(compiler, config.attention, kvType),
    compileAttentionMerge(compiler),
    config.hadamard ? compileHadamard(compiler, config.hadamard.blockSize) : undefined,
    compileExpertKernels(compiler, config, plan, mapping),
  ]);
  return {
    embedToken,
    normProduct,
    residualProduct,
    gateUp,
    deltaNetToken,
    attentionToken,
    attentionMerge,
    /** Present for files whose weights are folded. */
    hadamard,
    /** Present for mixtures of experts; prefill takes the same. */
    experts,
  };
}
