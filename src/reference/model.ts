import { causalConv, convKernel } from "./causal-conv";
import { deltaRule, type DeltaRuleShape } from "./delta-rule";
import { gatedAttention, type GatedAttentionConfig, type KvCache } from "./gated-attention";
import { gatedNorm } from "./gated-norm";
import { foldedInput, groupedHeads, unfoldedRow, type Fold } from "./hadamard";
import { mixtureOfExperts, type ReferenceExperts } from "./experts";
import { linear, row } from "./linear";
import { rmsNorm } from "./rms-norm";
import { swiglu } from "./swiglu";

/** The fields of a ModelConfig that the forward pass needs. */
export interface ReferenceConfig {
  readonly hiddenSize: number;
  readonly layerKinds: readonly ("linear" | "full")[];
  readonly rmsNormEps: number;
  readonly hasTiedHead: boolean;
  readonly attention: GatedAttentionConfig;
  readonly deltaNet: DeltaRuleShape;
  readonly experts?: ReferenceExperts | undefined;
  readonly hadamard?: Fold | undefined;
}

export interface ReferenceModel {
  readonly config: ReferenceConfig;
  /** A tensor by its GGUF name, dequantized, row-major. Called for each use: keep what it makes. */
  readonly tensor: (name: string) => Float64Array;
}

type LayerState =
  | {
      readonly kind: "linear";
      /** [3, nChannels] */
      readonly conv: Float64Array;
      /** S [nValueHeads, valueDim, keyDim] */
      readonly recurrent: Float64Array;
    }
  | ({ readonly kind: "full" } & KvCache);

/** All that one token leaves to the next. */
export interface ReferenceState {
  /** The position of the next token. */
  position: number;
  readonly layers: readonly LayerState[];
}

/** The state before the first token, which will have `position`. */
export function emptyState({ layerKinds, deltaNet }: ReferenceConfig, position = 0): ReferenceState {
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = deltaNet;
  const nChannels = 2 * nKeyHeads * keyDim + nValueHeads * valueDim;
  const layers = layerKinds.map((kind): LayerState =>
    kind === "full"
      ? { kind, keys: [], values: [] }
      : {
          kind,
          conv: new Float64Array((convKernel - 1) * nChannels),
          recurrent: new Float64Array(nValueHeads * valueDim * keyDim),
        },
  );
  return { position, layers };
}

export function cloneState({ position, layers }: ReferenceState): ReferenceState {
  // Cached keys and values are never changed, only added to.
  const layersCopy = layers.map((layer): LayerState =>
    layer.kind === "full"
      ? { kind: layer.kind, keys: [...layer.keys], values: [...layer.values] }
      : { kind: layer.kind, conv: layer.conv.slice(), recurrent: layer.recurrent.slice() },
  );
  return { position, layers: layersCopy };
}

/**
 * Takes one token: moves `state` on and returns the hidden state x [hiddenSize] after the last layer, before
 * the final norm.
 */
export function forwardToken(model: ReferenceModel, state: ReferenceState, token: number): Float64Array {
  const { hiddenSize, rmsNormEps } = model.config;
  const { hadamard } = model.config;
  const stored = row(model.tensor("token_embd.weight"), token, hiddenSize).slice();
  let x: Float64Array = hadamard?.embedding ? unfoldedRow(hadamard, stored) : stored;
  state.layers.forEach((layer, i) => {
    const w = (name: string) => model.tensor(`blk.${i}.${name}`);
    const times = (name: string, input: Float64Array) => product(model, `blk.${i}.${name}`, input);
    const normed = rmsNorm(x, w("attn_norm.weight"), rmsNormEps);
    const mixed =
      layer.kind === "full"
        ? fullAttention(model.config, w, times, layer, normed, state.position)
        : linearAttention(model.config, w, times, layer, normed);
    x = add(x, mixed);
    const h = rmsNorm(x, w("post_attention_norm.weight"), rmsNormEps);
    const { experts } = model.config;
    x = add(x, experts ? mixtureOfExperts(experts, i, w, h) : mlp(times, h));
  });
  state.position++;
  return x;
}

function mlp(times: LayerProduct, x: Float64Array): Float64Array {
  return times("ffn_down.weight", swiglu(times("ffn_gate.weight", x), times("ffn_up.weight", x)));
}

/** The logits [vocabSize] of the token after the one that left hidden state x. */
export function logitsOf(model: ReferenceModel, x: Float64Array): Float64Array {
  const { config, tensor } = model;
  const normed = rmsNorm(x, tensor("output_norm.weight"), config.rmsNormEps);
  if (!config.hasTiedHead) return product(model, "output.weight", normed);
  const input = config.hadamard?.tiedOutput ? foldedInput(config.hadamard, normed) : normed;
  return linear(tensor("token_embd.weight"), input);
}

/** W x; of a folded matrix W' = W S H that is W' H (s ⊙ x). */
function product({ config, tensor }: ReferenceModel, name: string, x: Float64Array): Float64Array {
  const { hadamard, deltaNet } = config;
  if (!hadamard?.inputs.has(name)) return linear(tensor(name), x);
  const isGrouped = hadamard.groupedValueHeads && name.includes(".ssm_out.");
  const ordered = isGrouped ? groupedHeads(x, deltaNet.nKeyHeads, deltaNet.nValueHeads) : x;
  return linear(tensor(name), foldedInput(hadamard, ordered));
}

/**
 * Takes tokens one by one and returns the logits after each of the last `nRows`: [nRows, vocabSize]. Moves
 * `state` on.
 */
export function forward(
  model: ReferenceModel,
  state: ReferenceState,
  tokens: readonly number[],
  nRows = tokens.length,
): Float64Array {
  const rows = tokens.flatMap((token, i) => {
    const x = forwardToken(model, state, token);
    return i < tokens.length - nRows ? [] : [logitsOf(model, x)];
  });
  const vocabSize = rows[0]?.length ?? 0;
  const logits = new Float64Array(rows.length * vocabSize);
  rows.forEach((r, i) => logits.set(r, i * vocabSize));
  return logits;
}

type LayerTensor = (name: string) => Float64Array;
type LayerProduct = (name: string, x: Float64Array) => Float64Array;

function fullAttention(
  { attention, rmsNormEps }: ReferenceConfig,
  w: LayerTensor,
  times: LayerProduct,
  cache: KvCache,
  x: Float64Array,
  position: number,
): Float64Array {
  const input = {
    queryAndGate: times("attn_q.weight", x),
    k: times("attn_k.weight", x),
    v: times("attn_v.weight", x),
    qNorm: w("attn_q_norm.weight"),
    kNorm: w("attn_k_norm.weight"),
    position,
    eps: rmsNormEps,
  };
  return times("attn_output.weight", gatedAttention(input, cache, attention));
}

function linearAttention(
  { deltaNet, rmsNormEps }: ReferenceConfig,
  w: LayerTensor,
  times: LayerProduct,
  state: { readonly conv: Float64Array; readonly recurrent: Float64Array },
  x: Float64Array,
): Float64Array {
  const c = causalConv(times("attn_qkv.weight", x), w("ssm_conv1d.weight"), state.conv);
  const gates = {
    aRaw: times("ssm_alpha.weight", x),
    bRaw: times("ssm_beta.weight", x),
    a: w("ssm_a"),
    dtBias: w("ssm_dt.bias"),
  };
  const o = deltaRule({ ...deltaNet, ...gates, c }, state.recurrent);
  const z = times("attn_gate.weight", x);
  return times("ssm_out.weight", gatedNorm(o, z, w("ssm_norm.weight"), rmsNormEps));
}

function add(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]!);
}
