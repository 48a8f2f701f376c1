import { DocumentStorage } from "../../storage/documents";
import { ModelFiles } from "../../storage/models/model-files";
import { StateStorage } from "../../storage/chats/states";
import { tunedStore } from "../../storage/tuned";
import type { WireError } from "../../ground/errors";
import { DocumentParts } from "../chat/document-parts";
import { ChatStates } from "../chat/chat-states";
import { Engine } from "../engine";
import { StoredHeaders } from "../models/stored-headers";

/** The parts of the worker that calls work on, one of each. */
export interface Services {
  readonly engine: Engine;
  readonly files: ModelFiles;
  readonly headers: StoredHeaders;
  readonly documents: DocumentStorage;
  readonly documentParts: DocumentParts;
  readonly stateStorage: StateStorage;
}

export function createServices(onDeviceLost: (error: WireError) => void): Services {
  const files = new ModelFiles();
  const documents = new DocumentStorage();
  const stateStorage = new StateStorage();
  // What a killed save left behind. Where nothing can be stored there is nothing to sweep.
  void stateStorage.sweep().catch(() => undefined);
  return {
    engine: new Engine(onDeviceLost, tunedStore, new ChatStates(stateStorage)),
    files,
    headers: new StoredHeaders(files),
    documents,
    documentParts: new DocumentParts(documents),
    stateStorage,
  };
}
