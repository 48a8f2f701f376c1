import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Gpu } from "../../gpu/device";
import { encode } from "../../gpu/kernel";
import { REPACK_SLICE_BLOCKS, type Repack } from "../../kernels/load/repack";
import { blockOf, isCopy, repackingName, type Repacking } from "../../kernels/load/repacking";
import { SPAN_WEIGHTS } from "../../kernels/products/weight-format";
import type { ReadAhead } from "../../weights/bytes/read-ahead";
import { BusyTime } from "../shape/stages";
import type { Matrix } from "./weights";
import type { PlannedMatrix } from "./weights-plan";

/** Bytes of one slice on its way to the GPU, at most. */
const SLICE_BYTES = 4 * 2 ** 20;
/** Slices on their way at once. */
const RING = 3;

const sliceBytesFor = (maxBindingBytes: number) => Math.min(SLICE_BYTES, maxBindingBytes);

/** The ring's bytes on the GPU, for the plan: staging buffers and as many for the raw blocks. */
export const stagingBytes = (maxBindingBytes: number) => 2 * RING * sliceBytesFor(maxBindingBytes);

interface Slot {
  readonly staging: GPUBuffer;
  readonly raw: GpuRange;
  /** Resolves when the slice before is with the GPU and `staging` can be written again. */
  ready: Promise<unknown>;
}

/**
 * One run of bytes of the file, what it is for, and what takes it on from there: a dispatch, or a copy of
 * plain weights.
 */
export interface Slice {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly repacking: Repacking;
  readonly planes: GpuRange;
  readonly nSpans: number;
  readonly firstBlock: number;
  readonly nBlocks: number;
}

/** Cuts a matrix in the file into slices of whole blocks, piece by piece. */
export function* slicesOf(planned: PlannedMatrix, matrix: Matrix, maxSliceBytes: number): Generator<Slice> {
  const { k } = matrix;
  const repacking = { from: planned.type, to: planned.format };
  const block = blockOf(repacking);
  const group = REPACK_SLICE_BLOCKS * block.bytes;
  const blocksPerSlice = Math.max(1, Math.floor(maxSliceBytes / group)) * REPACK_SLICE_BLOCKS;
  let at = planned.tensor.offset;
  for (const { range, nRows } of matrix.pieces) {
    const pieceBlocks = (nRows * k) / block.weights;
    const nSpans = (nRows * k) / SPAN_WEIGHTS;
    for (let firstBlock = 0; firstBlock < pieceBlocks; firstBlock += blocksPerSlice) {
      const nBlocks = Math.min(blocksPerSlice, pieceBlocks - firstBlock);
      const sizeBytes = nBlocks * block.bytes;
      yield { offset: at, sizeBytes, repacking, planes: range, nSpans, firstBlock, nBlocks };
      at += sizeBytes;
    }
  }
}

/**
 * Streams slices of the file through a ring of mapped staging buffers: while the GPU repacks some, the next
 * is filled.
 */
export class Uploader {
  readonly #scope: MemoryScope;
  readonly #slots: Slot[];
  #next = 0;
  /** The longest slice it takes. */
  readonly sliceBytes: number;
  /** While the GPU had slices to copy, repack or quantize. */
  readonly repacking = new BusyTime();

  /** @param scope holds the ring; the caller gives it back, also where the device refuses it */
  constructor(
    { maxBindingBytes }: Gpu,
    scope: MemoryScope,
    readonly file: ReadAhead,
    /** By {@link repackingName}; copies have none. */
    readonly repack: ReadonlyMap<string, Repack>,
  ) {
    this.sliceBytes = sliceBytesFor(maxBindingBytes);
    this.#scope = scope;
    this.#slots = Array.from({ length: RING }, () => ({
      staging: this.#scope.create(
        { layer: null, kind: "staging", name: "upload" },
        this.sliceBytes,
        GPUBufferUsage.MAP_WRITE | GPUBufferUsage.COPY_SRC,
      ),
      raw: this.#scope.storage({ layer: null, kind: "staging", name: "raw blocks" }, this.sliceBytes),
      ready: Promise.resolve(),
    }));
    for (const slot of this.#slots) {
      slot.ready = slot.staging.mapAsync(GPUMapMode.WRITE);
      slot.ready.catch(() => undefined); // as in upload
    }
  }

  /**
   * Resolves when the slice was read and is on its way to the GPU; what fails there, a later call says.
   * Slices come in the order of the file.
   */
  async upload(slice: Slice): Promise<void> {
    const slot = this.#slots[this.#next]!;
    this.#next = (this.#next + 1) % this.#slots.length;
    await slot.ready;
    const { offset, sizeBytes } = slice;
    const padded = Math.ceil(sizeBytes / 4) * 4;
    const mapped = slot.staging.getMappedRange(0, Math.ceil(padded / 8) * 8);
    await this.file.into(new Uint8Array(mapped, 0, sizeBytes), offset);
    slot.staging.unmap();

    const encoder = this.#scope.memory.device.createCommandEncoder();
    if (isCopy(slice.repacking)) {
      const { buffer, offset: start } = slice.planes;
      const at = start + slice.firstBlock * blockOf(slice.repacking).bytes;
      encoder.copyBufferToBuffer(slot.staging, 0, buffer, at, sizeBytes);
    } else {
      encoder.copyBufferToBuffer(slot.staging, 0, slot.raw.buffer, 0, padded);
      const pass = encoder.beginComputePass();
      const repack = this.repack.get(repackingName(slice.repacking))!;
      encode(pass, [repack(this.#scope, "repack", { raw: slot.raw, ...slice })], 1);
      pass.end();
    }
    this.#scope.memory.device.queue.submit([encoder.finish()]);
    slot.ready = this.repacking.during(() => slot.staging.mapAsync(GPUMapMode.WRITE));
    slot.ready.catch(() => undefined); // the next upload with this slot hears of it, or finish
  }

  /** Waits for the GPU to be done with every slice. */
  async finish(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.ready));
    await this.#scope.memory.allocated(); // the parameters of its dispatches
  }
}
