import type { ModelConfig } from "../config/model-config";
import type { ExpectedTensor, ExpertRole, TensorRole } from "../config/tensor-names";

/**
 * The prefixes of the text model's tensors: the official files, MLX's, re-saves of the text alone, and older
 * of both. docs/model.md#safetensors
 */
const prefixes = ["model.language_model.", "language_model.model.", "model.", "language_model.", ""] as const;

/**
 * Names behind `layers.N.`, or behind the prefix for tensors of no layer; the head has names of its own.
 * docs/model.md#tensors
 */
const names: Readonly<Record<Exclude<TensorRole, "lmHead" | ExpertRole>, string>> = {
  embedTokens: "embed_tokens.weight",
  outputNorm: "norm.weight",
  inputNorm: "input_layernorm.weight",
  postAttentionNorm: "post_attention_layernorm.weight",
  qProj: "self_attn.q_proj.weight",
  kProj: "self_attn.k_proj.weight",
  vProj: "self_attn.v_proj.weight",
  oProj: "self_attn.o_proj.weight",
  qNorm: "self_attn.q_norm.weight",
  kNorm: "self_attn.k_norm.weight",
  inProjQkv: "linear_attn.in_proj_qkv.weight",
  inProjZ: "linear_attn.in_proj_z.weight",
  inProjA: "linear_attn.in_proj_a.weight",
  inProjB: "linear_attn.in_proj_b.weight",
  conv1d: "linear_attn.conv1d.weight",
  dtBias: "linear_attn.dt_bias",
  a: "linear_attn.A_log",
  deltaNorm: "linear_attn.norm.weight",
  outProj: "linear_attn.out_proj.weight",
  gateProj: "mlp.gate_proj.weight",
  upProj: "mlp.up_proj.weight",
  downProj: "mlp.down_proj.weight",
};

const headNames = ["lm_head.weight", "language_model.lm_head.weight", "model.lm_head.weight"] as const;

/** Stored beside or in place of a `weight`: the parts of a quantized matrix. */
const companions = [
  ...["scales", "biases", "weight_scale_inv", "qweight", "qzeros", "g_idx"],
  ...[
    "weight_packed",
    "weight_scale",
    "weight_shape",
    "weight_zero_point",
    "weight_g_idx",
    "weight_global_scale",
    "weight_scale_2",
  ],
  // Scales of activations, keys and values, which this engine does not quantize so.
  ...["input_scale", "input_zero_point", "input_global_scale", "k_scale", "v_scale"],
];

/** @returns undefined when no tensor has a known name */
export function findPrefix(has: (name: string) => boolean): string | undefined {
  return prefixes.find(
    (prefix) => has(prefix + names.embedTokens) || has(`${prefix}layers.0.${names.inputNorm}`),
  );
}

/** @returns undefined when the model has no head of its own */
export function findHead(has: (name: string) => boolean): string | undefined {
  const stored = ["weight", "qweight", "weight_packed"];
  return headNames.find((name) => stored.some((part) => has(partName(name, part))));
}

/** The name of a tensor in the safetensors of a model. */
export function hfName({ role, layer }: ExpectedTensor, prefix: string, head: string | undefined): string {
  if (role === "lmHead") return head ?? headNames[0];
  const known: Readonly<Partial<Record<TensorRole, string>>> = names;
  const name = known[role];
  if (name === undefined)
    throw new Error(`No safetensors of a "${role}" are read: hf-config.ts refuses them.`);
  return layer === null ? prefix + name : `${prefix}layers.${layer}.${name}`;
}

/** The name of a part of a quantized matrix, by the name of its `weight`. */
export const partName = (weightName: string, part: string) => weightName.replace(/weight$/, part);

/**
 * A tensor of one of the model's layers that is none of theirs: a bias that is not applied would make a model
 * that talks nonsense. Vision and multi-token prediction lie under other names, and are left alone.
 */
export function findUnknown(
  tensorNames: Iterable<string>,
  known: ReadonlySet<string>,
  prefix: string,
  { nLayers }: Pick<ModelConfig, "nLayers">,
): string | undefined {
  for (const name of tensorNames) {
    if (!name.startsWith(`${prefix}layers.`) || known.has(name)) continue;
    const layer = Number(/^\d+/.exec(name.slice(prefix.length + "layers.".length))?.[0] ?? NaN);
    const part = companions.find((suffix) => name.endsWith(`.${suffix}`));
    const isPart = part !== undefined && known.has(`${name.slice(0, -part.length)}weight`);
    if (layer < nLayers && !isPart) return name;
  }
  return undefined;
}
