import type { ModelSource } from "../rpc/protocol/model";

/**
 * The name of a model whose files give none: a GGUF's file by itself, but for safetensors, whose files are
 * all called alike, the place they are in.
 */
export function titleOf(source: ModelSource, fileName: string): string {
  if (!/\.safetensors$/i.test(fileName)) return fileName;
  switch (source.kind) {
    case "hub":
      return source.repo.slice(source.repo.indexOf("/") + 1);
    case "file":
      return source.folder ?? fileName;
    case "bundled":
    case "url":
      return folderOf(source.url) ?? fileName;
  }
}

/** The folder of a file's address; of a hub's "/owner/name/resolve/main/file" the repository. */
function folderOf(address: string): string | undefined {
  const folders = (URL.parse(address)?.pathname ?? "").split("/").slice(1, -1);
  const repository = folders[folders.indexOf("resolve") - 1];
  return repository ?? folders.at(-1);
}
