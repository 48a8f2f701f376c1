import { ModelFormatError } from "../../ground/errors";
import type { ByteSource } from "./bytes/byte-source";
import type { FindCompanion } from "./hub/companions";
import { readModelConfig } from "./config/config";
import { withKnownNames } from "./config/known-names";
import type { ModelConfig } from "./config/model-config";
import { formatOf, startBytes, type FileFormat } from "./bytes/file-format";
import type { GgufFile } from "./gguf/gguf";
import { openSafetensors, refuseSafetensorsParts } from "./safetensors/safetensors-model";
import { readModelFile } from "./gguf/split-gguf";
import { t } from "../../language/language";

/** A model whose header was read, whatever the format of its files. */
export interface OpenedFiles {
  readonly format: FileFormat;
  readonly gguf: GgufFile;
  readonly config: ModelConfig;
  /**
   * The bytes that the offsets of `gguf` are into: the files themselves or, of safetensors, bytes that are
   * made while they are read.
   */
  readonly source: ByteSource;
}

/**
 * Reads and checks the header of a model's files, GGUF or safetensors by their first bytes; `findCompanion`
 * is asked for the config.json that belongs to safetensors.
 *
 * @throws as readModelFile and readModelConfig, or as openSafetensors; ModelFormatError when there is no
 *   config.json
 */
export async function openModelFiles(
  source: ByteSource,
  name: string,
  findCompanion: FindCompanion,
): Promise<OpenedFiles> {
  const start = await source.read(0, Math.min(startBytes, source.sizeBytes));
  if (formatOf(start) !== "safetensors") {
    const gguf = withKnownNames(await readModelFile(source));
    return { format: "gguf", gguf, config: readModelConfig(gguf), source };
  }
  const config = await findCompanion("config.json");
  if (config === undefined) {
    await refuseSafetensorsParts(source);
    throw new ModelFormatError(
      t("There is no “config.json” beside the safetensors; it tells the model's sizes."),
      {
        hint: t("Choose the folder with all files of the model, or its repository on a hub."),
      },
    );
  }
  return { format: "safetensors", ...(await openSafetensors(source, config, name)) };
}
