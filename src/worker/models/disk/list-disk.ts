import { counted, formatCount } from "../../../ground/figures";
import type { EstimatedWeights, MemoryEstimate } from "../../../engine/runtime/memory-estimate";
import type { ModelConfig } from "../../../engine/weights/config/model-config";
import { readQuantization } from "../../../engine/weights/hub/quantizations";
import type { DiskFile, DiskListing, DiskModel } from "../../rpc/protocol/disk";
import { openDisk, type Disk } from "./disk";
import { folderModels } from "./folders";
import type { Found, FoundIn } from "./found";
import { hubCacheModels } from "./hub-cache";
import { look, looksLikeGguf, type Looked } from "./look";
import { ollamaModels } from "./ollama";
import { t } from "../../../language/language";

export interface ListOptions {
  /** GPU memory of a model with these sizes, at some contexts. */
  readonly estimate: (config: ModelConfig, weights: EstimatedWeights) => Promise<readonly MemoryEstimate[]>;
}

/**
 * Lists the models of a folder that the person picked, by the names that the program which put them there
 * gives them: Ollama's folder, LM Studio's, the hub's cache, or any other. Only the first 64 KiB of a model
 * are read.
 */
export async function listDisk(files: readonly DiskFile[], options: ListOptions): Promise<DiskListing> {
  const disk = openDisk(files);
  const kept = [await ollamaModels(disk), await hubCacheModels(disk)];
  const isTaken = (path: string) => kept.some((one) => one.isTaken(path));
  const others = [await folderModels(disk, isTaken), await looseBlobs(disk, isTaken)];
  const found = [...kept, ...others].flatMap((one) => one.found);
  const looked = await Promise.all(
    found.map(async (one) => ({ one, looked: await lookInto(disk, one.files[0]!) })),
  );
  const models = await Promise.all(
    joinSplit(looked).map(({ one, looked: inside }) => describe(disk, one, inside, options)),
  );
  const byName = (a: DiskModel, b: DiskModel) =>
    Number(a.refusal !== null) - Number(b.refusal !== null) || (a.name < b.name ? -1 : 1);
  return { models: models.toSorted(byName), leftOut: [...kept, ...others].flatMap((one) => one.leftOut) };
}

/** Files under the names of their hashes, without what says whose they are. */
async function looseBlobs(disk: Disk, isTaken: FoundIn["isTaken"]): Promise<Omit<FoundIn, "isTaken">> {
  const paths = disk.paths.filter(
    (path) => /(^|\/)(?:sha256[-:])?[0-9a-f]{64}$/.test(path) && !isTaken(path),
  );
  const found: Found[] = [];
  for (const path of paths) {
    const file = await disk.open(path);
    if (!file || !(await looksLikeGguf(file))) continue;
    const name = (await look(file)).modelName ?? path.slice(path.lastIndexOf("/") + 1);
    found.push({ name, where: t("a folder of blobs"), files: [path], companions: [], isUnnamed: true });
  }
  return { found, leftOut: [] };
}

interface WithLook {
  readonly one: Found;
  readonly looked: Looked | undefined;
}

async function lookInto(disk: Disk, path: string): Promise<Looked | undefined> {
  const file = await disk.open(path);
  return file && (await looksLikeGguf(file)) ? look(file) : undefined;
}

/** Puts the parts of a split model together, where their names do not tell that they belong together. */
function joinSplit(all: readonly WithLook[]): readonly WithLook[] {
  const partsOf = ({ one, looked }: WithLook) =>
    all.filter(
      (other) =>
        other.one.isUnnamed &&
        other.one.name === one.name &&
        other.looked?.split?.count === looked?.split?.count,
    );
  return all.flatMap((item) => {
    const { one, looked } = item;
    if (!one.isUnnamed || !looked?.split) return [item];
    if (looked.split.index > 0) return [];
    const parts = partsOf(item).toSorted((a, b) => a.looked!.split!.index - b.looked!.split!.index);
    const isWhole = parts.length === looked.split.count;
    const refusal = isWhole
      ? undefined
      : t("It is split into {files}, of which {nParts} lie here.", {
          files: counted(looked.split.count, "file"),
          nParts: formatCount(parts.length),
        });
    return [{ looked, one: { ...one, files: parts.flatMap((part) => part.one.files), refusal } }];
  });
}

async function describe(
  disk: Disk,
  { name, where, files, companions, refusal, isUnnamed }: Found,
  looked: Looked | undefined,
  { estimate }: ListOptions,
): Promise<DiskModel> {
  const opened = await Promise.all(files.map((path) => disk.open(path)));
  const sizeBytes = opened.reduce((sum, file) => sum + (file?.size ?? 0), 0);
  const quantization = looked?.quantization;
  const reason = refusal ?? looked?.refusal ?? (opened[0] ? null : t("It could not be read."));
  const type = readQuantization(quantization ?? name)?.type;
  const memory = looked?.sizes && reason === null ? await estimate(looked.sizes, { sizeBytes, type }) : [];
  const shown = isUnnamed && quantization !== undefined ? `${name} ${quantization}` : name;
  return { name: shown, where, files, companions, sizeBytes, memory, refusal: reason };
}
