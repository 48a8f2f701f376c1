export interface RotaryConfig {
  readonly rotaryDim: number;
  readonly ropeTheta: number;
  readonly yarn?: {
    readonly factor: number;
    readonly originalContextLength: number;
    readonly betaFast: number;
    readonly betaSlow: number;
    readonly attentionFactor: number;
  };
}

/**
 * Radians per position of each of the rotaryDim / 2 pairs: theta^(−2i / rotaryDim). With YaRN a pair that
 * turns more than betaFast times in the original context keeps its frequency, one that turns less than
 * betaSlow times has it divided by the factor, and between the two pairs where that happens (rounded
 * outwards) the mix is linear. Peng et al. 2023, arXiv:2309.00071, as transformers and llama.cpp do it.
 */
export function rotaryFrequencies({ rotaryDim, ropeTheta, yarn }: RotaryConfig): Float64Array {
  const plain = Float64Array.from({ length: rotaryDim / 2 }, (_, i) => ropeTheta ** ((-2 * i) / rotaryDim));
  if (!yarn) return plain;
  const pairThatTurns = (times: number) =>
    (rotaryDim * Math.log(yarn.originalContextLength / (times * 2 * Math.PI))) / (2 * Math.log(ropeTheta));
  const first = Math.max(Math.floor(pairThatTurns(yarn.betaFast)), 0);
  const last = Math.min(Math.ceil(pairThatTurns(yarn.betaSlow)), rotaryDim - 1);
  return plain.map((frequency, i) => {
    const stretched = Math.min(1, Math.max(0, (i - first) / Math.max(last - first, 0.001)));
    return stretched * (frequency / yarn.factor) + (1 - stretched) * frequency;
  });
}

/**
 * Rotates the first rotaryDim dims of a head: dim i with dim i + rotaryDim / 2, by position × frequency i.
 * The others stay. For text the three sections of M-RoPE share one position, so this is all of it. Su et al.
 * 2021, arXiv:2104.09864.
 */
export function rotate(x: Float64Array, position: number, config: RotaryConfig): Float64Array {
  const scale = config.yarn?.attentionFactor ?? 1;
  const half = config.rotaryDim / 2;
  const y = x.slice();
  rotaryFrequencies(config).forEach((frequency, i) => {
    const cos = scale * Math.cos(position * frequency);
    const sin = scale * Math.sin(position * frequency);
    y[i] = x[i]! * cos - x[i + half]! * sin;
    y[i + half] = x[i + half]! * cos + x[i]! * sin;
  });
  return y;
}
