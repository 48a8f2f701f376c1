import { counted } from "../../../ground/figures";
import type { ModelConfig } from "./model-config";
import { refuse } from "./config-metadata";
import { isPlain, plainTypes, runsType, runTypeNames } from "../types/type-facts";
import type { GgufFile, GgufTensor } from "../gguf/gguf";
import { expectedTensors, type ExpectedTensor } from "./tensor-names";

/**
 * Every tensor of the model is there with its shape, in a type that is run, and no layer has one more: a bias
 * or a scale that is not applied would make a model that talks nonsense. Blocks past the trunk (multi-token
 * prediction), and tensors of that kind left in it, are left alone.
 */
export function checkTensors(gguf: GgufFile, config: ModelConfig): void {
  const expected = expectedTensors(config);
  const names = new Set(expected.map(({ name }) => name));
  for (const name of gguf.tensors.keys()) {
    const [, layer, rest] = /^blk\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (
      layer === undefined ||
      rest?.startsWith("nextn.") ||
      Number(layer) >= config.nLayers ||
      names.has(name)
    )
      continue;
    const kind = config.layerKinds[Number(layer)]!;
    refuse(`Layer ${layer}, with ${kind} attention, has a tensor "${name}"; no such tensor is known there.`);
  }
  for (const want of expected) checkTensor(gguf.tensors.get(want.name), want, expected.length);
}

function checkTensor(found: GgufTensor | undefined, want: ExpectedTensor, nExpected: number): void {
  const shape = `[${want.shape.join(", ")}]`;
  if (!found)
    refuse(`Tensor "${want.name}" ${shape} is missing; this model needs ${counted(nExpected, "tensor")}.`);
  if (found.shape.length !== want.shape.length || want.shape.some((n, i) => n !== found.shape[i]))
    refuse(`Tensor "${want.name}" has shape [${found.shape.join(", ")}]; the file's sizes make it ${shape}.`);
  const isMatrix = want.kind === "matrix";
  if (!(isMatrix ? runsType(found.type) : isPlain(found.type)))
    refuse(
      `Tensor "${want.name}" is ${found.type}; this app reads ${(isMatrix ? runTypeNames : plainTypes).join(", ")} there.`,
      "Choose another file of the same repository: Q4_K_M, or Q3_K_M, IQ3_XXS or Q2_K where memory is short.",
    );
}
