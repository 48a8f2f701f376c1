import { copyOut } from "../../gpu/readback";
import type { MemoryScope } from "../../gpu/buffers";
import type { Gpu } from "../../gpu/device";
import { kvBytesPerToken } from "../shape/sizes";
import { kvRanges, type KvRange } from "./kv-cache";
import {
  allocateCheckpoint,
  clearRecurrent,
  copyRecurrent,
  type DeltaNetState,
  type LayerState,
  type StatefulModel,
} from "./layer-state";
import type { SequenceMemory } from "./sequence-memory";

/** A model's state on the GPU, its checkpoints, and the ways from there to bytes and back. */
export class GpuSequenceMemory implements SequenceMemory {
  readonly nSlots: number;
  readonly capacity: number;
  readonly recurrentBytes: number;
  readonly kvBytesPerToken: number;
  readonly #gpu: Gpu;
  readonly #model: StatefulModel;
  readonly #slots: readonly (readonly (DeltaNetState | null)[])[];

  constructor(gpu: Gpu, model: StatefulModel, scope: MemoryScope, nSlots: number) {
    this.#gpu = gpu;
    this.#model = model;
    const { config } = model;
    const nFull = config.layerKinds.filter((kind) => kind === "full").length;
    this.nSlots = nSlots;
    this.capacity = model.capacity;
    this.kvBytesPerToken = nFull * 2 * kvBytesPerToken(config, model.kvType);
    this.#slots = Array.from({ length: this.nSlots }, () => allocateCheckpoint(scope, config));
    this.recurrentBytes = rangesOf(model.state).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  clear(): void {
    this.#submit((encoder) => clearRecurrent(encoder, this.#model.state));
  }

  copyToSlot(slot: number): void {
    this.#submit((encoder) => copyRecurrent(encoder, this.#model.state, this.#slots[slot]!));
  }

  copyFromSlot(slot: number): void {
    this.#submit((encoder) => copyRecurrent(encoder, this.#slots[slot]!, this.#model.state));
  }

  readSlot(slot: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#readBack(stretchOf(rangesOf(this.#slots[slot]!), offset, length));
  }

  writeRecurrent(offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#write(stretchOf(rangesOf(this.#model.state), offset, bytes.length), bytes);
  }

  readKv(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#readBack(this.#kvRanges(start, end));
  }

  writeKv(start: number, end: number, bytes: Uint8Array<ArrayBuffer>): void {
    // A layer's keys, and again its values, are one run of bytes, of which the first tokens are wanted.
    let offset = 0;
    const nTokens = bytes.length / this.kvBytesPerToken;
    for (const layer of this.#model.state) {
      if (layer.kind !== "full") continue;
      for (const part of ["keys", "values"] as const) {
        const ranges = kvRanges(layer, start, end);
        const half = part === "keys" ? ranges.slice(0, ranges.length / 2) : ranges.slice(ranges.length / 2);
        const runBytes = nTokens * layer.bytesPerToken;
        this.#write(half, bytes.subarray(offset, offset + (end - start) * layer.bytesPerToken));
        offset += runBytes;
      }
    }
  }

  #kvRanges(start: number, end: number): readonly KvRange[] {
    return this.#model.state.flatMap((layer) => (layer.kind === "full" ? kvRanges(layer, start, end) : []));
  }

  #write(ranges: readonly KvRange[], bytes: Uint8Array<ArrayBuffer>): void {
    let at = 0;
    for (const { buffer, offset, sizeBytes } of ranges) {
      this.#gpu.device.queue.writeBuffer(buffer, offset, bytes, at, sizeBytes);
      at += sizeBytes;
    }
  }

  async #readBack(ranges: readonly KvRange[]): Promise<Uint8Array<ArrayBuffer>> {
    const { memory } = this.#gpu;
    const total = ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const staging = memory.create(
      { layer: null, kind: "staging", name: "state to keep" },
      total,
      GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    );
    try {
      await copyOut(memory, (encoder) => {
        let at = 0;
        for (const { buffer, offset, sizeBytes } of ranges) {
          encoder.copyBufferToBuffer(buffer, offset, staging, at, sizeBytes);
          at += sizeBytes;
        }
      });
      await staging.mapAsync(GPUMapMode.READ);
      return new Uint8Array(staging.getMappedRange(0, total).slice(0));
    } finally {
      memory.destroy(staging);
    }
  }

  #submit(encode: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.#gpu.device.createCommandEncoder();
    encode(encoder);
    this.#gpu.device.queue.submit([encoder.finish()]);
  }
}

/** The ranges that can not be cut back, in one order. */
function rangesOf(state: readonly (LayerState | null)[]): readonly KvRange[] {
  return state.flatMap((layer) => (layer?.kind === "linear" ? [layer.recurrent, layer.ring] : []));
}

/** Bytes [offset, offset + length) of ranges laid end to end. */
function stretchOf(ranges: readonly KvRange[], offset: number, length: number): readonly KvRange[] {
  const stretch: KvRange[] = [];
  let start = 0;
  for (const range of ranges) {
    const first = Math.max(offset, start);
    const end = Math.min(offset + length, start + range.sizeBytes);
    if (first < end)
      stretch.push({ buffer: range.buffer, offset: range.offset + first - start, sizeBytes: end - first });
    start += range.sizeBytes;
  }
  return stretch;
}
