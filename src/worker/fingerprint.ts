import { sha256Hex } from "../storage/sha256";
import type { ByteSource } from "../weights/byte-source";
import type { ModelConfig } from "../weights/config";
import type { GgufFile } from "../weights/gguf";

/** Everything that has to be the same for a saved state to be gone on from. */
export type Fingerprint = Readonly<
  Record<"model" | "precision" | "keys and values" | "rotation" | "layout", string>
>;

/** Counts up when what {@link GpuStateMemory} writes for a state changes. */
const LAYOUT = "1";

const MOST_SAMPLES = 64;
const SAMPLE_BYTES = 1024;

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
 * SHA-256 of the names and sizes of all tensors and of the first bytes of up to 64 of them, evenly between the first and the
 * last. Weights that were trained on, or quantized in another way, differ everywhere; a hash of all bytes would take seconds with
 * every load. A read stays within a tensor, for what safetensors are made into can be read in no other way.
 */
export async function modelDigest(
  source: ByteSource,
  { tensors }: Pick<GgufFile, "tensors">,
): Promise<string> {
  const inOrder = [...tensors.values()].toSorted((a, b) => a.offset - b.offset);
  const layout = inOrder.map(({ name, type, sizeBytes }) => `${name} ${type} ${sizeBytes}\n`).join("");
  const nSamples = Math.min(MOST_SAMPLES, inOrder.length);
  const samples: Uint8Array<ArrayBuffer>[] = [];
  for (let i = 0; i < nSamples; i++) {
    const { offset, sizeBytes } = inOrder[Math.floor((i * inOrder.length) / nSamples)]!;
    samples.push((await source.read(offset, Math.min(SAMPLE_BYTES, sizeBytes))).slice());
  }
  return sha256Hex(new Uint8Array(await new Blob([layout, ...samples]).arrayBuffer()));
}
