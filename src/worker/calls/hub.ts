import type { HubOrigin } from "../../ground/model-origin";
import { estimateMemory } from "../../engine/runtime/memory-estimate";
import { findModels } from "../models/find-models";
import { findUpdate } from "../models/find-update";
import { takeUpHubAccess } from "../models/take-up-hub";
import { memoryBudgetBytes } from "../models/plan/memory-budget";
import type { FoundModels } from "../rpc/protocol/hub";
import type { ModelId } from "../rpc/protocol/model";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

export interface HubCalls {
  /** Looks a repository, a page of a hub or a link up, as a person types it. Fetches no model. */
  findModels: { args: [text: string]; result: FoundModels; progress: never };
  /**
   * The newest commit where that has other files for a stored model of a hub; `null` when what is stored is
   * the newest.
   */
  findUpdate: { args: [id: ModelId]; result: HubOrigin | null; progress: never };
}

export const hubCalls = ({ engine, files }: Services): Handlers<HubCalls> => ({
  findModels: async ([text], { signal }) => {
    const { hubUrl } = await takeUpHubAccess();
    const budgetBytes = memoryBudgetBytes();
    return findModels(text, {
      hubUrl,
      estimate: async (config, weights) => {
        const { maxBindingBytes } = await engine.gpu.device();
        return estimateMemory(config, weights, { maxBindingBytes, budgetBytes });
      },
      budgetBytes,
      signal,
    });
  },

  findUpdate: async ([id], { signal }) => {
    await takeUpHubAccess();
    return findUpdate(await files.find(id), signal);
  },
});
