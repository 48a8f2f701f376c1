import { readFile, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModelFormatError } from "../../ground/errors";
import { joinSources } from "../../engine/weights/bytes/joined-source";
import { openSafetensors, type SafetensorsModel } from "../../engine/weights/safetensors/safetensors-model";
import { readSafetensorsIndex } from "../../engine/weights/safetensors/safetensors-index";
import { openNodeFile } from "./node-file";
import { verbatim } from "../../language/language";

const indexName = "model.safetensors.index.json";

/**
 * A model of safetensors in a folder on disk: the files that its index names, else every one there is.
 *
 * @throws what openSafetensors throws; ModelFormatError when a file is missing
 */
export async function openSafetensorsFolder(
  folder: string,
): Promise<SafetensorsModel & { close(): Promise<void> }> {
  const names = await readdir(folder);
  const wanted = names.includes(indexName)
    ? readSafetensorsIndex(await readFile(join(folder, indexName), "utf8"))
    : names.filter((name) => name.endsWith(".safetensors")).sort();
  const absent = ["config.json", ...wanted].find((name) => !names.includes(name));
  if (absent !== undefined || wanted.length === 0)
    throw new ModelFormatError(verbatim(`“${folder}” has no “${absent ?? "model.safetensors"}”.`), {
      hint: verbatim("Get all files of the model into one folder."),
    });
  const opened: { close(): Promise<void> }[] = [];
  const files = await Promise.all(
    wanted.map(async (name) => ({
      name,
      sizeBytes: (await stat(join(folder, name))).size,
      open: async () => {
        const file = await openNodeFile(join(folder, name));
        opened.push(file);
        return file;
      },
    })),
  );
  const config = await readFile(join(folder, "config.json"), "utf8");
  const model = await openSafetensors(joinSources(files), config, basename(folder));
  return { ...model, close: async () => void (await Promise.all(opened.map((file) => file.close()))) };
}
