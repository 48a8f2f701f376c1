/** linear: Gated DeltaNet; full: gated softmax attention. */
export type LayerKind = "linear" | "full";

/** YaRN, Peng et al. 2023, arXiv:2309.00071: rotation stretched to a longer context. */
export interface YarnConfig {
  readonly factor: number;
  /** Tokens the model was trained for. */
  readonly originalContextLength: number;
  /**
   * Rotations over the original context above which a frequency stays, and below which it is divided by
   * `factor`.
   */
  readonly betaFast: number;
  readonly betaSlow: number;
  /** Multiplies cos and sin. */
  readonly attentionFactor: number;
}

export interface AttentionConfig {
  readonly nHeads: number;
  readonly nKvHeads: number;
  readonly headDim: number;
  /** Dims of each head that are rotated, the first ones. */
  readonly rotaryDim: number;
  readonly ropeTheta: number;
  readonly yarn?: YarnConfig;
}

export interface DeltaNetConfig {
  readonly nKeyHeads: number;
  /** Value head h uses key head h % nKeyHeads. */
  readonly nValueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly convKernel: number;
}

/**
 * Weights that are stored folded: a matrix W as W S H, with H the normalized Walsh–Hadamard matrix on each
 * block of inputs and S the diagonal of its width's signs. docs/model.md#folded-weights
 */
export interface HadamardConfig {
  readonly blockSize: number;
  /** 1 or −1, by the width of an input. */
  readonly signs: ReadonlyMap<number, Int8Array>;
  /** Names of the tensors that are folded. */
  readonly inputs: ReadonlySet<string>;
  /** The embedding's rows are stored as H (s ⊙ e). */
  readonly embedding: boolean;
  /** The head is that embedding: its input is transformed. */
  readonly tiedOutput: boolean;
  /** DeltaNet's output products have their columns grouped by key head, not tiled. */
  readonly groupedValueHeads: boolean;
}

/**
 * The experts of every layer of a mixture: a token takes `used` of `count`, and the shared expert, whose
 * width is the model's `intermediateSize`. docs/model.md#experts
 */
export interface ExpertsConfig {
  readonly count: number;
  readonly used: number;
  readonly width: number;
  /** The shared expert is multiplied by a gate of its own. */
  readonly hasSharedGate: boolean;
  /** By layer: the experts' gates and ups lie in one tensor, a gate before its up. */
  readonly isFused: readonly boolean[];
}

/** The sizes of a Qwen3.5, as its file gives them. */
export interface ModelConfig {
  readonly name: string;
  readonly architecture: "qwen35" | "qwen35moe";
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  /** Without multi-token-prediction blocks. */
  readonly nLayers: number;
  readonly layerKinds: readonly LayerKind[];
  readonly contextLength: number;
  readonly rmsNormEps: number;
  /** The logits are products with the embedding. */
  readonly hasTiedHead: boolean;
  readonly attention: AttentionConfig;
  readonly deltaNet: DeltaNetConfig;
  /** Absent from dense models. */
  readonly experts?: ExpertsConfig;
  /** Absent where weights are stored as they are. */
  readonly hadamard?: HadamardConfig;
}
