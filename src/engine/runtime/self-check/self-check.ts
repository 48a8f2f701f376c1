import type { Gpu } from "../../gpu/device";
import { encode } from "../../gpu/kernel";
import { readBack } from "../../gpu/readback";
import { writeStep } from "../../kernels/step";
import type { Precision } from "../compile/prefill-products";
import type { Model } from "../model";
import { clearRecurrent } from "../state/layer-state";

/** The result of comparing the kernels of a model with each other on this device. */
export interface SelfCheck {
  readonly isRight: boolean;
  /**
   * Largest relative difference of the logits, as root mean squares; Infinity where one is no number, NaN
   * where none is.
   */
  readonly difference: number;
  readonly nTokens: number;
  /** The first layer after which they differ, "embedding" before all; `null` where they agree. */
  readonly from: string | null;
}

/** More than a tile of prefill's products and a block of the delta rule have, and not a multiple of them. */
const TOKENS = 37;
/** A software adapter takes seconds a token on a real model; its numbers are held by the project's tests. */
const SOFTWARE_TOKENS = 3;

/**
 * The differences that rounding makes, with a wide margin, since what is right must never be called wrong:
 * goldens give 5e-6, 1e-3 and 0.04, a wrong kernel 5e-3 (one key of 37 lost) to above 1.
 */
const TOLERANCE: Readonly<Record<Precision, number>> = { f32: 3e-3, f16: 0.05, int8: 0.3 };

/**
 * Runs the same tokens through the kernels that read prompts and through those that draw answers: other
 * products, other attention, another delta rule. So a driver that gets one of them wrong makes them differ. A
 * third run reads all but the last token and draws from there: it holds what one hands to the other.
 *
 * The state is left changed; the caller resets it.
 */
export async function checkNumbers(gpu: Gpu, model: Model): Promise<SelfCheck> {
  const most = gpu.isSoftware ? SOFTWARE_TOKENS : TOKENS;
  const nTokens = Math.min(most, model.capacity, model.room, model.activations.chunk);
  const ids = someIds(nTokens, model.config.vocabSize);
  const runs = {
    drawn: await logitsAfter(gpu, model, ids, 0),
    read: await logitsAfter(gpu, model, ids, nTokens),
    both: await logitsAfter(gpu, model, ids, nTokens - 1),
  };
  // Weights that are damaged give no numbers either way: that is the model's fault, which warming up says.
  const isDamaged = Object.values(runs).every((logits) => !logits.every(Number.isFinite));
  if (isDamaged) return { isRight: true, difference: NaN, nTokens, from: null };
  const difference = Math.max(
    relativeDifference(runs.drawn, runs.read),
    relativeDifference(runs.drawn, runs.both),
  );
  const isRight = difference <= TOLERANCE[model.precision];
  return { isRight, difference, nTokens, from: isRight ? null : await firstDifference(gpu, model, ids) };
}

/** Root mean square of the difference over that of `expected`; Infinity where one is no number. */
export function relativeDifference(expected: Float32Array, found: Float32Array): number {
  let [squares, differences] = [0, 0];
  for (const [i, value] of expected.entries()) {
    squares += value ** 2;
    differences += (value - found[i]!) ** 2;
  }
  const relative = Math.sqrt(differences / squares);
  return Number.isFinite(relative) ? relative : Infinity;
}

/** The logits after all of `ids`, the first `nRead` of them read as a prompt and the others one by one. */
async function logitsAfter(gpu: Gpu, model: Model, ids: readonly number[], nRead: number) {
  runTokens(gpu, model, ids, nRead);
  const { logits } = model.activations;
  return new Float32Array(await readBack(gpu.memory, { ...logits, sizeBytes: model.config.vocabSize * 4 }));
}

function runTokens(gpu: Gpu, model: Model, ids: readonly number[], nRead: number): void {
  if (nRead > 0) runStep(gpu, model, "prefill", ids.slice(0, nRead), 0);
  for (let at = nRead; at < ids.length; at++) runStep(gpu, model, "decode", [ids[at]!], at);
}

/** @param afterLayer  encodes more, behind each part of the list that ends in the residual stream */
function runStep(
  gpu: Gpu,
  model: Model,
  mode: "prefill" | "decode",
  tokens: readonly number[],
  kvLength: number,
  afterLayer?: (encoder: GPUCommandEncoder, layer: number) => void,
): void {
  const { device } = gpu;
  const { activations, capacity } = model;
  device.queue.writeBuffer(activations.tokens.buffer, 0, Uint32Array.from(tokens));
  const nTokens = tokens.length;
  writeStep(device.queue, activations.step, { kvLength, nTokens, capacity });
  const encoder = device.createCommandEncoder();
  if (kvLength === 0) clearRecurrent(encoder, model.state);
  const { layers, head } = model[mode];
  const parts = afterLayer ? partsByLayer(layers) : [[...layers, ...head]];
  parts.forEach((part, i) => {
    const pass = encoder.beginComputePass();
    encode(pass, part, nTokens);
    pass.end();
    afterLayer?.(encoder, i);
  });
  device.queue.submit([encoder.finish()]);
}

/** The embedding, then each layer: their dispatches say whose they are. */
function partsByLayer<D extends { readonly label: string }>(dispatches: readonly D[]): readonly D[][] {
  const parts: D[][] = [[]];
  let current = "";
  for (const dispatch of dispatches) {
    const [, layer = ""] = /^layers\.(\d+) /.exec(dispatch.label) ?? [];
    if (layer !== current) parts.push([]);
    current = layer;
    parts.at(-1)!.push(dispatch);
  }
  return parts;
}

/** Compares the residual stream of the last token after the embedding and after each layer. */
async function firstDifference(gpu: Gpu, model: Model, ids: readonly number[]): Promise<string> {
  const { hiddenSize, layerKinds } = model.config;
  const rowBytes = hiddenSize * 4;
  const scope = gpu.memory.scope();
  try {
    const stream = async (nRead: number) => {
      const kept = scope.storage(
        { layer: null, kind: "staging", name: "self-check" },
        (layerKinds.length + 1) * rowBytes,
      );
      const { buffer, offset } = model.activations.x;
      const keepRow = (row: number) => (encoder: GPUCommandEncoder, part: number) =>
        encoder.copyBufferToBuffer(
          buffer,
          offset + row * rowBytes,
          kept.buffer,
          kept.offset + part * rowBytes,
          rowBytes,
        );
      const last = ids.length - 1;
      if (nRead > 0) runStep(gpu, model, "prefill", ids, 0, keepRow(last));
      else {
        runTokens(gpu, model, ids.slice(0, -1), 0);
        runStep(gpu, model, "decode", ids.slice(-1), last, keepRow(0));
      }
      return new Float32Array(await readBack(gpu.memory, kept));
    };
    const [drawn, read] = [await stream(0), await stream(ids.length)];
    const rowOf = (all: Float32Array, part: number) =>
      all.subarray(part * hiddenSize, (part + 1) * hiddenSize);
    for (let part = 0; part <= layerKinds.length; part++)
      if (!(relativeDifference(rowOf(drawn, part), rowOf(read, part)) <= TOLERANCE[model.precision]))
        return part === 0 ? "embedding" : `layer ${part - 1}`;
    return "head";
  } finally {
    scope.dispose();
  }
}

/** Ids from all over the vocabulary, the same every time. */
function someIds(nTokens: number, vocabSize: number): readonly number[] {
  return Array.from({ length: nTokens }, (_, i) => (7 + i * 7919) % vocabSize);
}
