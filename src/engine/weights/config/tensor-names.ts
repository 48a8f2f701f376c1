import type { ExpertsConfig, LayerKind, ModelConfig } from "./model-config";

/**
 * The role of a tensor, in the checkpoint's words. `a` is −exp(aLog), as GGUF stores it; every norm is stored
 * as it is used.
 */
export type TensorRole =
  | "embedTokens"
  | "outputNorm"
  | "lmHead"
  | "inputNorm"
  | "postAttentionNorm"
  | "qProj"
  | "kProj"
  | "vProj"
  | "oProj"
  | "qNorm"
  | "kNorm"
  | "inProjQkv"
  | "inProjZ"
  | "inProjA"
  | "inProjB"
  | "conv1d"
  | "dtBias"
  | "a"
  | "deltaNorm"
  | "outProj"
  | "gateProj"
  | "upProj"
  | "downProj"
  | ExpertRole;

/** The roles that only a mixture of experts has. */
export type ExpertRole =
  "router" | "sharedGate" | "gateExperts" | "upExperts" | "gateUpExperts" | "downExperts";

export interface ExpectedTensor {
  /** In the GGUF file. */
  readonly name: string;
  /** null: the model's own, of no layer. */
  readonly layer: number | null;
  readonly role: TensorRole;
  /** Row-major: [rows, columns] or [n]. */
  readonly shape: readonly number[];
  /**
   * A matrix takes part in products and may be quantized; a vector is small and becomes f32. conv1d
   * [channels, 4] is a vector.
   */
  readonly kind: "matrix" | "vector";
  /** Rows that must stay together where the matrix is split: those of an expert. */
  readonly unitRows?: number;
}

type Description = readonly [name: string, role: TensorRole, ...shape: number[]];

/**
 * Every tensor the model is made of, in the order they are used; the loader reads these and nothing else.
 * docs/model.md#tensors
 */
export function expectedTensors(config: ModelConfig): ExpectedTensor[] {
  const { vocabSize, hiddenSize } = config;
  return [
    expected(null, "", ["token_embd.weight", "embedTokens", vocabSize, hiddenSize]),
    ...config.layerKinds.flatMap((kind, layer) =>
      layerTensors(config, kind, layer).map((description) =>
        withUnit(config, expected(layer, `blk.${layer}.`, description)),
      ),
    ),
    expected(null, "", ["output_norm.weight", "outputNorm", hiddenSize]),
    ...(config.hasTiedHead ? [] : [expected(null, "", ["output.weight", "lmHead", vocabSize, hiddenSize])]),
  ];
}

/**
 * The name of the scale that the products of an NVFP4 matrix are multiplied with, F32 [1]; where there is
 * none it is 1.
 */
export const scaleName = (weightName: string): string => weightName.replace(/weight$/, "scale");

function layerTensors(config: ModelConfig, kind: LayerKind, layer: number): Description[] {
  const { hiddenSize } = config;
  return [
    ["attn_norm.weight", "inputNorm", hiddenSize],
    ...(kind === "full" ? fullTensors(config) : linearTensors(config)),
    ["post_attention_norm.weight", "postAttentionNorm", hiddenSize],
    ...(config.experts ? expertTensors(config, config.experts, layer) : mlpTensors(config, "")),
  ];
}

const mlpTensors = ({ hiddenSize, intermediateSize }: ModelConfig, suffix: "" | "_shexp"): Description[] => [
  [`ffn_gate${suffix}.weight`, "gateProj", intermediateSize, hiddenSize],
  [`ffn_up${suffix}.weight`, "upProj", intermediateSize, hiddenSize],
  [`ffn_down${suffix}.weight`, "downProj", hiddenSize, intermediateSize],
];

/** An MLP of a mixture; stacked experts are one matrix, rows after rows (known-names.ts). */
function expertTensors(config: ModelConfig, experts: ExpertsConfig, layer: number): Description[] {
  const { hiddenSize } = config;
  const { count, width, hasSharedGate, isFused } = experts;
  return [
    ["ffn_gate_inp.weight", "router", count, hiddenSize],
    ...(hasSharedGate
      ? [["ffn_gate_inp_shexp.weight", "sharedGate", 1, hiddenSize] satisfies Description]
      : []),
    ...mlpTensors(config, "_shexp"),
    ...(isFused[layer]
      ? [["ffn_gate_up_exps.weight", "gateUpExperts", count * 2 * width, hiddenSize] satisfies Description]
      : [
          ["ffn_gate_exps.weight", "gateExperts", count * width, hiddenSize] satisfies Description,
          ["ffn_up_exps.weight", "upExperts", count * width, hiddenSize] satisfies Description,
        ]),
    ["ffn_down_exps.weight", "downExperts", count * hiddenSize, width],
  ];
}

/** The tensor with the rows of an expert, if it stacks experts. */
function withUnit({ experts }: ModelConfig, tensor: ExpectedTensor): ExpectedTensor {
  const isStacked = /^(gate|up|gateUp|down)Experts$/.test(tensor.role);
  return experts && isStacked ? { ...tensor, unitRows: tensor.shape[0]! / experts.count } : tensor;
}

function fullTensors({ hiddenSize, attention: { nHeads, nKvHeads, headDim } }: ModelConfig): Description[] {
  return [
    ["attn_q.weight", "qProj", nHeads * 2 * headDim, hiddenSize], // per head: query, then gate
    ["attn_k.weight", "kProj", nKvHeads * headDim, hiddenSize],
    ["attn_v.weight", "vProj", nKvHeads * headDim, hiddenSize],
    ["attn_q_norm.weight", "qNorm", headDim],
    ["attn_k_norm.weight", "kNorm", headDim],
    ["attn_output.weight", "oProj", hiddenSize, nHeads * headDim],
  ];
}

function linearTensors({ hiddenSize, deltaNet }: ModelConfig): Description[] {
  const { nKeyHeads, nValueHeads, keyDim, valueDim, convKernel } = deltaNet;
  const valueWidth = nValueHeads * valueDim;
  const nChannels = 2 * nKeyHeads * keyDim + valueWidth; // q, k, v
  return [
    ["attn_qkv.weight", "inProjQkv", nChannels, hiddenSize],
    ["attn_gate.weight", "inProjZ", valueWidth, hiddenSize],
    ["ssm_beta.weight", "inProjB", nValueHeads, hiddenSize],
    ["ssm_alpha.weight", "inProjA", nValueHeads, hiddenSize],
    ["ssm_conv1d.weight", "conv1d", nChannels, convKernel],
    ["ssm_dt.bias", "dtBias", nValueHeads],
    ["ssm_a", "a", nValueHeads],
    ["ssm_norm.weight", "deltaNorm", valueDim],
    ["ssm_out.weight", "outProj", hiddenSize, valueWidth],
  ];
}

function expected(layer: number | null, prefix: string, [name, role, ...shape]: Description): ExpectedTensor {
  const kind = shape.length === 2 && role !== "conv1d" ? "matrix" : "vector";
  return { name: prefix + name, layer, role, shape, kind };
}
