import type { Gpu } from "../gpu/device";
import type { MemoryScope } from "../gpu/buffers";
import type { Dispatch } from "../gpu/kernel";
import type { ModelConfig } from "../weights/config/model-config";
import {
  allocateActivations,
  chunkFor,
  decodeSplits,
  prefillSplits,
  type Activations,
} from "./shape/activations";
import { decodeLists } from "./layers/decode-model";
import type { ModelKernels } from "./compile/kernels";
import { foldedInput, hadamardOf, unfoldArgs } from "./layers/folded-input";
import type { LayerContext } from "./layers/layer-context";
import { prefillMixer } from "./layers/mixers";
import { mlp } from "./layers/mlp";
import { lastRowProducts, prefillProducts } from "./layers/products";
import type { KvCache } from "./state/kv-cache";
import { grownRoom, resizeCache } from "./state/kv-room";
import { segmentTokens, sizesOf } from "./shape/sizes";
import { allocateState, type LayerState, type StatefulModel } from "./state/layer-state";
import type { Matrix, ModelWeights } from "./weights/weights";

/**
 * A CPU has few cores, and starting the 128 workgroups of a GPU's splits took longer than all else of a
 * token.
 */
const SOFTWARE_SPLITS = 8; // the fewest that decodeSplits gives

/** A model ready to run: lists of dispatches over its weights, state and working memory, made once. */
export interface Model extends StatefulModel {
  readonly weights: ModelWeights;
  readonly activations: Activations;
  /** The precision of prefill's products. */
  readonly precision: ModelKernels["precision"];
  /** Tokens the KV cache has room for now; {@link reserve} makes more, up to `capacity`. */
  readonly room: number;
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
  /**
   * Makes room for `nTokens` tokens, or for all that the context may hold. The cache grows layer by layer and
   * moves: the lists are made anew, and the former ones must not be run again. What was submitted before
   * still finds its buffers.
   *
   * @throws OutOfMemoryError  with what was asked for and what is in use; the state is then as it was
   */
  reserve(nTokens: number): Promise<void>;
  /**
   * Gives back what is beyond the first room and not needed for `nTokens` tokens; what lies behind them is
   * lost. The lists are made anew here too.
   */
  shrinkTo(nTokens: number): Promise<void>;
}

export interface ModelOptions {
  readonly capacity: number;
  /** Tokens to allocate keys and values for at once; `capacity` unless said otherwise. */
  readonly room?: number;
  /** Tokens of a segment of the cache at most; what a binding holds unless said otherwise. */
  readonly segmentTokens?: number;
  /** Tokens of a chunk at most; what bindings allow unless said otherwise. */
  readonly chunk?: number;
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
  { capacity, room = capacity, segmentTokens: asked, chunk: longest, allLogits = false }: ModelOptions,
): Model {
  const { kvType, precision } = kernels;
  const perSegment = asked ?? segmentTokens(config, kvType, gpu.maxBindingBytes);
  const nSegments = Math.ceil(capacity / perSegment);
  const fitting = chunkFor(config, gpu.maxBindingBytes, nSegments, allLogits);
  const chunk = Math.min(longest ?? fitting, fitting);
  const activations = allocateActivations(scope, config, chunk, nSegments, allLogits);
  const firstRoom = Math.min(room, capacity);
  const state = allocateState(scope, config, {
    kvType,
    room: firstRoom,
    segmentTokens: perSegment,
  });
  const caches = state.filter((layer) => layer.kind === "full");
  const nSplits = gpu.isSoftware ? SOFTWARE_SPLITS : decodeSplits(config);
  const build = () => {
    const listScope = scope.child();
    const shared = { scope: listScope, config, sizes: sizesOf(config), activations };
    return { listScope, ...buildLists(shared, weights, kernels, state, { nSplits, allLogits }) };
  };
  let lists = build();
  let isRunnable = true;
  const resize = async (nTokens: number, keep: number) => {
    try {
      for (const cache of caches) await resizeCache(gpu, scope, cache, nTokens, keep, perSegment);
    } finally {
      const former = lists.listScope; // also where a layer was refused: those before it have moved
      lists = build();
      scope.disposeChild(former);
      isRunnable = false;
      await gpu.memory.allocated();
      isRunnable = true;
    }
  };
  const roomOf = () => Math.min(capacity, ...caches.map(roomIn));
  return {
    config,
    weights,
    state,
    activations,
    kvType,
    precision,
    capacity,
    get room() {
      return isRunnable ? roomOf() : 0; // then whoever asks for room has the lists made again
    },
    get decode() {
      return lists.decode;
    },
    get prefill() {
      return lists.prefill;
    },
    get sample() {
      return lists.sample;
    },
    reserve: async (nTokens) => {
      const now = roomOf();
      const needed = Math.min(nTokens, capacity);
      if (needed > now) await resize(grownRoom(now, needed, perSegment, capacity), now);
      else if (!isRunnable) await resize(now, now);
    },
    shrinkTo: async (nTokens) => {
      const smaller = grownRoom(firstRoom, nTokens, perSegment, capacity);
      if (smaller < roomOf()) await resize(smaller, nTokens);
    },
  };
}

const roomIn = ({ segments }: KvCache) => segments.reduce((sum, { capacity }) => sum + capacity, 0);

function buildLists(
  shared: Pick<LayerContext, "scope" | "config" | "sizes" | "activations">,
  weights: ModelWeights,
  kernels: ModelKernels,
  state: readonly LayerState[],
  { nSplits, allLogits }: { readonly nSplits: number; readonly allLogits: boolean },
): Pick<Model, "decode" | "prefill" | "sample"> {
  const { scope, config, activations } = shared;
  const prefill = {
    ...shared,
    kernels,
    nSplits: prefillSplits(config),
    multiply: prefillProducts(scope, kernels, activations.step),
  };
  return {
    decode: decodeLists({ ...shared, kernels: kernels.decode, nSplits }, weights, state),
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
      return named(i, [
        kernels.rmsNorm(scope, "input norm", { ...norm, weight: layer.inputNorm }),
        ...prefillMixer(context, layer, state[i]!),
        kernels.rmsNorm(scope, "post-attention norm", { ...norm, weight: layer.postAttentionNorm }),
        ...mlp(context, layer),
      ]);
    }),
  ];
}

function embed(context: LayerContext, matrix: Matrix, tokens: Activations["tokens"]): readonly Dispatch[] {
  const { scope, kernels, activations } = context;
  const { step, x, mixed } = activations;
  const rows = matrix.isFolded ? mixed : x;
  const lookUp = matrix.pieces.map(({ range: weight, firstRow, nRows }) =>
    kernels.embed(scope, "embed tokens", { step, tokens, weight, x: rows, firstRow, nRows, k: matrix.k }),
  );
  if (!matrix.isFolded) return lookUp;
  const unfold = { x: mixed, y: x, ...unfoldArgs(context, matrix) };
  return [...lookUp, hadamardOf(context).embedding(scope, "unfold", unfold)];
}

function head(
  context: LayerContext,
  weights: ModelWeights,
  options: { lastOnly: boolean },
): readonly Dispatch[] {
  const { scope, kernels, config, activations, multiply } = context;
  const { step, x, normed, mixed, logits } = activations;
  const { hiddenSize, rmsNormEps: eps, vocabSize } = config;
  const { lmHead: matrix } = weights;
  const oneRow = options.lastOnly;
  const input = foldedInput(context, "fold", { matrix, x: normed, into: mixed, oneRow });
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
    ...input.dispatches,
    ...multiply("lm_head", { matrix, x: input.x, y: logits, rowStride: vocabSize }),
  ];
}
