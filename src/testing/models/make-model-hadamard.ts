import type { ModelConfig } from "../../engine/weights/config/model-config";
import { expectedTensors, type TensorRole } from "../../engine/weights/config/tensor-names";
import { Random } from "../../ground/random";
import type { MetadataValue } from "./make-model-gguf";

/** Roles that PrismML's files leave as they are. */
const unfolded: readonly TensorRole[] = ["inProjA", "inProjB", "embedTokens"];

/**
 * The metadata of a folded model, as PrismML's files have it: version 2 where the head is tied, else 1.
 * Random weights are as good folded, so that nothing but this tells such a file from another.
 */
export function hadamardMetadata(config: ModelConfig, seed: number): (readonly [string, MetadataValue])[] {
  const matrices = expectedTensors(config).filter(({ kind }) => kind === "matrix");
  const folded = matrices.filter(({ role }) => !unfolded.includes(role));
  const widths = [...new Set(matrices.map(({ shape }) => shape[1]!))].toSorted((a, b) => a - b);
  const divides = (block: number) => widths.every((width) => width % block === 0);
  const blockSize = [1024, 512, 256, 128, 64, 32].find(divides)!;
  const random = new Random(seed);
  const nSigns = widths.reduce((sum, width) => sum + width, 0);
  const values: readonly (readonly [string, MetadataValue])[] = [
    ["version", { u32: config.hasTiedHead ? 2 : 1 }],
    ["block_size", { u32: blockSize }],
    ["transform", { text: "normalized-sylvester-walsh-hadamard" }],
    ["axis", { text: "input-last-dimension" }],
    ["sign_mode", { text: "explicit" }],
    ["weight_names", { texts: folded.map(({ name }) => name) }],
    ["inverse_weight_names", { texts: ["token_embd.weight"] }],
    ["sign_widths", { i32s: widths }],
    ["sign_values", { i32s: Array.from({ length: nSigns }, () => (random.uniform() < 0.5 ? -1 : 1)) }],
    ["gdn_v_grouped", { bool: true }],
    ["tied_output", { bool: config.hasTiedHead }],
  ];
  return values.map(([key, value]) => [`prism.hadamard.${key}`, value] as const);
}
