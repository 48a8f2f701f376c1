import { modeOf, type PromptMode } from "../../ground/prompt-mode";
import type {
  FreedRoom,
  DocumentCount,
  GenerateEvent,
  GenerateRequest,
  GenerateResult,
} from "../rpc/protocol/chat";
import { answer } from "../chat/answering";
import { makeRoom } from "../chat/make-room";
import {
  countDocument,
  countLinesAround,
  withDocumentTexts,
  type TextRequest,
} from "../chat/prompt-documents";
import type { Engine } from "../engine";
import type { ModelId } from "../rpc/protocol/model";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

export interface ChatCalls {
  generate: { args: [request: GenerateRequest]; result: GenerateResult; progress: GenerateEvent };
  /** Finds what could be left out of a prompt for which there is no room, and what that frees. */
  makeRoom: {
    args: [request: Pick<GenerateRequest, "messages" | "begun" | keyof PromptMode>];
    result: FreedRoom;
    progress: never;
  };
  /**
   * Tokens of each part of a stored document, for a stored model, whether or not it is loaded. Those of the
   * lines that say where it begins and ends are counted with the first part.
   */
  countDocument: {
    args: [modelId: ModelId, documentId: string, name: string];
    result: readonly number[];
    progress: DocumentCount;
  };
}

export const chatCalls = ({ engine, headers, documents, documentParts }: Services): Handlers<ChatCalls> => ({
  generate: async ([request], { progress, signal }) => {
    const messages = await withDocumentTexts(request.messages, documentParts);
    return generate(engine, { ...request, messages }, progress, signal);
  },

  makeRoom: async ([{ messages, begun, ...mode }]) => {
    const texts = await withDocumentTexts(messages, documentParts);
    return engine.gpu.inTurn(() => {
      const { header, contextLength } = engine.loaded();
      return Promise.resolve(
        makeRoom(header.text, texts, { ...modeOf(mode), ...(begun && { begun }) }, contextLength),
      );
    });
  },

  countDocument: async ([modelId, documentId, name], { progress, signal }) => {
    const [header, document] = [await headers.of(modelId), await documents.read(documentId)];
    const [first = 0, ...rest] = await countDocument(header.text, document, progress, signal);
    return [first + countLinesAround(header.text, name), ...rest];
  },
});

export function generate(
  engine: Engine,
  request: TextRequest,
  progress: (event: GenerateEvent) => void,
  signal: AbortSignal,
): Promise<GenerateResult> {
  return engine.gpu.inTurn(() =>
    engine.withChat(request.chatId, (running) =>
      answer(running, engine.chatStates, request, progress, signal),
    ),
  );
}
