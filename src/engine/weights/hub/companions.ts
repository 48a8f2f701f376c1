import { ModelFormatError } from "../../../ground/errors";
import { originalName } from "../../../ground/model-file-names";
import { counted, formatCount } from "../../../ground/figures";
import { allowedUrl, connectIfThere, piecesOf } from "./connections";
import { openFile } from "../bytes/file-source";
import { t } from "../../../language/language";

/** A file that a published model has beside its weights; a GGUF as a rule holds it inside. */
export type CompanionName =
  "config.json" | "tokenizer.json" | "tokenizer_config.json" | "chat_template.jinja";

/** Reads the file of that name beside a model; undefined when there is none. */
export type FindCompanion = (name: CompanionName) => Promise<string | undefined>;

/** Five times Qwen3.5's tokenizer.json, of 12.8 MB. */
const maxBytes = 64 << 20;

export const nothingBeside: FindCompanion = () => Promise.resolve(undefined);

/**
 * Companions in the folder of the model's address, without its query string.
 *
 * Finding one rejects with DownloadError when the server fails, ModelFormatError when the file is too large
 * or no text.
 */
export function companionsOnServer(address: string, signal?: AbortSignal): FindCompanion {
  return async (name) => {
    const url = new URL(name, allowedUrl(address)); // a relative address replaces the query string too
    const response = await connectIfThere(url, signal);
    return response && readText(name, piecesOf(response, url, signal));
  };
}

/**
 * Companions among the files that were picked together with the model.
 *
 * Finding one rejects with StorageError when it can not be read, ModelFormatError when it is too large or no
 * text.
 */
export function companionsAmong(files: readonly File[]): FindCompanion {
  return async (name) => {
    const file =
      files.find((picked) => picked.name === name) ??
      files.find((picked) => originalName(picked.name) === name);
    return file && readText(name, openFile(file).pieces());
  };
}

async function readText(name: CompanionName, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let readBytes = 0;
  for await (const piece of pieces) {
    readBytes += piece.length;
    if (readBytes > maxBytes)
      throw new ModelFormatError(
        t("The “{name}” beside the model has {bytes} or more; at most {maxBytes} are read.", {
          name,
          bytes: counted(readBytes, "byte"),
          maxBytes: formatCount(maxBytes),
        }),
        { hint: t("It is not the tokenizer of a Qwen3.5 model. Get it again from where the model is from.") },
      );
    text += decode(name, () => decoder.decode(piece, { stream: true }));
  }
  return text + decode(name, () => decoder.decode());
}

function decode(name: CompanionName, read: () => string): string {
  try {
    return read();
  } catch (cause) {
    throw new ModelFormatError(t("The “{name}” beside the model is not text in UTF-8.", { name }), {
      hint: t("It is damaged. Get it again from where the model is from."),
      cause,
    });
  }
}
