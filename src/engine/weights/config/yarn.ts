import type { ModelConfig } from "./model-config";
import { longestContext } from "../../../ground/yarn";

/**
 * The model with its rotation stretched to `factor` times its context by YaRN (Peng et al. 2023,
 * arXiv:2309.00071), as its makers advise for contexts past the trained one. A file that brings its own YaRN
 * keeps it; `null` leaves everything as it is.
 */
export function stretched(config: ModelConfig, factor: number | null): ModelConfig {
  if (factor === null || config.attention.yarn) return config;
  const yarn = {
    factor,
    originalContextLength: config.contextLength,
    betaFast: 32,
    betaSlow: 1,
    attentionFactor: 0.1 * Math.log(factor) + 1,
  };
  const contextLength = longestContext(config.contextLength, factor);
  return { ...config, contextLength, attention: { ...config.attention, yarn } };
}
