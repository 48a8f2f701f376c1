import { DownloadError } from "../errors";
import { planPublishedWeights, publishedConfig } from "../debug/published-sizes";
import { runsType } from "../runtime/memory-estimate";
import { kvTypeFor } from "../runtime/memory-plan";
import { planWeights, type WeightsPlan } from "../runtime/weights-plan";
import type { ModelConfig } from "../weights/config";
import { peekSizes } from "../weights/gguf-peek";
import { hubFileUrl, listRepository } from "../weights/hub";
import { chooseFiles } from "../weights/hub-choices";
import type { ReadHeader } from "./describe";
import { takeUpHubAccess } from "./hub-access";
import { memoryBudgetBytes } from "./memory-budget";
import { planModel } from "./plan-model";
import type { LoadOptions, ModelId, PlanTarget } from "./protocol";

/** A model's sizes, and the plan of its weights for a device that binds so many bytes at once. */
export type PlannedTarget = readonly [
  config: ModelConfig,
  weightsOn: (maxBindingBytes: number) => WeightsPlan,
];

/** Finds the sizes of a model to plan for. Only "hub" asks the network. */
export async function readPlanTarget(
  target: PlanTarget,
  { contextLength, quantize = null, kv }: LoadOptions,
  headerOf: (id: ModelId) => Promise<ReadHeader>,
  signal?: AbortSignal,
): Promise<PlannedTarget> {
  switch (target.kind) {
    case "stored": {
      const header = await headerOf(target.id);
      const { config, gguf } = header;
      const weightsOn = (maxBindingBytes: number) => {
        const options = {
          contextLength,
          quantize,
          maxBindingBytes,
          kv: kvTypeFor(kv, contextLength),
          budgetBytes: memoryBudgetBytes(),
        };
        return planWeights(config, gguf, maxBindingBytes, planModel(header, options).chooseFormat);
      };
      return [config, weightsOn];
    }
    case "published":
      return withPublishedMix(publishedConfig(target.size));
    case "hub":
      return withPublishedMix(await peekRepository(target.repo, signal));
    default:
      target satisfies never;
      throw new Error("unreachable");
  }
}

const withPublishedMix = (config: ModelConfig): PlannedTarget => [
  config,
  (maxBindingBytes) => planPublishedWeights(config, maxBindingBytes),
];

/** The sizes in the header of a repository's smallest model. */
async function peekRepository(repo: string, signal: AbortSignal | undefined): Promise<ModelConfig> {
  const { hubUrl } = await takeUpHubAccess();
  const { revision, files } = await listRepository(hubUrl, { repo, revision: "main" }, signal);
  const [choice] = chooseFiles(files, { type: runsType, safetensors: false }).choices.filter(
    ({ format, isRunnable }) => format === "gguf" && isRunnable,
  );
  const config =
    choice && (await peekSizes(hubFileUrl(hubUrl, repo, revision, choice.files[0]!.path), signal));
  if (config) return config;
  throw new DownloadError(
    choice
      ? `The beginning of “${choice.name}” of “${repo}” does not hold the model's sizes.`
      : `“${repo}” holds no model as GGUF among its ${files.length} files.`,
    { hint: "The plan by the published numbers needs no network." },
  );
}
