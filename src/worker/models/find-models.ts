import { DownloadError, ModelFormatError, UnsupportedModelError } from "../../ground/errors";
import type { EstimatedWeights, MemoryEstimate } from "../../engine/runtime/memory-estimate";
import { runsType } from "../../engine/weights/types/type-facts";
import { companionsOnServer } from "../../engine/weights/hub/companions";
import type { ModelConfig } from "../../engine/weights/config/model-config";
import { peekSizes } from "../../engine/weights/hub/gguf-peek";
import { readHfConfig } from "../../engine/weights/safetensors/hf-config";
import { isReadAsPlain } from "../../engine/weights/safetensors/hf-quantization";
import { hubFileUrl, listRepository, type HubListing } from "../../engine/weights/hub/hub";
import { chooseFiles, withProposal, type HubChoice, type Runs } from "../../engine/weights/hub/hub-choices";
import { readReference } from "../../engine/weights/hub/hub-reference";
import { suggest } from "../../engine/weights/hub/quantizations";
import { readShardName } from "../../ground/model-file-names";
import { counted } from "../../ground/figures";
import type { FoundModels, HubModel } from "../rpc/protocol/hub";
import { mark, t, type Key, type Sentence } from "../../language/language";

const runs: Runs = { type: runsType, safetensors: true };

export interface FindOptions {
  readonly hubUrl: string;
  /** GPU memory of a model with these sizes, at some contexts. */
  readonly estimate: (config: ModelConfig, weights: EstimatedWeights) => Promise<readonly MemoryEstimate[]>;
  readonly budgetBytes: number;
  readonly signal?: AbortSignal;
}

/**
 * Finds the models that a person's words name: those of a repository, with what each needs, or the file of a
 * link, which is not asked for yet.
 *
 * @throws DownloadError    when it can not be found, or holds no model files
 * @throws CancelledError   when `signal` aborts
 */
export async function findModels(text: string, options: FindOptions): Promise<FoundModels> {
  const { signal } = options;
  const reference = readReference(text, options.hubUrl);
  if (reference.kind === "link") return reference;
  const { hubUrl = options.hubUrl } = reference;
  const listing = await listRepository(hubUrl, reference, signal);
  const { choices, setAside } = chooseFiles(listing.files, runs);
  const [aside] = setAside;
  if (choices.length === 0 && aside)
    throw new DownloadError(
      t("“{repo}” holds no whole model. “{path}”: {reason}", {
        repo: listing.repo,
        path: aside.path,
        reason: aside.reason,
      }),
      {
        hint: t("Look for the repository of the model itself, with “GGUF” in its name."),
      },
    );
  if (choices.length === 0)
    throw new DownloadError(
      t("“{repo}” holds no model as GGUF or safetensors: none of its {files} is one.", {
        repo: listing.repo,
        files: counted(listing.files.length, "file"),
      }),
      {
        hint: t("Look for a repository of the same model with “GGUF” in its name."),
      },
    );
  const models = await withMemory(listing, choices, options);
  const fits = ({ memory }: HubModel) =>
    memory[0] === undefined || memory[0].totalBytes <= options.budgetBytes;
  const { repo, revision, branch, isGated } = listing;
  const { path } = reference;
  const asked = path === "" ? null : (namedBy(path, models)?.name ?? null);
  const isThere =
    path === "" ||
    asked !== null ||
    listing.files.some((file) => file.path === path || file.path.startsWith(`${path}/`)) ||
    choices.some(({ quantization }) => quantization?.name.toLowerCase() === path.toLowerCase());
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
    asked,
    missing: isThere ? null : path,
  };
}

/**
 * The result of a look at a model: its sizes and how its weights are stored, or why it is not run; undefined
 * where that did not stand there.
 */
type Peeked =
  { readonly config: ModelConfig; readonly type?: EstimatedWeights["type"] } | Sentence | undefined;

/** Explanations of safetensors that are quantized already: nothing is left to choose. */
const quantizedExplanations: Readonly<Record<string, Key>> = {
  mlx: mark("Quantized with Apple's MLX. The values are kept as they were published"),
  gptq: mark("Quantized with GPTQ. The values are kept as they were published"),
  awq: mark("Quantized with AWQ. The values are kept as they were published"),
  compressed: mark("Quantized with llm-compressor. The values are kept as they were published"),
};

/** Looks into one file of each model that the repository holds, whatever the number of its quantizations. */
async function withMemory(
  listing: HubListing,
  choices: readonly HubChoice[],
  { estimate, signal }: FindOptions,
): Promise<HubModel[]> {
  const peeked = new Map<string, Promise<Peeked>>();
  const ofModel = (model: string) =>
    choices.filter((choice) => choice.isRunnable && modelNameOf(choice) === model);
  const models = await Promise.all(
    choices.map(async (choice): Promise<HubModel> => {
      if (!choice.isRunnable) return { ...choice, memory: [] };
      const model = modelNameOf(choice);
      const peek = peeked.get(model) ?? peekFirst(listing, ofModel(model), signal);
      peeked.set(model, peek);
      const found = await peek;
      if (typeof found === "string") return { ...choice, isRunnable: false, refusal: found, memory: [] };
      if (!found) return { ...choice, memory: [] };
      const { config, type = choice.quantization?.type } = found;
      const memory = await estimate(config, { sizeBytes: choice.sizeBytes, type });
      const quantized = type && quantizedExplanations[type];
      const explanation = quantized ? t(quantized) : choice.explanation;
      return { ...choice, explanation, memory };
    }),
  );
  return models.map((model, i) => (choices[i]!.isRunnable ? withProposal(model, models) : model));
}

/** Looks into one file of a model after another, until the server gives one; a few, as it may give none. */
async function peekFirst(
  listing: HubListing,
  choices: readonly HubChoice[],
  signal: AbortSignal | undefined,
): Promise<Peeked> {
  for (const choice of choices.slice(0, 3)) {
    try {
      return await peekOrRefusal(listing, choice, signal);
    } catch (error) {
      // The list is there; only what the model takes stays unsaid.
      if (!(error instanceof DownloadError) || error.needsAccess) throw error;
    }
  }
  return undefined;
}

async function peekOrRefusal(
  listing: HubListing,
  choice: HubChoice,
  signal: AbortSignal | undefined,
): Promise<Peeked> {
  const { hubUrl, repo, revision } = listing;
  const url = hubFileUrl(hubUrl, repo, revision, choice.files[0]!.path);
  try {
    if (choice.format === "safetensors") return await peekConfig(url, signal);
    const config = await peekSizes(url, signal);
    return config && { config };
  } catch (error) {
    if (error instanceof UnsupportedModelError || error instanceof ModelFormatError) return error.sentence;
    throw error;
  }
}

/** Reads the config.json beside safetensors, which says everything. */
async function peekConfig(url: URL, signal: AbortSignal | undefined): Promise<Peeked> {
  const text = await companionsOnServer(url.href, signal)("config.json");
  if (text === undefined) return undefined;
  const { model, quantization } = readHfConfig(text, "");
  return {
    config: { ...model, hasTiedHead: model.hasTiedHead ?? true },
    type: isReadAsPlain(quantization) ? "none" : quantization.kind,
  };
}

/** The file's name without its quantization and shard: the same for all quantizations of a model. */
function modelNameOf({ files, format, quantization }: HubChoice): string {
  if (format === "safetensors") return files[0]!.path; // each has its own config.json
  const fileName = files[0]!.path.split("/").at(-1)!;
  const stem = readShardName(fileName)?.stem ?? fileName.replace(/\.gguf$/i, "");
  return quantization ? stem.replace(new RegExp(quantization.name, "i"), "") : stem;
}

/** @param path  of a file or folder in the repository, or a quantization's name */
function namedBy(path: string, models: readonly HubModel[]): HubModel | undefined {
  return (
    models.find(({ files }) => files.some((file) => file.path === path)) ??
    models.find(({ files }) => files.some((file) => file.path.endsWith(`/${path}`))) ??
    models.find(({ name }) => name.toLowerCase() === path.toLowerCase()) ??
    models.find(({ files }) => files[0]!.path.startsWith(`${path}/`))
  );
}
