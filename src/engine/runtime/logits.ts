import type { Gpu } from "../gpu/device";
import { encode } from "../gpu/kernel";
import { readBack } from "../gpu/readback";
import { writeStep } from "../kernels/step";
import type { Model } from "./model";
import { clearRecurrent } from "./state/layer-state";

export interface LogitsOptions {
  readonly mode: "prefill" | "decode";
  /** Tokens per chunk of prefill; 1 in decode. */
  readonly chunk: number;
  /** Position of the first token; the state is empty all the same. */
  readonly start: number;
}

/**
 * The logits after each of `ids`, from an empty state, a chunk's rows [n, vocabSize] at a time. For
 * measurements against the reference: `model` is built with `allLogits`.
 */
export async function* logitsOf(
  gpu: Gpu,
  model: Model,
  ids: readonly number[],
  { mode, chunk, start }: LogitsOptions,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const { device } = gpu;
  const { activations, config, capacity } = model;
  const step = mode === "decode" ? 1 : Math.min(chunk, activations.chunk);
  for (let at = 0; at < ids.length; at += step) {
    const lists = mode === "decode" ? model.decode : model.prefill; // others once the cache has grown
    const tokens = ids.slice(at, at + step);
    device.queue.writeBuffer(activations.tokens.buffer, 0, Uint32Array.from(tokens));
    const place = { position: start + at, kvLength: at, nTokens: tokens.length, capacity };
    writeStep(device.queue, activations.step, place);
    const encoder = device.createCommandEncoder();
    if (at === 0) clearRecurrent(encoder, model.state);
    const pass = encoder.beginComputePass();
    encode(pass, lists.layers, tokens.length);
    encode(pass, lists.head, tokens.length);
    pass.end();
    device.queue.submit([encoder.finish()]);
    const sizeBytes = tokens.length * config.vocabSize * 4;
    yield new Float32Array(await readBack(gpu.memory, { ...activations.logits, sizeBytes }));
  }
}
