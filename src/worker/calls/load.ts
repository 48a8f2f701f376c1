import { StorageError } from "../../ground/errors";
import { touchInPlace } from "../../storage/models/in-place-models";
import { planFitting } from "../models/plan/plan-load";
import type { LoadedModel, LoadOptions, LoadProgress, PlannedModel, PlanOptions } from "../rpc/protocol/load";
import type { ModelId } from "../rpc/protocol/model";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

/** Stored models on their way to the GPU, and off it. */
export interface LoadCalls {
  plan: { args: [id: ModelId, options: PlanOptions]; result: PlannedModel; progress: never };
  load: { args: [id: ModelId, options: LoadOptions]; result: LoadedModel; progress: LoadProgress };
  unload: { args: []; result: void; progress: never };
}

export const loadCalls = ({ engine, files, headers }: Services): Handlers<LoadCalls> => ({
  plan: async ([id, options]) => {
    const header = await headers.of(id);
    const plan = planFitting(await engine.gpu.device(), header, options);
    return { description: header.description, plan };
  },

  load: async ([id, options], { progress, signal }) => {
    const header = await headers.of(id);
    const loaded = await engine.load({ id, header, options, progress, signal }).catch((error: unknown) => {
      if (error instanceof StorageError) headers.forget(id); // its source may be of a file that was replaced
      throw error;
    });
    // When it was used last: on a full disk that can not be written, which is no reason not to run.
    await Promise.allSettled([files.touch(id), touchInPlace(id)]);
    return loaded;
  },

  unload: () => engine.unload(),
});
