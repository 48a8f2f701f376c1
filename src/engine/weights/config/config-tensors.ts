import { counted } from "../../../ground/figures";
import type { ModelConfig } from "./model-config";
import { refuse } from "./config-metadata";
import { isPlain, plainTypes, runsType, runTypeNames } from "../types/type-facts";
import type { GgufFile, GgufTensor } from "../gguf/gguf";
import { expectedTensors, type ExpectedTensor } from "./tensor-names";
import { t } from "../../../language/language";

/**
 * Every tensor of the model is there with its shape, in a type that is run, and no layer has one more: a bias
 * or a scale that is not applied would make a model that talks nonsense. Blocks past the trunk (multi-token
 * prediction), and tensors of that kind left in it, are left alone.
 */
export function checkTensors(gguf: GgufFile, config: ModelConfig): void {
  const expected = expectedTensors(config);
  const names = new Set(expected.map(({ name }) => name));
  const isKnown = (name: string) => names.has(name) || isScale(gguf, name, names);
  for (const name of gguf.tensors.keys()) {
    // Those of no layer that are not known are no part of the model, but for the scale of one that is.
    if (/^(token_embd|output)\.scale$/.test(name) && !isKnown(name))
      refuse(
        t('The file has a tensor "{name}"; this app knows such a scale of NVFP4 matrices only.', { name }),
      );
    const [, layer, rest] = /^blk\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (layer === undefined || rest?.startsWith("nextn.") || Number(layer) >= config.nLayers || isKnown(name))
      continue;
    refuse(
      config.layerKinds[Number(layer)] === "full"
        ? t('Layer {layer}, with full attention, has a tensor "{name}"; no such tensor is known there.', {
            layer,
            name,
          })
        : t('Layer {layer}, with linear attention, has a tensor "{name}"; no such tensor is known there.', {
            layer,
            name,
          }),
    );
  }
  for (const want of expected) checkTensor(gguf.tensors.get(want.name), want, expected.length);
}

/**
 * Returns whether a tensor is the scale of an NVFP4 matrix, or that of its input, for products of 4-bit
 * activations, which this engine does not round.
 *
 * @throws UnsupportedModelError  for a scale that is no single F32
 */
function isScale({ tensors }: GgufFile, name: string, known: ReadonlySet<string>): boolean {
  const [, stem, kind] = /^(.+)\.(scale|input_scale)$/.exec(name) ?? [];
  const matrix = `${stem}.weight`;
  if (stem === undefined || !known.has(matrix) || tensors.get(matrix)?.type !== "NVFP4") return false;
  const { type, shape } = tensors.get(name)!;
  if (kind === "scale" && !(type === "F32" && shape.every((length) => length === 1)))
    refuse(
      t('Tensor "{name}" is {type} [{shape}]; the scale of an NVFP4 matrix is one F32.', {
        name,
        type,
        shape: shape.join(", "),
      }),
    );
  return true;
}

function checkTensor(found: GgufTensor | undefined, want: ExpectedTensor, nExpected: number): void {
  const shape = `[${want.shape.join(", ")}]`;
  if (!found)
    refuse(
      t('Tensor "{name}" {shape} is missing; this model needs {tensors}.', {
        name: want.name,
        shape,
        tensors: counted(nExpected, "tensor"),
      }),
    );
  if (found.shape.length !== want.shape.length || want.shape.some((n, i) => n !== found.shape[i]))
    refuse(
      t('Tensor "{name}" has shape [{shape}]; the file\'s sizes make it {shape2}.', {
        name: want.name,
        shape: found.shape.join(", "),
        shape2: shape,
      }),
    );
  const isMatrix = want.kind === "matrix";
  if (!(isMatrix ? runsType(found.type) : isPlain(found.type)))
    refuse(
      t('Tensor "{name}" is {type}; this app reads {plainTypes} there.', {
        name: want.name,
        type: found.type,
        plainTypes: (isMatrix ? runTypeNames : plainTypes).join(", "),
      }),
      t(
        "Choose another file of the same repository: Q4_K_M, or Q3_K_M, IQ3_XXS or Q2_K where memory is short.",
      ),
    );
}
