import type { Gpu } from "../gpu/device";
import type { MemoryScope } from "../gpu/buffers";
import type { Dispatch } from "../gpu/kernel";
import type { KvType } from "../kernels/kv-type";
import type { ModelConfig } from "../weights/config";
import { allocateActivations, chunkFor, decodeSplits, type Activations } from "./activations";
import { decodeLists } from "./decode-model";
import { gatedAttention } from "./gated-attention";
import { gatedDeltaNet } from "./gated-delta-net";
import type { ModelKernels } from "./kernels";
import type { LayerContext } from "./layer-context";
import { mlp } from "./mlp";
import { lastRowProducts, prefillProducts } from "./products";
import { sizesOf } from "./sizes";
import { allocateState, type LayerState } from "./state";
import type { Matrix, ModelWeights } from "./weights";

/** A CPU has few cores, and starting the 128 workgroups of a GPU's splits took longer than all else of a token. */
const SOFTWARE_SPLITS = 8; // the fewest that decodeSplits gives

/** A model ready to run: lists of dispatches over its weights, state and working memory, made once. */
export interface Model {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  readonly state: readonly LayerState[];
  readonly activations: Activations;
  readonly kvType: KvType;
  /** Tokens the KV cache has room for. */
  readonly capacity: number;
  readonly decode: {
    /** tokens[0] → x */
    readonly layers: readonly Dispatch[];
    /** x → logits */
    readonly head: readonly Dispatch[];
  };
  readonly prefill: {
    /** tokens[0..nTokens) → x */
    readonly layers: readonly Dispatch[];
    /** The last row of x → logits; with `allLogits` every row. */
    readonly head: readonly Dispatch[];
  };
  /** logits → the next token, in tokens[0] and the step. */
  readonly sample: readonly Dispatch[];
}

export interface ModelOptions {
  readonly capacity: number;
  /** Keep the logits of every token of a chunk, not only the last. For measurements. */
  readonly allLogits?: boolean;
}

/** Makes state, working memory and dispatches in `scope`. */
export function buildModel(
  gpu: Gpu,
  scope: MemoryScope,
  config: ModelConfig,
  weights: ModelWeights,
  kernels: ModelKernels,
  { capacity, allLogits = false }: ModelOptions,
): Model {
  const activations = allocateActivations(
    scope,
    config,
    chunkFor(config, gpu.maxBindingBytes, allLogits),
    allLogits,
  );
  const state = allocateState(scope, config, kernels.kvType, capacity);
  const shared = { scope, kernels, config, sizes: sizesOf(config), activations };
  // With many tokens there are workgroups enough; a fixed split also makes every chunk length give the same sums.
  const prefill = { ...shared, multiply: prefillProducts(scope, kernels, activations.step), nSplits: 1 };
  return {
    config,
    weights,
    state,
    activations,
    kvType: kernels.kvType,
    capacity,
    decode: decodeLists(
      {
        ...shared,
        kernels: kernels.decode,
        nSplits: gpu.isSoftware ? SOFTWARE_SPLITS : decodeSplits(config),
      },
      weights,
      state,
    ),
    prefill: {
      layers: layers(prefill, weights, state),
      head: allLogits
        ? head(prefill, weights, { lastOnly: false })
        : head({ ...prefill, multiply: lastRowProducts(scope, kernels) }, weights, { lastOnly: true }),
    },
    sample: kernels.sample(scope, { ...activations, vocabSize: config.vocabSize }),
  };
}

function layers(
  context: LayerContext,
  weights: ModelWeights,
  state: readonly LayerState[],
): readonly Dispatch[] {
  const { scope, kernels, config, activations } = context;
  const { step, x, normed, tokens } = activations;
  const { hiddenSize, rmsNormEps: eps } = config;
  const norm = { step, x, y: normed, hiddenSize, eps };
  const named = (layer: number, list: readonly Dispatch[]) =>
    list.map((dispatch) => ({ ...dispatch, label: `layers.${layer} ${dispatch.label}` }));
  return [
    ...embed(context, weights.embedTokens, tokens),
    ...weights.layers.flatMap((layer, i) => {
      const memory = state[i]!;
      let mixer: readonly Dispatch[];
      if (layer.kind === "linear" && memory.kind === "linear") mixer = gatedDeltaNet(context, layer, memory);
      else if (layer.kind === "full" && memory.kind === "full")
        mixer = gatedAttention(context, layer, memory);
      else throw new Error(`Layer ${i} is ${layer.kind}, its state ${memory.kind}.`);
      return named(i, [
        kernels.rmsNorm(scope, "input norm", { ...norm, weight: layer.inputNorm }),
        ...mixer,
        kernels.rmsNorm(scope, "post-attention norm", { ...norm, weight: layer.postAttentionNorm }),
        ...mlp(context, layer),
      ]);
    }),
  ];
}

function embed(context: LayerContext, matrix: Matrix, tokens: Activations["tokens"]): readonly Dispatch[] {
  const { scope, kernels, activations } = context;
  const { step, x } = activations;
  return matrix.pieces.map(({ range, firstRow, nRows }) =>
    kernels.embed(scope, "embed tokens", { step, tokens, weight: range, x, firstRow, nRows, k: matrix.k }),
  );
}

function head(
  context: LayerContext,
  weights: ModelWeights,
  options: { lastOnly: boolean },
): readonly Dispatch[] {
  const { scope, kernels, config, activations, multiply } = context;
  const { step, x, normed, logits } = activations;
  const { hiddenSize, rmsNormEps: eps, vocabSize } = config;
  return [
    kernels.rmsNorm(scope, "output norm", {
      step,
      x,
      weight: weights.outputNorm,
      y: normed,
      hiddenSize,
      eps,
      ...options,
    }),
    ...multiply("lm_head", { matrix: weights.lmHead, x: normed, y: logits, rowStride: vocabSize }),
  ];
}
