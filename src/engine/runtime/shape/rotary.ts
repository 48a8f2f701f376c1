import type { ModelConfig } from "../../weights/config/model-config";

/** Positions the table reaches: enough for the 1,010,000 of YaRN's longest context. */
export const MAX_POSITION = 1024 * 1024;
const STEP = 1024;

/**
 * (cos, sin) as f32 [1024 coarse | 1024 fine, rotaryDim / 2, 2]: of the angles of positions 0, 1024, 2048, …
 * and of 0, 1, … 1023. The shader adds the two angles by the sum formulas. Angles are made in f64. YaRN's
 * attention factor is in the fine half.
 */
export function rotaryTable(attention: ModelConfig["attention"]): Float32Array<ArrayBuffer> {
  const { frequencies, attentionFactor } = rotaryFrequencies(attention);
  const half = frequencies.length;
  const table = new Float32Array(2 * STEP * half * 2);
  for (let row = 0; row < STEP; row++) {
    frequencies.forEach((frequency, i) => {
      const coarse = (row * half + i) * 2;
      const fine = ((STEP + row) * half + i) * 2;
      table[coarse] = Math.cos(row * STEP * frequency);
      table[coarse + 1] = Math.sin(row * STEP * frequency);
      table[fine] = attentionFactor * Math.cos(row * frequency);
      table[fine + 1] = attentionFactor * Math.sin(row * frequency);
    });
  }
  return table;
}

/**
 * Radians per position for each pair of rotated dims. YaRN: Peng et al. 2023, arXiv:2309.00071, ramp as in
 * transformers.
 */
function rotaryFrequencies({ rotaryDim, ropeTheta, yarn }: ModelConfig["attention"]) {
  const plain = Array.from({ length: rotaryDim / 2 }, (_, i) => ropeTheta ** ((-2 * i) / rotaryDim));
  if (!yarn) return { frequencies: plain, attentionFactor: 1 };
  const { factor, originalContextLength, betaFast, betaSlow } = yarn;
  const dimOfRotations = (rotations: number) =>
    (rotaryDim * Math.log(originalContextLength / (rotations * 2 * Math.PI))) / (2 * Math.log(ropeTheta));
  const low = Math.max(Math.floor(dimOfRotations(betaFast)), 0);
  const high = Math.min(Math.ceil(dimOfRotations(betaSlow)), rotaryDim - 1);
  const frequencies = plain.map((frequency, i) => {
    const ramp = Math.min(1, Math.max(0, (i - low) / Math.max(high - low, 0.001)));
    return (frequency / factor) * ramp + frequency * (1 - ramp);
  });
  return { frequencies, attentionFactor: yarn.attentionFactor ?? 0.1 * Math.log(factor) + 1 };
}
