import { sha256Hex } from "../storage/sha256";
import type { ByteSource } from "../weights/byte-source";
import type { ModelConfig } from "../weights/config";

/** Everything that has to be the same for a saved state to be gone on from. */
export type Fingerprint = Readonly<
  Record<"model" | "precision" | "keys and values" | "rotation" | "layout", string>
>;

/** Counts up when what {@link GpuStateMemory} writes for a state changes. */
const LAYOUT = "1";

const SAMPLES = 32;
const SAMPLE_BYTES = 2048;

/**
 * Which kernels the tuner chose is not in it: they give the same numbers but for rounding, and a state stays right whichever
 * made it.
 *
 * @param model  of {@link modelDigest}
 */
export function fingerprintOf(
  model: string,
  { attention }: Pick<ModelConfig, "attention">,
  precision: string,
  kv: string,
): Fingerprint {
  const { ropeTheta, rotaryDim, yarn } = attention;
  return {
    model,
    precision,
    "keys and values": kv,
    rotation: JSON.stringify({ ropeTheta, rotaryDim, ...yarn }),
    layout: LAYOUT,
  };
}

/**
 * SHA-256 of the file's length and of 64 KiB of it: its start, its end and places evenly between. Weights that were trained on, or
 * quantized in another way, differ everywhere; a hash of all bytes would take seconds with every load.
 */
export async function modelDigest(source: ByteSource): Promise<string> {
  const length = Math.min(SAMPLE_BYTES, source.sizeBytes);
  const samples = new Uint8Array(SAMPLES * SAMPLE_BYTES + 8);
  new DataView(samples.buffer).setFloat64(0, source.sizeBytes);
  for (let i = 0; i < SAMPLES; i++) {
    const offset = Math.floor(((source.sizeBytes - length) * i) / (SAMPLES - 1));
    samples.set(await source.read(offset, length), 8 + i * SAMPLE_BYTES);
  }
  return sha256Hex(samples);
}
