import { readShardName, originalName } from "../../../ground/model-file-names";
import { runsType } from "../../../engine/weights/types/type-facts";
import { chooseFiles, type HubChoice } from "../../../engine/weights/hub/hub-choices";
import type { Disk } from "./disk";
import type { Found, FoundIn } from "./found";
import { verbatim, type Sentence } from "../../../language/language";

/** Sorts files of a folder that come under their own names into models. */
export async function modelsAmong(
  disk: Disk,
  paths: readonly string[],
  name: (choice: HubChoice) => string,
  where: Sentence,
): Promise<Omit<FoundIn, "isTaken">> {
  const opened = await Promise.all(
    paths.map(async (path) => ({ path, sizeBytes: (await disk.open(path))?.size })),
  );
  const there = opened.flatMap(({ path, sizeBytes }) =>
    sizeBytes === undefined ? [] : [{ path, sizeBytes }],
  );
  const { choices, setAside } = chooseFiles(there, { type: runsType, safetensors: true });
  const isWeights = (path: string) => /\.(gguf|safetensors)$/i.test(path);
  const found = choices.map((choice): Found => {
    const files = choice.files.map(({ path }) => path);
    return {
      name: name(choice),
      where,
      files: files.filter(isWeights),
      companions: files.filter((path) => !isWeights(path)),
      refusal: choice.refusal,
    };
  });
  return { found, leftOut: setAside.map(({ path, reason }) => ({ name: lastOf(path), reason })) };
}

const isOfModel = (path: string) => /\.(gguf|safetensors|json|jinja)$/i.test(path);

/**
 * Finds the models of any other folder, each folder on its own; LM Studio's is `publisher/repository/file`.
 *
 * @param isTaken  says which files have their place already
 */
export async function folderModels(
  disk: Disk,
  isTaken: FoundIn["isTaken"],
): Promise<Omit<FoundIn, "isTaken">> {
  const byFolder = new Map<string, string[]>();
  for (const path of disk.paths.filter((one) => isOfModel(one) && !isTaken(one))) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), path]);
  }
  const all = await Promise.all(
    [...byFolder].map(([folder, paths]) => {
      const where = folder.split("/").filter(Boolean).slice(-2).join("/");
      return modelsAmong(disk, paths, (choice) => nameOf(choice, folder), verbatim(where));
    }),
  );
  return { found: all.flatMap(({ found }) => found), leftOut: all.flatMap(({ leftOut }) => leftOut) };
}

/** The file's name without its ending; safetensors are called after their folder. */
function nameOf({ files, format }: HubChoice, folder: string): string {
  if (format === "safetensors") return folder.split("/").filter(Boolean).at(-1) ?? "safetensors";
  const file = lastOf(files[0]!.path);
  return readShardName(file)?.stem ?? originalName(file).replace(/\.gguf$/i, "");
}

const lastOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
