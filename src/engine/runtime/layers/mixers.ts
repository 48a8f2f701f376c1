import type { GpuRange } from "../../gpu/buffers";
import type { Dispatch } from "../../gpu/kernel";
import type { NormedInput } from "../../kernels/products/norm-product";
import type { LayerState } from "../state/layer-state";
import type { LayerWeights } from "../weights/weights";
import { decodeAttention } from "./decode-attention";
import type { DecodeContext, ResidualPart } from "./decode-context";
import { decodeDeltaNet } from "./decode-delta-net";
import { gatedAttention } from "./gated-attention";
import { gatedDeltaNet } from "./gated-delta-net";
import type { LayerContext } from "./layer-context";

/** normed → x += the part of a layer that mixes tokens, by the layer's kind: prefill. */
export function prefillMixer(
  context: LayerContext,
  layer: LayerWeights,
  memory: LayerState,
): readonly Dispatch[] {
  if (layer.kind === "linear" && memory.kind === "linear") return gatedDeltaNet(context, layer, memory);
  if (layer.kind === "full" && memory.kind === "full") return gatedAttention(context, layer, memory);
  throw unlike(layer, memory);
}

/** The same for a token alone: decode. */
export function decodeMixer(
  context: DecodeContext,
  layer: LayerWeights,
  memory: LayerState,
  input: NormedInput,
  nextNorm: GpuRange,
): ResidualPart {
  if (layer.kind === "linear" && memory.kind === "linear")
    return decodeDeltaNet(context, layer, memory, input, nextNorm);
  if (layer.kind === "full" && memory.kind === "full")
    return decodeAttention(context, layer, memory, input, nextNorm);
  throw unlike(layer, memory);
}

const unlike = (layer: LayerWeights, memory: LayerState) =>
  new Error(`A layer is ${layer.kind}, its state ${memory.kind}.`);
