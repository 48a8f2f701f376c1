import { DocumentError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import { Archive, isEncrypted, joined } from "./unpack";
import { t } from "../../language/language";

/** A file of an archive or a mail, under its path there. */
export interface UnpackedFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface UnpackedFiles {
  readonly files: readonly UnpackedFile[];
  /** Archives that lie too deep in others, and stay as they are. */
  readonly leftOut: readonly string[];
}

const MOST_BYTES = 512e6;
const MOST_FILES = 20_000;
/** Archives in archives; a file that holds itself has no end. */
const DEEPEST = 3;

/**
 * Unpacks a zip archive as a folder of its name, and archives in it as folders in that.
 *
 * @throws DocumentError  when it is damaged, protected, or holds too much
 */
export function unpackFolder(
  bytes: Uint8Array,
  name: string,
  isPlainArchive: (bytes: Uint8Array) => boolean,
  mostBytes = MOST_BYTES,
): UnpackedFiles {
  const files: UnpackedFile[] = [];
  const leftOut: string[] = [];
  let left = mostBytes;
  const unpack = (packed: Uint8Array, folder: string, depth: number) => {
    if (isEncrypted(packed))
      throw new DocumentError(t("“{folder}” is protected by a password.", { folder }), {
        hint: t("Unpack it with its password, and attach the files in it."),
      });
    new Archive(packed, folder, left).unpack((written) => {
      if (written.endsWith("/")) return undefined;
      const path = `${folder}/${safePath(written)}`;
      const pieces: Uint8Array[] = [];
      return (chunk, isFinal) => {
        left -= chunk.length;
        pieces.push(chunk.slice());
        if (!isFinal) return;
        if (files.length >= MOST_FILES)
          throw new DocumentError(
            t("“{name}” holds more than {files}.", { name, files: counted(MOST_FILES, "file") }),
            {
              hint: t("Unpack it, and attach the files that you need."),
            },
          );
        const file = joined(pieces);
        if (!isPlainArchive(file)) files.push({ path, bytes: file });
        else if (depth >= DEEPEST) leftOut.push(path);
        else unpack(file, path, depth + 1);
      };
    });
  };
  unpack(bytes, name, 1);
  return { files, leftOut };
}

/** A path that stays below its folder, whatever the archive says. */
function safePath(written: string): string {
  const steps = written.replaceAll("\\", "/").split("/");
  return steps.filter((step) => step !== "" && step !== "." && step !== "..").join("/");
}
