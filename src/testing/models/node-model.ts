import { stat } from "node:fs/promises";
import type { ReadModel } from "../../engine/runtime/open-model";
import { readModelConfig } from "../../engine/weights/config/config";
import { withKnownNames } from "../../engine/weights/config/known-names";
import { readModelFile } from "../../engine/weights/gguf/split-gguf";
import { openNodeFile } from "./node-file";
import { openSafetensorsFolder } from "./safetensors-folder";

/** A model on disk, its header read: a GGUF, or the folder of a model in safetensors. */
export async function openNodeModel(path: string): Promise<ReadModel & { close(): Promise<void> }> {
  if ((await stat(path)).isDirectory()) return openSafetensorsFolder(path);
  const source = await openNodeFile(path);
  const gguf = withKnownNames(await readModelFile(source));
  return { gguf, config: readModelConfig(gguf), source, close: () => source.close() };
}
