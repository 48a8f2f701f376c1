import { defaultSampling } from "../../engine/text/template/default-sampling";
import type { TextModel } from "../../engine/text/text-model";
import { openModelFiles, type OpenedFiles } from "../../engine/weights/model-files";
import { expectedTensors } from "../../engine/weights/config/tensor-names";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import { nothingBeside, type FindCompanion } from "../../engine/weights/hub/companions";
import { readTextModel } from "./read-text-model";
import type { ModelDescription } from "../rpc/protocol/model";

/** A model's header, in every form the worker needs. */
export interface ReadHeader extends OpenedFiles {
  readonly text: TextModel;
  readonly description: ModelDescription;
}

/**
 * Reads and checks the header; the tokenizer of a real model takes about a second to build. `findCompanion`
 * is asked for what the files themselves do not hold.
 */
export async function readHeader(
  source: ByteSource,
  fallbackName: string,
  findCompanion: FindCompanion = nothingBeside,
): Promise<ReadHeader> {
  const opened = await openModelFiles(source, fallbackName, findCompanion);
  const { gguf, config } = opened;
  const text = await readTextModel(gguf.metadata, config.vocabSize, findCompanion);
  const tensors = expectedTensors(config).map(({ name, shape }) => ({ ...gguf.tensors.get(name)!, shape }));
  const bytesOfType = new Map<string, number>();
  for (const { type, sizeBytes } of tensors) bytesOfType.set(type, (bytesOfType.get(type) ?? 0) + sizeBytes);
  const totalBytes = tensors.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const name = gguf.metadata.get("general.name");
  return {
    ...opened,
    text,
    description: {
      name: typeof name === "string" && name !== "" ? name : fallbackName,
      sizeBytes: source.sizeBytes,
      nParameters: tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
      types: [...bytesOfType]
        .sort((a, b) => b[1] - a[1])
        .map(([type, bytes]) => [type, bytes / totalBytes] as const),
      nLayers: config.nLayers,
      hiddenSize: config.hiddenSize,
      contextLength: config.contextLength,
      thinking: text.thinking,
      modes: text.modes,
      sampling: defaultSampling(config, text.modes, gguf.metadata),
      notes: text.notes,
    },
  };
}
