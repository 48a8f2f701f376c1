import type { ModelConfig } from "../../engine/weights/config/model-config";

interface Shape {
  readonly hiddenSize: number;
  readonly nLayers: number;
  readonly intermediateSize: number;
  readonly vocabSize: number;
  readonly hasTiedHead: boolean;
  readonly heads: readonly [nHeads: number, nKvHeads: number, headDim: number];
  readonly delta: readonly [nKeyHeads: number, nValueHeads: number, dim: number];
}

const real = { vocabSize: 248_320 };

/** The small shapes keep what the real ones differ in, and little else; the real ones: docs/model.md#sizes */
const shapes = {
  /** Small enough to commit: value heads 2 × key heads, tied. */
  nano: shape(256, 4, 256, [2, 1, 64], [2, 4, 64], { vocabSize: 320 }),
  /** The real head sizes: 256 with 64 rotated, 128 in the linear layers. */
  heads: shape(256, 4, 256, [4, 2, 256], [2, 4, 128], { vocabSize: 320 }),
  /** The value heads equal the key heads, as in the 0.8B and 2B. */
  tiny: shape(256, 8, 512, [4, 2, 64], [4, 4, 64], { vocabSize: 512 }),
  /** Twice the key heads and an untied head, as the 9B. */
  "tiny-grouped": shape(256, 4, 768, [8, 2, 32], [2, 4, 64], { vocabSize: 512, hasTiedHead: false }),
  /** Three times the key heads, as the 27B. */
  "tiny-triple": shape(512, 4, 768, [4, 2, 64], [2, 6, 128], { vocabSize: 512, hasTiedHead: false }),
  /** The widths of the 0.8B, four layers deep. */
  wide: shape(1024, 4, 3584, [8, 2, 256], [16, 16, 128], { vocabSize: 2048 }),
  /** The depth of the 0.8B and 2B, as narrow as can be. */
  deep: shape(256, 24, 256, [2, 1, 64], [2, 4, 64], { vocabSize: 320 }),
  "qwen35-0.8b": shape(1024, 24, 3584, [8, 2, 256], [16, 16, 128], real),
  "qwen35-2b": shape(2048, 24, 6144, [8, 2, 256], [16, 16, 128], real),
  "qwen35-4b": shape(2560, 32, 9216, [16, 4, 256], [16, 32, 128], real),
  "qwen35-9b": shape(4096, 32, 12288, [16, 4, 256], [16, 32, 128], { ...real, hasTiedHead: false }),
  "qwen35-27b": shape(5120, 64, 17408, [24, 4, 256], [16, 48, 128], { ...real, hasTiedHead: false }),
} satisfies Record<string, Shape>;

export type ConfigName = keyof typeof shapes;
export const configNames = Object.keys(shapes) as ConfigName[];

function shape(
  hiddenSize: number,
  nLayers: number,
  intermediateSize: number,
  heads: Shape["heads"],
  delta: Shape["delta"],
  { vocabSize, hasTiedHead = true }: { readonly vocabSize: number; readonly hasTiedHead?: boolean },
): Shape {
  return { hiddenSize, nLayers, intermediateSize, vocabSize, hasTiedHead, heads, delta };
}

export interface YarnOptions {
  readonly factor: number;
  readonly originalContextLength: number;
}

/**
 * The config that `readModelConfig` finds in a model made under this name.
 *
 * @param nLayers  only its first layers, with embedding and head as they are
 */
export function configOf(
  name: ConfigName,
  yarn?: YarnOptions,
  nLayers: number = shapes[name].nLayers,
): ModelConfig {
  const { heads, delta, ...all } = shapes[name];
  const sizes = { ...all, nLayers };
  const [nHeads, nKvHeads, headDim] = heads;
  const [nKeyHeads, nValueHeads, dim] = delta;
  return {
    name: `random ${name}`,
    architecture: "qwen35",
    ...sizes,
    layerKinds: Array.from({ length: sizes.nLayers }, (_, i) => ((i + 1) % 4 === 0 ? "full" : "linear")),
    contextLength: 262_144,
    rmsNormEps: Math.fround(1e-6),
    attention: {
      nHeads,
      nKvHeads,
      headDim,
      rotaryDim: headDim / 4,
      ropeTheta: 1e7,
      ...(yarn && {
        yarn: { ...yarn, betaFast: 32, betaSlow: 1, attentionFactor: 0.1 * Math.log(yarn.factor) + 1 },
      }),
    },
    deltaNet: { nKeyHeads, nValueHeads, keyDim: dim, valueDim: dim, convKernel: 4 },
  };
}
