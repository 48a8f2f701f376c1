import type { SamplingControls } from "../ground/sampling";
export interface SamplerHistory {
  readonly prompt: ReadonlySet<number>;
  /** Ids of this answer. */
  readonly generated: ReadonlySet<number>;
}

/**
 * The probability of each token to be drawn, in this order:
 *
 *  1. repetition penalty  l > 0 ? l / r : l r, for ids of the prompt or the answer (Keskar et al. 2019,
 *                         arXiv:1909.05858)
 *  2. presence penalty    l − p, for ids of the answer
 *  3. temperature         softmax(l / T)
 *  4. top-k               ties at the k-th largest are all kept
 *  5. top-p               of the renormalized rest, the smallest set of the most probable whose mass reaches
 *                         p; ties at the cut are all kept (Holtzman et al. 2019, arXiv:1904.09751)
 *  6. min-p               at least min-p times the largest (Nguyen et al. 2024, arXiv:2407.01082)
 */
export function samplingProbabilities(
  logits: Float64Array,
  settings: SamplingControls,
  { prompt, generated }: SamplerHistory,
): Float64Array {
  const penalized = logits.map((logit, id) => {
    const isSeen = prompt.has(id) || generated.has(id);
    const { repetitionPenalty } = settings;
    const l = !isSeen ? logit : logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
    return generated.has(id) ? l - settings.presencePenalty : l;
  });
  const highest = penalized.reduce((best, l) => Math.max(best, l), -Infinity);
  if (settings.temperature === 0) {
    const best = penalized.indexOf(highest);
    return penalized.map((_, id) => (id === best ? 1 : 0));
  }
  const weights = penalized.map((l) => Math.exp((l - highest) / settings.temperature));
  return normalize(
    keepMinP(keepTopP(keepTopK(weights, penalized, settings.topK), settings.topP), settings.minP),
  );
}

/** The id at `uniform` in [0, 1) of the cumulative probabilities. */
export function drawToken(probabilities: Float64Array, uniform: number): number {
  let below = 0;
  for (let id = 0; id < probabilities.length; id++) {
    below += probabilities[id]!;
    if (uniform < below) return id;
  }
  // Rounding can leave the sum a hair under 1: then it is the last token that can be drawn.
  return probabilities.findLastIndex((p) => p > 0);
}

/** Compares logits, not weights: exp can make different logits equal. */
function keepTopK(weights: Float64Array, logits: Float64Array, k: number): Float64Array {
  if (k === 0 || k >= logits.length) return weights;
  const kth = logits.toSorted().at(-k)!;
  return weights.map((weight, id) => (logits[id]! >= kth ? weight : 0));
}

function keepTopP(weights: Float64Array, p: number): Float64Array {
  if (p >= 1) return weights;
  const target = p * sumOf(weights);
  const descending = weights.toSorted().reverse();
  let mass = 0;
  let cut = descending[0]!;
  for (const weight of descending) {
    if (mass >= target && weight < cut) break;
    cut = weight;
    mass += weight;
  }
  return weights.map((weight) => (weight >= cut ? weight : 0));
}

function keepMinP(weights: Float64Array, minP: number): Float64Array {
  const least = minP * weights.reduce((best, weight) => Math.max(best, weight), 0);
  return weights.map((weight) => (weight >= least ? weight : 0));
}

function normalize(weights: Float64Array): Float64Array {
  const sum = sumOf(weights);
  return weights.map((weight) => weight / sum);
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
