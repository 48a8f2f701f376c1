import type { KernelCompiler } from "../../gpu/kernel";
import {
  compileAttention,
  compileAttentionMerge,
  compileAttentionPrepare,
} from "../../kernels/attention/attention";
import { compileAttentionToken } from "../../kernels/attention/attention-token";
import { compileCausalConv } from "../../kernels/delta-net/causal-conv";
import { deltaRuleForms, type DeltaRule } from "../../kernels/delta-net/delta-rule-forms";
import { compileEmbed } from "../../kernels/embed";
import { compileGatedNorm } from "../../kernels/delta-net/gated-norm";
import { compileHadamard } from "../../kernels/hadamard";
import { compileMatmul } from "../../kernels/products/matmul";
import { compileMatvec } from "../../kernels/products/matvec";
import { compileRmsNorm } from "../../kernels/rms-norm";
import { compileSample } from "../../kernels/sample";
import type { KvType } from "../../../ground/kv-type";
import { compileSwiglu } from "../../kernels/swiglu";
import type { WeightFormat } from "../../kernels/products/weight-format";
import type { ModelConfig } from "../../weights/config/model-config";
import type { TensorRole } from "../../weights/config/tensor-names";
import type { DecodeMapping } from "./decode-mapping";
import { compileDecodeKernels } from "./decode-kernels";
import { arithmeticOf, type MatmulChoice, type Precision, type TunedMatmul } from "./prefill-products";
import type { PlannedMatrix, WeightsPlan } from "../weights/weights-plan";

export type ModelKernels = Awaited<ReturnType<typeof compileModelKernels>> & {
  /** Products of prefill that the tuner chose for their shape; others take `matmul`. */
  readonly tunedMatmul: TunedMatmul;
  /** The form of the delta rule of prefill that was chosen; `null`: `deltaRule`. */
  readonly tunedDeltaRule: DeltaRule | null;
};

export interface KernelOptions {
  readonly precision: Precision;
  readonly kvType: KvType;
  /** The mapping of decode's products. */
  readonly decodeMapping: DecodeMapping;
  /** The choice for prefill's products, instead of the baseline of the precision. */
  readonly matmul?: MatmulChoice | undefined;
  /** For products that int8 has no codes of. */
  readonly hasF16: boolean;
}

/** Compiles, in parallel, what this model uses and nothing else. */
export async function compileModelKernels(
  compiler: KernelCompiler,
  config: ModelConfig,
  plan: WeightsPlan,
  { precision, kvType, decodeMapping, matmul: given, hasF16 }: KernelOptions,
) {
  const formatOf = (role: TensorRole) =>
    plan.matrices.find((matrix) => matrix.expected.role === role)?.format;
  const embedFormat = formatOf("embedTokens")!;
  const headFormat = formatOf("lmHead") ?? embedFormat;
  const isStacked = ({ expected }: PlannedMatrix) => expected.unitRows !== undefined;
  const formats = [...new Set(plan.matrices.filter((m) => !isStacked(m)).map(({ format }) => format))];
  const products = async () => {
    const compileOne = async (format: WeightFormat) => {
      const chosen = given ?? { arithmetic: arithmeticOf(precision, format, hasF16) };
      return [format, await compileMatmul(compiler, { format, ...chosen })] as const;
    };
    return new Map(await Promise.all(formats.map(compileOne)));
  };

  const [
    embed,
    rmsNorm,
    matvec,
    matmul,
    causalConv,
    deltaRule,
    gatedNorm,
    swiglu,
    hadamard,
    prepare,
    attention,
    merge,
    sample,
    decode,
  ] = await Promise.all([
    compileEmbed(compiler, embedFormat),
    compileRmsNorm(compiler),
    compileMatvec(compiler, headFormat), // of a prompt only the last token has logits
    products(),
    compileCausalConv(compiler),
    deltaRuleForms.sequential.compile(compiler, config.deltaNet),
    compileGatedNorm(compiler),
    compileSwiglu(compiler),
    config.hadamard ? compileHadamard(compiler, config.hadamard.blockSize) : undefined,
    compileAttentionPrepare(compiler, config.attention, kvType),
    compileAttention(compiler, config.attention, kvType),
    compileAttentionMerge(compiler),
    compileSample(compiler),
    compileDecodeKernels(compiler, config, plan, kvType, { mapping: decodeMapping }),
  ]);
  return {
    precision,
    /** The layout of keys and values in the cache that these read and write. */
    kvType,
    embed,
    rmsNorm,
    matvec,
    matmul,
    causalConv,
    deltaRule,
    gatedNorm,
    swiglu,
    /** Present for files whose weights are folded. */
    hadamard,
    attentionPrepare: prepare,
    attention,
    attentionMerge: merge,
    sample,
    decode,
  };
}

/** The same kernels for a cache of another type. */
export async function withKvType(
  compiler: KernelCompiler,
  { attention: shape }: ModelConfig,
  kernels: ModelKernels,
  kvType: KvType,
): Promise<ModelKernels> {
  if (kernels.kvType === kvType) return kernels;
  const [attentionPrepare, attention, attentionToken] = await Promise.all([
    compileAttentionPrepare(compiler, shape, kvType),
    compileAttention(compiler, shape, kvType),
    compileAttentionToken(compiler, shape, kvType),
  ]);
  return { ...kernels, kvType, attentionPrepare, attention, decode: { ...kernels.decode, attentionToken } };
}
