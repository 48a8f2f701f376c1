import { DownloadError } from "../../../ground/errors";
import { counted } from "../../../ground/figures";
import { planPublishedWeights, publishedConfig } from "../../../instruments/debug/published-sizes";
import { runsType } from "../../../engine/weights/types/type-facts";
import { kvTypeFor } from "../../../engine/runtime/memory-plan";
import { planWeights, type WeightsPlan } from "../../../engine/runtime/weights/weights-plan";
import { companionsOnServer } from "../../../engine/weights/hub/companions";
import type { ModelConfig } from "../../../engine/weights/config/model-config";
import { peekSizes } from "../../../engine/weights/hub/gguf-peek";
import { hubFileUrl, listRepository, type HubListing } from "../../../engine/weights/hub/hub";
import { chooseFiles, type HubChoice } from "../../../engine/weights/hub/hub-choices";
import { readReference } from "../../../engine/weights/hub/hub-reference";
import { openModelFiles } from "../../../engine/weights/model-files";
import { takeUpHubAccess } from "../take-up-hub";
import { openHubFiles } from "../../../engine/weights/hub/hub-source";
import { memoryBudgetBytes } from "./memory-budget";
import { planModel, type PlannedFiles } from "./plan-model";
import type { LoadOptions, QuantizePlan } from "../../rpc/protocol/load";
import type { ModelId } from "../../rpc/protocol/model";
import type { PlanTarget } from "../../rpc/protocol/inspect";
import { t } from "../../../language/language";

/** A model to plan for, without its weights. */
export interface PlannedTarget {
  readonly config: ModelConfig;
  /** Only sizes are known: the weights are taken as a published 4-bit file mixes its types. */
  readonly isUsualMix: boolean;
  /** For a device that binds so many bytes at once. */
  readonly weightsOn: (maxBindingBytes: number) => {
    readonly weights: WeightsPlan;
    /** The plan of plain weights, where there is a choice. */
    readonly quantize: QuantizePlan | null;
  };
}

/**
 * Finds the sizes of a model to plan for. Only "hub" asks the network.
 *
 * @throws DownloadError          when the hub does not give them, or the repository has no model
 * @throws ModelFormatError       when its header can not be read
 * @throws UnsupportedModelError  when it is a model that is not run
 */
export async function readPlanTarget(
  target: PlanTarget,
  options: LoadOptions,
  headerOf: (id: ModelId) => Promise<PlannedFiles>,
  signal?: AbortSignal,
): Promise<PlannedTarget> {
  switch (target.kind) {
    case "stored":
      return byHeader(await headerOf(target.id), options);
    case "published":
      return withUsualMix(publishedConfig(target.size));
    case "hub":
      return readRepository(target.repo, options, signal);
    default:
      target satisfies never;
      throw new Error("unreachable");
  }
}

function byHeader(header: PlannedFiles, { contextLength, quantize = null, kv }: LoadOptions): PlannedTarget {
  const { config, gguf } = header;
  return {
    config,
    isUsualMix: false,
    weightsOn: (maxBindingBytes) => {
      const { plan, chooseFormat } = planModel(header, {
        contextLength,
        quantize,
        maxBindingBytes,
        kv: kvTypeFor(kv, contextLength),
        budgetBytes: memoryBudgetBytes(),
      });
      const weights = planWeights(config, gguf, maxBindingBytes, chooseFormat);
      return { weights, quantize: plan.quantize };
    },
  };
}

const withUsualMix = (config: ModelConfig): PlannedTarget => ({
  config,
  isUsualMix: true,
  weightsOn: (maxBindingBytes) => ({
    weights: planPublishedWeights(config, maxBindingBytes),
    quantize: null,
  }),
});

/** A repository's headers: of safetensors everything, of a GGUF its sizes. */
type RepositoryHeaders = { readonly header: PlannedFiles } | { readonly config: ModelConfig };

/**
 * The headers of the repository asked for last: its plan is made again for each length, and for each choice
 * of weights.
 */
let lastRepository: { readonly key: string; readonly headers: RepositoryHeaders } | null = null;

/** By the header of a repository's smallest GGUF or, where it has none, by those of its safetensors. */
async function readRepository(
  text: string,
  options: LoadOptions,
  signal: AbortSignal | undefined,
): Promise<PlannedTarget> {
  const { hubUrl } = await takeUpHubAccess();
  const key = `${hubUrl} ${text}`;
  // Kept only when it is whole: what another request asked for ends with that.
  if (lastRepository?.key !== key)
    lastRepository = { key, headers: await readRepositoryHeaders(hubUrl, text, signal) };
  const { headers } = lastRepository;
  return "header" in headers ? byHeader(headers.header, options) : withUsualMix(headers.config);
}

async function readRepositoryHeaders(
  hubUrl: string,
  text: string,
  signal: AbortSignal | undefined,
): Promise<RepositoryHeaders> {
  const reference = readReference(text, hubUrl);
  if (reference.kind === "link")
    throw new DownloadError(
      t("“{text}” is the address of a file; a plan is made for a repository.", { text }),
      {
        hint: t("Write it as owner/name, or add the file as a model and choose it here."),
      },
    );
  const listing = await listRepository(reference.hubUrl ?? hubUrl, reference, signal);
  const { choices } = chooseFiles(listing.files, { type: runsType, safetensors: true });
  const runnable = choices.filter(({ isRunnable }) => isRunnable);
  const choice = runnable.find(({ format }) => format === "gguf") ?? runnable[0];
  if (!choice)
    throw new DownloadError(
      choices[0]?.refusal ??
        t("“{repo}” holds no model as GGUF or safetensors among its {files}.", {
          repo: listing.repo,
          files: counted(listing.files.length, "file"),
        }),
      { hint: t("The plan by the published numbers needs no network.") },
    );
  if (choice.format === "safetensors") return { header: await readHeaders(listing, choice, signal) };
  const { repo, revision } = listing;
  const config = await peekSizes(hubFileUrl(listing.hubUrl, repo, revision, choice.files[0]!.path), signal);
  if (config) return { config };
  throw new DownloadError(
    t("The beginning of “{name}” of “{repo}” does not hold the model's sizes.", { name: choice.name, repo }),
    {
      hint: t("The plan by the published numbers needs no network."),
    },
  );
}

/**
 * Reads a repository's headers: for safetensors config.json and the beginning of each file, with the names,
 * types and shapes of all tensors.
 */
async function readHeaders(
  listing: HubListing,
  { files, name }: HubChoice,
  signal: AbortSignal | undefined,
): Promise<PlannedFiles> {
  const { hubUrl, repo, revision } = listing;
  const source = openHubFiles({ ...listing, kind: "hub", files }, signal);
  const address = hubFileUrl(hubUrl, repo, revision, files[0]!.path).href;
  try {
    return await openModelFiles(source, name, companionsOnServer(address, signal));
  } finally {
    await source.close();
  }
}
