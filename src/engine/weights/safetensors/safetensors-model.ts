import { ModelFormatError } from "../../../ground/errors";
import type { ByteSource } from "../bytes/byte-source";
import type { ModelConfig } from "../config/model-config";
import { checkLimits } from "../config/config-limits";
import { checkTensors } from "../config/config-tensors";
import type { GgufFile, GgufTensor } from "../gguf/gguf";
import { headOrderOf, runsOf } from "./head-order";
import { plainToF32 } from "../bytes/half-floats";
import { isPlain, plainTypes, type PlainType } from "../types/type-facts";
import { readHfConfig } from "./hf-config";
import { refuse } from "./hf-fields";
import { findHead, findPrefix, findUnknown, hfName } from "./hf-names";
import type { HfQuantization } from "./hf-quantization";
import { fileOf } from "../bytes/joined-source";
import { readSafetensors, type SafetensorsTensor } from "./safetensors";
import { refuseParts } from "./safetensors-kind";
import { packedMatrix } from "./safetensors-packed";
import { readShardName } from "../../../ground/model-file-names";
import { counted } from "../../../ground/figures";
import { plainMatrix, wholeTensor, type StreamedTensor } from "./streamed-tensor";
import { expectedTensors, scaleName, type ExpectedTensor } from "../config/tensor-names";
import { t, verbatim } from "../../../language/language";

/**
 * A model in safetensors, as if its files were one GGUF: the engine's names, orders and types, made while
 * they are read.
 */
export interface SafetensorsModel {
  readonly config: ModelConfig;
  /** Offsets are into `source`. */
  readonly gguf: GgufFile;
  readonly source: ByteSource;
}

/** The facts that all tensors of a model share. */
interface Folder {
  readonly source: ByteSource;
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly config: ModelConfig;
  readonly quantization: HfQuantization;
  /**
   * MLX stores norms as they are used and the taps as [channels, 4, 1]; the others store w of 1 + w, and
   * [channels, 1, 4].
   */
  readonly isMlx: boolean;
  readonly nameOf: (tensor: ExpectedTensor) => string;
}

/**
 * Opens a model of one or several safetensors files, with the text of its config.json. No tensor is read.
 *
 * @throws ModelFormatError       as readSafetensors and readHfConfig; and when a file of several is missing
 * @throws UnsupportedModelError  if it is anything but a dense Qwen3.5 in formats this engine runs
 */
export async function openSafetensors(
  source: ByteSource,
  configText: string,
  name: string,
): Promise<SafetensorsModel> {
  const { model, mayTieHead, quantization } = readHfConfig(configText, name);
  const tensors = await readHeaders(source);
  refuseParts([...tensors.keys()]);
  const has = (tensorName: string) => tensors.has(tensorName);
  const prefix = findPrefix(has);
  if (prefix === undefined)
    refuse(
      t(
        'None of the {tensors} is called "model.language_model.embed_tokens.weight" or alike; every Qwen3.5 has it.',
        { tensors: counted(tensors.size, "tensor") },
      ),
    );
  const head = findHead(has);
  const saysTied = model.hasTiedHead ?? head === undefined;
  const config: ModelConfig = { ...model, hasTiedHead: saysTied || (head === undefined && mayTieHead) };
  checkLimits(config);

  const expected = expectedTensors(config);
  const nameOf = (tensor: ExpectedTensor) => hfName(tensor, prefix, head);
  const unknown = findUnknown(tensors.keys(), new Set(expected.map(nameOf)), prefix, config);
  if (unknown !== undefined)
    refuse(t('The model has a tensor "{unknown}"; no such tensor is known in its layers.', { unknown }));
  const folder = {
    source,
    tensors,
    config,
    quantization,
    nameOf,
    isMlx: hasMlxTaps(expected, tensors, nameOf),
  };
  const streamed = expected.map((tensor) => [tensor, streamedTensor(folder, tensor)] as const);
  const laidOut = layOut(streamed);
  checkTensors(laidOut.gguf, config);
  return { config, ...laidOut };
}

async function readHeaders(source: ByteSource): Promise<Map<string, SafetensorsTensor>> {
  const files = source.files ?? [{ name: "", sizeBytes: source.sizeBytes }];
  const tensors = new Map<string, SafetensorsTensor>();
  let start = 0;
  for (const [i, { name, sizeBytes }] of files.entries()) {
    const found = await readSafetensors(
      source.files ? fileOf(source, files, i) : source,
      name === "" ? undefined : verbatim(`“${name}”`),
    );
    for (const tensor of found.values()) {
      if (tensors.has(tensor.name))
        throw new ModelFormatError(
          t('Tensor "{name}" of “{name2}” is in a file before it too.', { name: tensor.name, name2: name }),
          {
            hint: t(
              "The files do not belong together. Choose those of one model, all from the same download.",
            ),
          },
        );
      tensors.set(tensor.name, { ...tensor, offset: start + tensor.offset });
    }
    start += sizeBytes;
  }
  checkShards(files.map(({ name }) => name));
  return tensors;
}

/**
 * Refuses safetensors without config.json that are an adapter or another part of a model.
 *
 * @throws UnsupportedModelError  for one, ModelFormatError as readSafetensors
 */
export async function refuseSafetensorsParts(source: ByteSource): Promise<void> {
  const { files } = source;
  refuseParts([...(await readSafetensors(files ? fileOf(source, files, 0) : source)).keys()]);
}

/** Every file of "model-00001-of-0000N" is there. */
function checkShards(names: readonly string[]): void {
  const shards = names.map(readShardName).filter((shard) => shard !== undefined);
  const [first] = shards;
  if (!first) return;
  const absent = Array.from({ length: Math.min(first.count, 99_999) }, (_, i) => i + 1).filter(
    (index) => !shards.some((shard) => shard.index === index),
  );
  if (absent.length > 0)
    throw new ModelFormatError(
      t("The model is in {files}, of which number {absent}{more} is missing.", {
        files: counted(first.count, "file"),
        absent: absent.slice(0, 5).join(", "),
        more: absent.length > 5 ? ", …" : "",
      }),
      { hint: t("Choose all of its files together, or the folder they are in.") },
    );
}

function hasMlxTaps(
  expected: readonly ExpectedTensor[],
  tensors: Folder["tensors"],
  nameOf: Folder["nameOf"],
): boolean {
  const taps = expected.find(({ role }) => role === "conv1d");
  const shape = taps && tensors.get(nameOf(taps))?.shape;
  return shape?.length === 3 && shape[2] === 1 && shape[1] !== 1;
}

function streamedTensor(folder: Folder, expected: ExpectedTensor): StreamedTensor {
  const { source, tensors, config, nameOf } = folder;
  const name = nameOf(expected);
  const shape = expected.shape as readonly [number, number];
  const order = headOrderOf(expected.role, config.deltaNet);
  if (expected.kind === "matrix") {
    const packed = packedMatrix(folder, name, shape, order); // undefined for those that were left plain
    if (packed) return packed;
  }
  const found = tensors.get(name);
  if (!found)
    refuse(
      t('Tensor "{name}" [{shape}] is missing; this model needs {tensors}.', {
        name,
        shape: expected.shape.join(", "),
        tensors: counted(expectedTensors(config).length, "tensor"),
      }),
    );
  checkShape(found, expected, folder.isMlx);
  const type = plainTypeOf(found);
  if (expected.kind === "vector") return vector(folder, expected, found, type);
  return plainMatrix(source, found.offset, type, shape, order);
}

function checkShape(
  { name, shape }: SafetensorsTensor,
  { role, shape: expected }: ExpectedTensor,
  isMlx: boolean,
): void {
  const [channels, taps] = expected as [number, number];
  const wanted = role !== "conv1d" ? expected : isMlx ? [channels, taps, 1] : [channels, 1, taps];
  if (shape.length !== wanted.length || wanted.some((n, i) => n !== shape[i]))
    refuse(
      t('Tensor "{name}" has "shape" [{shape}]; the sizes of config.json make it [{wanted}].', {
        name,
        shape: shape.join(", "),
        wanted: wanted.join(", "),
      }),
    );
}

function plainTypeOf({ name, type }: SafetensorsTensor): PlainType {
  if (!isPlain(type))
    refuse(
      t('Tensor "{name}" has "dtype" {type}; this app reads {plainTypes} there.', {
        name,
        type,
        plainTypes: plainTypes.join(", "),
      }),
    );
  return type;
}

/**
 * A small tensor as f32, as the engine uses it: norms with the 1 that the file leaves out, a as −exp(A_log).
 */
function vector(
  { source, config, isMlx }: Folder,
  { role, shape }: ExpectedTensor,
  { offset, sizeBytes }: SafetensorsTensor,
  type: PlainType,
): StreamedTensor {
  const isOnePlus = role.endsWith("Norm") && role !== "deltaNorm" && !isMlx;
  const order = headOrderOf(role, config.deltaNet);
  const rowLength = shape[1] ?? 1;
  const nElements = shape.reduce((product, n) => product * n, 1);
  return wholeTensor(offset, nElements, async () => {
    const values = plainToF32(type, await source.read(offset, sizeBytes));
    if (isOnePlus) return values.map((w) => 1 + w);
    if (role === "a") values.forEach((aLog, i) => (values[i] = -Math.exp(aLog)));
    const moved = new Float32Array(nElements);
    for (const { at, inFile, length } of runsOf(order, 0, shape[0]!))
      moved.set(values.subarray(inFile * rowLength, (inFile + length) * rowLength), at * rowLength);
    return moved;
  });
}

/**
 * Puts the tensors behind one another, in the order their bytes lie in the file, so that it is read once from
 * start to end.
 */
function layOut(
  tensors: readonly (readonly [ExpectedTensor, StreamedTensor])[],
): Pick<SafetensorsModel, "gguf" | "source"> {
  const withScales = tensors.flatMap(([{ name, shape }, tensor]) => [
    [{ name, shape }, tensor] as const,
    ...(tensor.scale ? [[{ name: scaleName(name), shape: [1] }, tensor.scale] as const] : []),
  ]);
  const inOrder = withScales.toSorted(([, a], [, b]) => a.fileOffset - b.fileOffset);
  const entries = new Map<string, GgufTensor>();
  const starts: number[] = [];
  let end = 0;
  for (const [{ name, shape }, { type, sizeBytes }] of inOrder) {
    entries.set(name, { name, type, shape, offset: end, sizeBytes });
    starts.push(end);
    end += sizeBytes;
  }
  const pieces = inOrder.map(([, tensor], i) => ({ tensor, start: starts[i]! }));
  // One read after another: a matrix that is turned as a whole is given up after its last rows, which no
  // other read may overtake.
  let before: Promise<unknown> = Promise.resolve();
  const source: ByteSource = {
    sizeBytes: end,
    read(...range) {
      const bytes = before.then(() => readPieces(pieces, ...range));
      before = bytes.catch(() => undefined);
      return bytes;
    },
  };
  return { gguf: { metadata: new Map(), tensors: entries, dataOffset: 0 }, source };
}

interface Piece {
  readonly tensor: StreamedTensor;
  readonly start: number;
}

/** Bytes [offset, offset + length) of tensors behind one another; those of one tensor as it reads them. */
async function readPieces(
  pieces: readonly Piece[],
  offset: number,
  length: number,
  buffer?: ArrayBuffer,
): Promise<Uint8Array<ArrayBuffer>> {
  const first = pieces.findLastIndex(({ start }) => start <= offset);
  const { tensor, start } = pieces[first]!;
  const end = offset + length;
  if (end <= start + tensor.sizeBytes) return tensor.read(offset - start, length, buffer);
  const isLongEnough = buffer !== undefined && buffer.byteLength >= length;
  const bytes = new Uint8Array(isLongEnough ? buffer : new ArrayBuffer(length), 0, length);
  let scratch: ArrayBuffer | undefined;
  for (const { tensor, start } of pieces.slice(first)) {
    if (start >= end) break;
    const from = Math.max(offset, start);
    const to = Math.min(end, start + tensor.sizeBytes);
    const piece = await tensor.read(from - start, to - from, scratch);
    bytes.set(piece, from - offset);
    scratch = piece.buffer;
  }
  return bytes;
}
