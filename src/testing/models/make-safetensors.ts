import { readGguf } from "../../engine/weights/gguf/gguf";
import { headOrderOf, runsOf } from "../../engine/weights/safetensors/head-order";
import { hfName } from "../../engine/weights/safetensors/hf-names";
import { expectedTensors, type ExpectedTensor } from "../../engine/weights/config/tensor-names";
import { readModelConfig } from "../../engine/weights/config/config";
import type { ModelConfig } from "../../engine/weights/config/model-config";
import { brainBits } from "./brain-bits";
import { float16Bits } from "../../engine/weights/bytes/half-floats";
import { isMlxPacking, pack, packingConfig, type Packing } from "./pack-safetensors";
import { tokenizerFiles } from "./tokenizer-files";
import { memorySource } from "./memory-source";

export type StoredType = "F32" | "F16" | "BF16";

export interface SafetensorsOptions {
  readonly type?: StoredType;
  readonly prefix?: string;
  /** Files the tensors are spread over, with an index. */
  readonly nFiles?: number;
  /**
   * Rounds matrices to what this can hold, and stores them so; MLX's norms and taps too are as MLX has them.
   */
  readonly packing?: Packing;
  /** Rounds matrices as `packing` would, and stores them as `type`. */
  readonly roundedAs?: Packing;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/**
 * A GGUF in F32 as the files of a safetensors folder, in the official layout: other names, w of 1 + w, A_log,
 * value heads by key head. The inverse of openSafetensors.
 */
export async function makeSafetensors(
  gguf: Uint8Array<ArrayBuffer>,
  { type = "F32", prefix = "model.language_model.", nFiles = 1, packing, roundedAs }: SafetensorsOptions = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const header = await readGguf(memorySource(gguf));
  const config = readModelConfig(header);
  const entries = expectedTensors(config).flatMap((tensor, index): Entry[] => {
    const { offset, sizeBytes, type: stored } = header.tensors.get(tensor.name)!;
    if (stored !== "F32") throw new Error(`"${tensor.name}" is ${stored}; only F32 is rewritten.`);
    const values = new Float32Array(gguf.slice(offset, offset + sizeBytes).buffer);
    const [nRows, nColumns] = [tensor.shape[0]!, tensor.shape[1] ?? 1];
    const isMlx = isMlxPacking(packing);
    const shape =
      tensor.role !== "conv1d" ? tensor.shape : isMlx ? [nRows, nColumns, 1] : [nRows, 1, nColumns];
    // Published files too keep A_log and the DeltaNet norm in f32.
    const storedType = tensor.role === "a" || tensor.role === "deltaNorm" ? "F32" : type;
    const name = hfName(tensor, prefix, undefined);
    const inFile = untransform(values, tensor, config, isMlx);
    const how = packing ?? roundedAs;
    if (how === undefined || !isPacked(tensor))
      return [{ name, type: storedType, shape, bytes: encode(storedType, inFile) }];
    const packed = pack(how, { values: inFile, nRows, nColumns }, index);
    if (packing === undefined)
      return [{ name, type: storedType, shape, bytes: encode(storedType, packed.values) }];
    return packed.parts.map(({ suffix, ...part }) => ({ ...part, name: name.replace(/weight$/, suffix) }));
  });
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  if (header.metadata.has("tokenizer.ggml.tokens"))
    for (const [name, content] of Object.entries(tokenizerFiles(header.metadata)))
      files.set(name, new TextEncoder().encode(content));
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value, null, 1));
  files.set("config.json", text({ ...hfConfigOf(config), ...(packing && packingConfig(packing)) }));
  const perFile = Math.ceil(entries.length / nFiles);
  const weightMap: Record<string, string> = {};
  for (let i = 0; i < nFiles; i++) {
    const five = (n: number) => String(n).padStart(5, "0");
    const name = nFiles === 1 ? "model.safetensors" : `model-${five(i + 1)}-of-${five(nFiles)}.safetensors`;
    const mine = entries.slice(i * perFile, (i + 1) * perFile);
    files.set(name, encodeSafetensors(mine));
    for (const entry of mine) weightMap[entry.name] = name;
  }
  if (nFiles > 1) files.set("model.safetensors.index.json", text({ metadata: {}, weight_map: weightMap }));
  return files;
}

/** The bytes of one file. */
export function encodeSafetensors(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let end = 0;
  for (const { name, type, shape, bytes } of entries) {
    header[name] = { dtype: type, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + end).fill(0x20, 8, 8 + headerBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, 8);
  let at = 8 + headerBytes;
  for (const { bytes } of entries) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

/** The decay and beta products stay plain, as do some matrices of each published file. */
const isPacked = ({ kind, role }: ExpectedTensor) =>
  kind === "matrix" && role !== "inProjA" && role !== "inProjB";

function untransform(
  values: Float32Array,
  { role, shape }: ExpectedTensor,
  config: ModelConfig,
  isMlx: boolean,
): Float32Array {
  if (role === "a") values = values.map((a) => Math.log(-a));
  if (role.endsWith("Norm") && role !== "deltaNorm" && !isMlx) values = values.map((w) => w - 1);
  const order = headOrderOf(role, config.deltaNet);
  if (!order) return values;
  const [nRows, rowLength] = [shape[0]!, shape[1] ?? 1];
  const moved = new Float32Array(values.length);
  const [nLines, lineStep] = order.axis === "columns" ? [nRows, rowLength] : [1, 0];
  const width = order.axis === "columns" ? 1 : rowLength;
  const length = order.axis === "columns" ? rowLength : nRows;
  for (let line = 0; line < nLines; line++)
    for (const { at, inFile, length: n } of runsOf(order, 0, length)) {
      const from = line * lineStep + at * width;
      moved.set(values.subarray(from, from + n * width), line * lineStep + inFile * width);
    }
  return moved;
}

function encode(type: StoredType, values: Float32Array): Uint8Array {
  if (type === "F32") return new Uint8Array(values.slice().buffer);
  const bitsOf = type === "F16" ? float16Bits : brainBits;
  const halves = new Uint16Array(values.length); // Uint16Array.from would make a list of all of them first
  for (let i = 0; i < halves.length; i++) halves[i] = bitsOf(values[i]!);
  return new Uint8Array(halves.buffer);
}

/** The config.json of a model, as the official ones are laid out. */
export function hfConfigOf(config: ModelConfig): Record<string, unknown> {
  const { attention, deltaNet } = config;
  const { yarn } = attention;
  const text = {
    model_type: "qwen3_5_text",
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.nLayers,
    layer_types: config.layerKinds.map((kind) => `${kind}_attention`),
    full_attention_interval: 4,
    max_position_embeddings: config.contextLength,
    rms_norm_eps: Number(config.rmsNormEps.toPrecision(6)),
    hidden_act: "silu",
    attention_bias: false,
    attn_output_gate: true,
    num_attention_heads: attention.nHeads,
    num_key_value_heads: attention.nKvHeads,
    head_dim: attention.headDim,
    linear_num_key_heads: deltaNet.nKeyHeads,
    linear_num_value_heads: deltaNet.nValueHeads,
    linear_key_head_dim: deltaNet.keyDim,
    linear_value_head_dim: deltaNet.valueDim,
    linear_conv_kernel_dim: deltaNet.convKernel,
    tie_word_embeddings: config.hasTiedHead,
    rope_parameters: {
      rope_type: yarn ? "yarn" : "default",
      rope_theta: attention.ropeTheta,
      partial_rotary_factor: attention.rotaryDim / attention.headDim,
      ...(yarn && { factor: yarn.factor, original_max_position_embeddings: yarn.originalContextLength }),
    },
  };
  return {
    architectures: ["Qwen3_5ForConditionalGeneration"],
    model_type: "qwen3_5",
    tie_word_embeddings: config.hasTiedHead,
    text_config: text,
  };
}
