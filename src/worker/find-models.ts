import { DownloadError, ModelFormatError, UnsupportedModelError } from "../errors";
import { runsType, type MemoryEstimate } from "../runtime/memory-estimate";
import type { ModelConfig } from "../weights/config";
import type { GgmlType } from "../weights/ggml-types";
import { peekSizes } from "../weights/gguf-peek";
import { hubFileUrl, listRepository, type HubListing } from "../weights/hub";
import { chooseFiles, type HubChoice, type Runs } from "../weights/hub-choices";
import { readReference } from "../weights/hub-reference";
import { suggest } from "../weights/quantizations";
import { readShardName } from "../weights/split-gguf";
import type { FoundModels, HubModel } from "./protocol";

const runs: Runs = { type: runsType, safetensors: false };

export interface FindOptions {
  readonly hubUrl: string;
  /** GPU memory of a model with these sizes, at some contexts. */
  readonly estimate: (
    config: ModelConfig,
    sizeBytes: number,
    type: GgmlType | undefined,
  ) => Promise<readonly MemoryEstimate[]>;
  readonly budgetBytes: number;
  readonly signal?: AbortSignal;
}

/**
 * Finds the models that a person's words name: those of a repository, with what each needs, or the file of a link, which is
 * not asked for yet.
 *
 * @throws DownloadError    when it can not be found, or holds no model files
 * @throws CancelledError   when `signal` aborts
 */
export async function findModels(text: string, options: FindOptions): Promise<FoundModels> {
  const { hubUrl, signal } = options;
  const reference = readReference(text, hubUrl);
  if (reference.kind === "link") return reference;
  const listing = await listRepository(hubUrl, reference, signal);
  const { choices, setAside } = chooseFiles(listing.files, runs);
  if (choices.length === 0)
    throw new DownloadError(
      `“${listing.repo}” holds no model as GGUF: none of its ${listing.files.length} files is one.`,
      {
        hint: "Look for a repository of the same model with “GGUF” in its name.",
      },
    );
  const models = await withMemory(listing, choices, options);
  const fits = ({ memory }: HubModel) =>
    memory[0] === undefined || memory[0].totalBytes <= options.budgetBytes;
  const { repo, revision, branch, isGated } = listing;
  return {
    kind: "repository",
    hubUrl,
    repo,
    revision,
    branch,
    isGated,
    models,
    setAside,
    suggested: suggest(models, fits)?.name ?? null,
    asked: reference.path === "" ? null : (namedBy(reference.path, models)?.name ?? null),
  };
}

/** Looks into one file of each model that the repository holds, whatever the number of its quantizations. */
async function withMemory(
  listing: HubListing,
  choices: readonly HubChoice[],
  { estimate, signal }: FindOptions,
): Promise<HubModel[]> {
  const peeked = new Map<string, Promise<ModelConfig | string | undefined>>();
  return Promise.all(
    choices.map(async (choice): Promise<HubModel> => {
      if (!choice.isRunnable || choice.format !== "gguf") return { ...choice, memory: [] };
      const model = modelNameOf(choice);
      const peek = peeked.get(model) ?? sizesOrRefusal(listing, choice, signal);
      peeked.set(model, peek);
      const found = await peek;
      if (typeof found === "string") return { ...choice, isRunnable: false, refusal: found, memory: [] };
      const memory = found ? await estimate(found, choice.sizeBytes, choice.quantization?.type) : [];
      return { ...choice, memory };
    }),
  );
}

/** @returns the sizes, undefined when they could not be told from the file's beginning, or why the model is not run */
async function sizesOrRefusal(
  { hubUrl, repo, revision }: HubListing,
  { files }: HubChoice,
  signal: AbortSignal | undefined,
): Promise<ModelConfig | string | undefined> {
  try {
    return await peekSizes(hubFileUrl(hubUrl, repo, revision, files[0]!.path), signal);
  } catch (error) {
    if (error instanceof UnsupportedModelError || error instanceof ModelFormatError) return error.message;
    throw error;
  }
}

/** The file's name without its quantization and shard: the same for all quantizations of a model. */
function modelNameOf({ files, quantization }: HubChoice): string {
  const fileName = files[0]!.path.split("/").at(-1)!;
  const stem = readShardName(fileName)?.stem ?? fileName.replace(/\.gguf$/i, "");
  return quantization ? stem.replace(new RegExp(quantization.name, "i"), "") : stem;
}

/** @param path  of a file or folder in the repository, or a quantization's name */
function namedBy(path: string, models: readonly HubModel[]): HubModel | undefined {
  return (
    models.find(({ files }) => files.some((file) => file.path === path)) ??
    models.find(({ name }) => name.toLowerCase() === path.toLowerCase()) ??
    models.find(({ files }) => files[0]!.path.startsWith(`${path}/`))
  );
}
