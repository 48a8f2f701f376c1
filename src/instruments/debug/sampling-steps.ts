import type { SamplingControls } from "../../ground/sampling";

export const samplingStepNames = ["model", "penalties", "temperature", "top-k", "top-p", "min-p"] as const;

/**
 * The probability of each token after each step of sampling, in the order of {@link samplingStepNames}; the
 * last is what it is drawn with. The steps are those of shaders/sample-draw.wgsl, and of reference/sampler.ts
 * in f64.
 */
export function samplingSteps(
  logits: Float32Array,
  settings: SamplingControls,
  prompt: ReadonlySet<number>,
  generated: ReadonlySet<number>,
): readonly Float64Array[] {
  const { temperature, topK, topP, minP, presencePenalty, repetitionPenalty } = settings;
  const penalized = Float64Array.from(logits);
  for (const id of new Set([...prompt, ...generated])) {
    const l = penalized[id]!;
    const repeated = l > 0 ? l / repetitionPenalty : l * repetitionPenalty;
    penalized[id] = generated.has(id) ? repeated - presencePenalty : repeated;
  }
  const model = softmax(Float64Array.from(logits), 1);
  const afterPenalties = softmax(penalized, 1);
  if (temperature === 0) {
    const best = penalized.indexOf(highestOf(penalized));
    const greedy = penalized.map((_, id) => (id === best ? 1 : 0));
    return [model, afterPenalties, greedy, greedy, greedy, greedy];
  }
  const tempered = softmax(penalized, temperature);
  const kth = topK > 0 && topK < penalized.length ? penalized.toSorted().at(-topK)! : -Infinity;
  const byK = normalize(tempered.map((p, id) => (penalized[id]! >= kth ? p : 0)));
  const byP = topP >= 1 ? byK : keepMass(byK, topP);
  const least = minP * highestOf(byP);
  return [model, afterPenalties, tempered, byK, byP, normalize(byP.map((p) => (p >= least ? p : 0)))];
}

/** The smallest set of the most probable whose mass reaches `target`; ties at the cut are all kept. */
function keepMass(probabilities: Float64Array, target: number): Float64Array {
  const descending = probabilities
    .filter((p) => p > 0)
    .sort()
    .reverse();
  let mass = 0;
  let cut = descending[0]!;
  for (const p of descending) {
    if (mass >= target && p < cut) break;
    cut = p;
    mass += p;
  }
  return normalize(probabilities.map((p) => (p >= cut ? p : 0)));
}

function softmax(logits: Float64Array, temperature: number): Float64Array {
  const highest = highestOf(logits);
  return normalize(logits.map((l) => Math.exp((l - highest) / temperature)));
}

function normalize(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

const highestOf = (values: Float64Array) => values.reduce((best, value) => Math.max(best, value), -Infinity);
