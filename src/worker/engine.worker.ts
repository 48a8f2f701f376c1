import { StorageError } from "../ground/errors";
import {
  findInPlace,
  listDamagedInPlace,
  listInPlace,
  removeInPlace,
  touchInPlace,
} from "../storage/models/in-place-models";
import { DocumentStorage } from "../storage/documents";
import { ModelFiles } from "../storage/models/model-files";
import { SavedStates } from "../storage/chats/saved-states";
import { tunedStore } from "../storage/tuned";
import { readHeader, type ReadHeader } from "./models/describe";
import { Engine } from "./engine";
import { findModels } from "./models/find-models";
import { findUpdate } from "./models/find-update";
import { takeUpHubAccess } from "./models/hub-access";
import { readBare, stretchesOf } from "./models/bare-read";
import { addInPlace, damagedInPlace, filesInPlace, inPlaceAsStored, openInPlace } from "./models/in-place";
import { fetchModel, openSource, repairModel, toStoredModel, toUnfinished } from "./models/fetch-model";
import { chooseMemoryBudget, memoryBudgetBytes } from "./models/memory-budget";
import { readPlanTarget } from "./models/plan-target";
import { describeSaved, KeptChats } from "./chat/kept-chats";
import type { ModelId } from "./rpc/protocol/model";
import { DocumentParts } from "./chat/document-parts";
import { countDocument, withDocumentTexts } from "./chat/prompt-documents";
import { serve } from "./rpc/serve";

const files = new ModelFiles();
const documents = new DocumentStorage();
const documentParts = new DocumentParts(documents);
const savedStates = new SavedStates();
const engine = new Engine((error) => server.deviceLost(error), tunedStore, new KeptChats(savedStates));
// Sweeps up what a killed save left behind. Where nothing can be stored there is nothing to sweep.
void savedStates.sweep().catch(() => undefined);

/** The header read last: describing, planning and loading a model ask for the same one in a row. */
let lastHeader: { readonly id: ModelId; readonly header: Promise<ReadHeader> } | null = null;

async function headerOf(id: ModelId): Promise<ReadHeader> {
  // Also for a header that is at hand: a file in place may be gone, or need the person's leave again.
  const { source, name, findCompanion } = await openStored(id);
  if (lastHeader?.id !== id) {
    const header = readHeader(source, name, findCompanion);
    header.catch(() => (lastHeader = null));
    lastHeader = { id, header };
  }
  return lastHeader.header;
}

/** A model from where its bytes are: in the browser's storage, or in files that it may read. */
async function openStored(id: ModelId) {
  const inPlace = await findInPlace(id);
  if (inPlace) {
    const source = await openInPlace(inPlace);
    const findCompanion = (name: string) => Promise.resolve(inPlace.companions[name]);
    return { source, name: inPlace.name, findCompanion };
  }
  const source = await files.open(id);
  const name = (await files.find(id))?.name ?? id;
  return { source, name, findCompanion: (name: string) => files.companion(id, name) };
}

const server = serve({
  start: ([budgetBytes]) => {
    chooseMemoryBudget(budgetBytes);
    return engine.start();
  },

  listUnfinished: async () => [
    ...(await files.listUnfinished()).map(toUnfinished),
    ...(await listDamagedInPlace()).map(damagedInPlace),
  ],

  verifyModel: async ([id], { progress, signal }) => {
    const totalBytes = (await files.find(id))?.sizeBytes ?? 0;
    return files.verify(id, { signal, onProgress: (checkedBytes) => progress({ checkedBytes, totalBytes }) });
  },

  repairModel: async ([id, parts, picked], { progress, signal }) => {
    await repairModel(files, id, parts, { onProgress: progress, signal, picked });
    if (lastHeader?.id === id) lastHeader = null;
  },

  listModels: async () => [
    ...(await files.list()).map(toStoredModel),
    ...(await listInPlace()).map(inPlaceAsStored),
  ],

  addInPlace: ([handles, companions]) =>
    addInPlace(handles, companions, async (...opened) => (await readHeader(...opened)).description),

  findModels: async ([text], { signal }) => {
    const { hubUrl } = await takeUpHubAccess();
    return findModels(text, {
      hubUrl,
      estimate: (...sizes) => engine.estimate(...sizes),
      budgetBytes: memoryBudgetBytes(),
      signal,
    });
  },

  findUpdate: async ([id], { signal }) => {
    await takeUpHubAccess();
    return findUpdate(await files.find(id), signal);
  },

  inspect: async ([source], { signal }) => {
    await takeUpHubAccess();
    const opened = await openSource(source, signal);
    try {
      return (await readHeader(opened, opened.title, opened.findCompanion)).description;
    } finally {
      await opened.close();
    }
  },

  describe: async ([id]) => (await headerOf(id)).description,

  fetchModel: async ([source], { progress, signal }) => {
    await takeUpHubAccess();
    return fetchModel(files, source, {
      describe: async (...opened) => (await readHeader(...opened)).description,
      onProgress: progress,
      signal,
    });
  },

  deleteModel: async ([id]) => {
    if (engine.isLoaded(id)) await engine.unload();
    if (lastHeader?.id === id) lastHeader = null;
    await files.remove(id);
    await removeInPlace(id);
  },

  plan: async ([id, options]) => engine.plan(await headerOf(id), options),

  load: async ([id, options], { progress, signal }) => {
    const header = await headerOf(id);
    const loaded = await engine.load({ id, header, options, progress, signal }).catch((error: unknown) => {
      if (error instanceof StorageError) lastHeader = null; // its source may be of a file that was replaced
      throw error;
    });
    // When it was used last: on a full disk that can not be written, which is no reason not to run.
    await Promise.allSettled([files.touch(id), touchInPlace(id)]);
    return loaded;
  },

  unload: () => engine.unload(),

  readBare: async ([id], { signal }) => {
    const inPlace = await findInPlace(id);
    if (!inPlace) return readBare((await files.blobs(id)).parts, signal);
    const opened = await filesInPlace(inPlace);
    return readBare(
      opened.flatMap((file) => [...stretchesOf(file)]),
      signal,
    );
  },

  countDocument: async ([modelId, documentId], { progress, signal }) => {
    const [header, document] = [await headerOf(modelId), await documents.read(documentId)];
    return countDocument(header.text, document, progress, signal);
  },

  generate: async ([request], { progress, signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    return engine.generate({ ...request, messages }, progress, signal);
  },

  inspectState: async ([request], { progress, signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    const onRead = (readTokens: number, totalTokens: number) => progress({ readTokens, totalTokens });
    return engine.inspectState({ ...request, messages }, onRead, signal);
  },

  engineReport: () => engine.report(),

  memory: () => engine.memory(),

  planLayers: async ([target, options], { signal }) => {
    return engine.planLayers(await readPlanTarget(target, options, headerOf, signal), options);
  },

  makeRoom: async ([request]) =>
    engine.makeRoom({ ...request, messages: await withDocumentTexts(request.messages, documentParts) }),
  prepare: async ([request], { progress, signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    return engine.prepare({ ...request, messages }, progress, signal);
  },

  savedReadings: async () => describeSaved(await savedStates.list(), await savedStates.budgetBytes()),

  leaveOthers: ([openChatId]) => engine.leaveOthers(openChatId),
  forgetChats: ([chatIds]) => {
    engine.forgetChats(chatIds);
    return savedStates.exclusively(() => savedStates.remove(({ chatId }) => chatIds.includes(chatId)));
  },

  limitSavedReading: ([bytes]) => savedStates.setBudget(bytes),

  bench: ([request], { progress, signal }) => engine.bench(request, progress, signal),

  profile: ([request], { progress, signal }) => engine.profile(request, progress, signal),

  runLab: ([request], { progress, signal }) => engine.runLab(request, progress, signal),
});
