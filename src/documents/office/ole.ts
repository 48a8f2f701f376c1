import { CFB } from "@e965/xlsx";
import { DocumentError } from "../../ground/errors";
import { t } from "../../language/language";

/** Streams of an OLE file, the container of Office before 2007 and of Outlook, by their paths. */
export type OleStreams = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

interface Container {
  readonly FullPaths: readonly string[];
  readonly FileIndex: readonly { readonly content?: ArrayLike<number> }[];
}

/** The package types it as any. */
interface Reader {
  read(bytes: Uint8Array, options: { readonly type: "array" }): Container;
}

/** @throws DocumentError  when the container is damaged */
export function oleStreams(bytes: Uint8Array, name: string): OleStreams {
  try {
    const file = (CFB as Reader).read(bytes, { type: "array" });
    return new Map(
      file.FullPaths.map((path, at) => [
        path.replace(/^[^/]*\//, "").toLowerCase(),
        Uint8Array.from(file.FileIndex[at]?.content ?? []),
      ]),
    );
  } catch (cause) {
    throw new DocumentError(t("“{name}” is damaged: its parts could not be found.", { name }), {
      hint: t("Get the file again, or open it in its own program and save it anew."),
      cause,
    });
  }
}
