import {
  findInPlace,
  listDamagedInPlace,
  listInPlace,
  removeInPlace,
} from "../../storage/models/in-place-models";
import { estimateMemory } from "../../engine/runtime/memory-estimate";
import { readBare, stretchesOf } from "../models/bare-read";
import { readHeader } from "../models/describe";
import { fetchModel, openSource, repairModel, toStoredModel, toUnfinished } from "../models/fetch-model";
import { takeUpHubAccess } from "../models/take-up-hub";
import { listDisk } from "../models/disk/list-disk";
import { memoryBudgetBytes } from "../models/plan/memory-budget";
import { addInPlace, damagedInPlace, filesInPlace, inPlaceAsStored, type InFolder } from "../models/in-place";
import type { DiskFile, DiskListing } from "../rpc/protocol/disk";
import type {
  FetchProgress,
  ModelDescription,
  ModelId,
  ModelSource,
  ReadRate,
  StoredModel,
  UnfinishedModel,
  VerifyProgress,
  VerifyResult,
} from "../rpc/protocol/model";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

/** Models that are stored, and getting them there. */
export interface ModelCalls {
  listModels: { args: []; result: readonly StoredModel[]; progress: never };
  listUnfinished: { args: []; result: readonly UnfinishedModel[]; progress: never };
  /** Reads only the header, over the network if it has to. */
  inspect: { args: [source: ModelSource]; result: ModelDescription; progress: never };
  /**
   * Downloads or copies a file into storage; the same source again answers at once with what is stored, or
   * goes on where it was interrupted. Cancelling keeps what has come.
   */
  fetchModel: { args: [source: ModelSource]; result: StoredModel; progress: FetchProgress };
  /** Stores where a model's files are, without copying them. `companions` were picked together with them. */
  addInPlace: {
    args: [handles: readonly FileSystemFileHandle[], companions: readonly File[], inFolder?: InFolder];
    result: StoredModel;
    progress: never;
  };
  /** Looks for models in a folder that the person picked; reads the beginnings of them. */
  listDisk: { args: [files: readonly DiskFile[]]; result: DiskListing; progress: never };
  /** Reads all of it and compares the hash of every part. */
  verifyModel: { args: [id: ModelId]; result: VerifyResult; progress: VerifyProgress };
  /**
   * Takes these parts again, and no others: from where the model came or, of one that was copied, from the
   * file that was picked again.
   */
  repairModel: {
    args: [id: ModelId, parts: readonly number[], picked?: ModelSource];
    result: void;
    progress: FetchProgress;
  };
  /** Finished or not. */
  deleteModel: { args: [id: ModelId]; result: void; progress: never };
  /**
   * Reads a model's bytes from where they are, one after another, and does nothing with them: what a load is
   * compared with.
   */
  readBare: { args: [id: ModelId]; result: ReadRate; progress: never };
}

export const modelCalls = ({ engine, files, headers }: Services): Handlers<ModelCalls> => ({
  listModels: async () => [
    ...(await files.list()).map(toStoredModel),
    ...(await listInPlace()).map(inPlaceAsStored),
  ],

  listUnfinished: async () => [
    ...(await files.listUnfinished()).map(toUnfinished),
    ...(await listDamagedInPlace()).map(damagedInPlace),
  ],

  inspect: async ([source], { signal }) => {
    await takeUpHubAccess();
    const opened = await openSource(source, signal);
    try {
      return (await readHeader(opened, opened.title, opened.findCompanion)).description;
    } finally {
      await opened.close();
    }
  },

  fetchModel: async ([source], { progress, signal }) => {
    await takeUpHubAccess();
    return fetchModel(files, source, {
      describe: async (...opened) => (await readHeader(...opened)).description,
      onProgress: progress,
      signal,
    });
  },

  addInPlace: ([handles, companions, inFolder]) =>
    addInPlace(handles, companions, async (...opened) => (await readHeader(...opened)).description, inFolder),

  listDisk: ([picked]) =>
    listDisk(picked, {
      estimate: async (config, weights) => {
        const { maxBindingBytes } = await engine.gpu.device();
        return estimateMemory(config, weights, { maxBindingBytes, budgetBytes: memoryBudgetBytes() });
      },
    }),

  verifyModel: async ([id], { progress, signal }) => {
    const totalBytes = (await files.find(id))?.sizeBytes ?? 0;
    return files.verify(id, { signal, onProgress: (checkedBytes) => progress({ checkedBytes, totalBytes }) });
  },

  repairModel: async ([id, parts, picked], { progress, signal }) => {
    await repairModel(files, id, parts, { onProgress: progress, signal, picked });
    headers.forget(id);
  },

  deleteModel: async ([id]) => {
    if (engine.isLoaded(id)) await engine.unload();
    headers.forget(id);
    await files.remove(id);
    await removeInPlace(id);
  },

  readBare: async ([id], { signal }) => {
    const inPlace = await findInPlace(id);
    if (!inPlace) return readBare((await files.blobs(id)).parts, signal);
    const opened = await filesInPlace(inPlace);
    return readBare(
      opened.flatMap((file) => [...stretchesOf(file)]),
      signal,
    );
  },
});
