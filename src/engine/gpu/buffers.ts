import type { MemoryKind } from "../../ground/memory-kind";
import { OutOfMemoryError } from "../../ground/errors";
import { counted, formatBytes, formatCount } from "../../ground/figures";
import { t, type Sentence } from "../../language/language";

/** Says what a buffer is for. `layer` is null for what belongs to the whole model. */
export interface BufferLabel {
  readonly layer: number | null;
  readonly kind: MemoryKind;
  readonly name: string;
}

/** A section of a buffer, as a shader binds it. `offset` is a multiple of 256, `sizeBytes` of 4. */
export interface GpuRange {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface MemoryRow extends BufferLabel {
  readonly buffer: GPUBuffer;
  readonly sizeBytes: number;
}

const UNIFORM_SLOT_BYTES = 256; // minUniformBufferOffsetAlignment everywhere
const UNIFORM_BLOCK_BYTES = 64 * 1024;

/** The one place that makes GPU buffers: every byte has a label, and is counted while it lives. */
export class GpuMemory {
  readonly #live = new Map<GPUBuffer, MemoryRow>();
  #liveBytes = 0;
  #peakBytes = 0;
  /** True while {@link checked} has a scope around what is made. */
  #isChecked = false;
  /**
   * The device's verdicts on what was made outside of {@link checked}; each names a buffer that it refused.
   */
  #verdicts: Promise<string | null>[] = [];

  constructor(readonly device: GPUDevice) {}

  get liveBytes(): number {
    return this.#liveBytes;
  }
  get peakBytes(): number {
    return this.#peakBytes;
  }
  rows(): readonly MemoryRow[] {
    return [...this.#live.values()];
  }

  create(label: BufferLabel, sizeBytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const { maxBufferSize } = this.device.limits;
    if (sizeBytes > maxBufferSize) {
      throw new OutOfMemoryError(
        t('"{name}" needs a buffer of {sizeBytes}; this device allows {maxBufferSize}.', {
          name: label.name,
          sizeBytes: formatBytes(sizeBytes),
          maxBufferSize: formatBytes(maxBufferSize),
        }),
        { hint: t("Choose a shorter context or a smaller model.") },
      );
    }
    const size = Math.max(16, Math.ceil(sizeBytes / 16) * 16);
    const name = label.layer === null ? label.name : `layers.${label.layer}.${label.name}`;
    const make = () => this.device.createBuffer({ label: name, size, usage });
    const buffer = this.#isChecked ? make() : this.#judged(name, make);
    this.#live.set(buffer, { ...label, buffer, sizeBytes: size });
    this.#liveBytes += size;
    this.#peakBytes = Math.max(this.#peakBytes, this.#liveBytes);
    return buffer;
  }

  destroy(buffer: GPUBuffer): void {
    const row = this.#live.get(buffer);
    if (!row) return;
    this.#live.delete(buffer);
    this.#liveBytes -= row.sizeBytes;
    buffer.destroy();
  }

  scope(): MemoryScope {
    return new MemoryScope(this);
  }

  #judged(name: string, make: () => GPUBuffer): GPUBuffer {
    this.device.pushErrorScope("out-of-memory");
    try {
      return make();
    } finally {
      const verdict = this.device.popErrorScope().then((refused) => (refused ? name : null));
      verdict.catch(() => undefined); // where the device is lost, other calls say so
      this.#verdicts.push(verdict);
    }
  }

  /**
   * Waits for the device's verdict on what was made one by one, outside of {@link checked}: to be called
   * before any of it is relied on.
   *
   * @throws OutOfMemoryError  when the device refused one of them
   */
  async allocated(): Promise<void> {
    const verdicts = await Promise.allSettled(this.#verdicts.splice(0));
    for (const verdict of verdicts)
      if (verdict.status === "fulfilled" && verdict.value !== null)
        throw new OutOfMemoryError(
          t("The GPU refused memory for “{name}”, on top of {liveBytes} in use.", {
            name: verdict.value,
            liveBytes: formatBytes(this.#liveBytes),
          }),
          { hint: t("Choose a shorter context or a smaller model, or close other tabs that use the GPU.") },
        );
  }

  /**
   * Runs `allocate` and waits for the device's verdict on every buffer made in it.
   *
   * @throws OutOfMemoryError  when the device refused one of them
   */
  async checked<T>(what: Sentence, allocate: () => T): Promise<T> {
    const before = this.#liveBytes;
    this.device.pushErrorScope("out-of-memory");
    let result: T;
    this.#isChecked = true;
    try {
      result = allocate();
    } catch (error) {
      this.#isChecked = false;
      await this.device.popErrorScope();
      throw error;
    }
    this.#isChecked = false;
    const refused = await this.device.popErrorScope();
    if (refused) {
      throw new OutOfMemoryError(
        t("The GPU refused memory for {what}: {liveBytes} on top of {before} in use.", {
          what,
          liveBytes: formatBytes(this.#liveBytes - before),
          before: formatBytes(before),
        }),
        {
          hint: t("Choose a shorter context or a smaller model, or close other tabs that use the GPU."),
          cause: refused,
        },
      );
    }
    return result;
  }
}

/**
 * Buffers that live and die together: a model's weights, a context's state. Also packs the small uniform
 * buffers.
 */
export class MemoryScope {
  readonly #buffers = new Set<GPUBuffer>();
  readonly #children = new Set<MemoryScope>();
  #uniforms: GPUBuffer | null = null;
  #uniformsUsed = 0;

  constructor(readonly memory: GpuMemory) {}

  create(label: BufferLabel, sizeBytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.memory.create(label, sizeBytes, usage);
    this.#buffers.add(buffer);
    return buffer;
  }

  /** A storage buffer bound whole. */
  storage(label: BufferLabel, sizeBytes: number): GpuRange {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = this.create(label, sizeBytes, usage);
    return { buffer, offset: 0, sizeBytes: buffer.size };
  }

  /** Puts up to 256 bytes into a shared uniform buffer. */
  uniform(data: Uint8Array<ArrayBuffer>): GpuRange {
    if (data.byteLength > UNIFORM_SLOT_BYTES) {
      throw new RangeError(
        `${counted(data.byteLength, "byte")} of parameters; a slot has ${formatCount(UNIFORM_SLOT_BYTES)}.`,
      );
    }
    if (!this.#uniforms || this.#uniformsUsed + UNIFORM_SLOT_BYTES > UNIFORM_BLOCK_BYTES) {
      this.#uniforms = this.create(
        { layer: null, kind: "activations", name: "dispatch parameters" },
        UNIFORM_BLOCK_BYTES,
        GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      );
      this.#uniformsUsed = 0;
    }
    const range = { buffer: this.#uniforms, offset: this.#uniformsUsed, sizeBytes: data.byteLength };
    this.memory.device.queue.writeBuffer(range.buffer, range.offset, data);
    this.#uniformsUsed += UNIFORM_SLOT_BYTES;
    return range;
  }

  /** Gives one of its buffers back before the others. */
  release(buffer: GPUBuffer): void {
    if (this.#buffers.delete(buffer)) this.memory.destroy(buffer);
  }

  /** A scope that goes with this one, or before. */
  child(): MemoryScope {
    const child = new MemoryScope(this.memory);
    this.#children.add(child);
    return child;
  }

  disposeChild(child: MemoryScope): void {
    if (this.#children.delete(child)) child.dispose();
  }

  dispose(): void {
    for (const child of this.#children) child.dispose();
    for (const buffer of this.#buffers) this.memory.destroy(buffer);
    this.#children.clear();
    this.#buffers.clear();
    this.#uniforms = null;
  }
}
