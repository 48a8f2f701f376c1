import { CarryError } from "../ground/errors";
import { counted } from "../ground/figures";
import { isAnswered } from "../storage/chats/answering";
import { ConversationStorage, type Conversation } from "../storage/chats/conversations";
import { DocumentStorage } from "../storage/documents";
import { fileNameOf, uniqueNames } from "./files/file-names";
import { ZipWriter } from "./files/zip-writer";
import { chatMarkdown } from "./markdown/chat-markdown";
import { backUp } from "./own/backup";
import { exportJson } from "./own/export-json";
import type { CarryCallName, CarryCalls, CarryProgress } from "./protocol";
import { openExport } from "./read-file";
import { takeIn } from "./take-in";
import { t } from "../language/language";

type Handlers = {
  readonly [Name in CarryCallName]: (
    args: CarryCalls[Name]["args"],
    onProgress: (progress: CarryProgress) => void,
  ) => Promise<CarryCalls[Name]["result"]>;
};

const conversations = new ConversationStorage();
const documents = new DocumentStorage();

/** Reads documents, and counts those that it could not. */
function documentReader() {
  const missing = new Set<string>();
  return {
    missing,
    documentOf: async (id: string) => {
      const document = await documents.read(id).catch(() => undefined);
      if (!document) missing.add(id);
      return document;
    },
  };
}

/** The calls that carry chats in and out; in a worker, or on the page where only that has them in memory. */
export const calls: Handlers = {
  inspect: async ([file]) => {
    const opened = await openExport(file);
    return opened && { source: opened.source, nChats: opened.nChats };
  },
  takeIn: async ([file, busy], onProgress) => {
    const opened = await openExport(file);
    if (!opened)
      throw new CarryError(t("“{name}” is no export of chats that is known here.", { name: file.name }), {
        hint: t("Exports of this app, ChatGPT, Open WebUI and llama.cpp can be taken in."),
      });
    const { nChats } = opened;
    const progress = (nDone: number) => onProgress({ nDone, nChats });
    const isBusy = async (id: string) => busy.includes(id) || (await isAnswered(id));
    return takeIn(file.name, opened, { conversations, documents }, isBusy, progress);
  },
  exportJson: async ([ids], onProgress) => {
    const chosen = await chosenIds(ids);
    const { documentOf, missing } = documentReader();
    const blob = await exportJson(chatsOf(chosen, onProgress), documentOf);
    return { name: `${await nameOf(chosen)}.json`, blob, nDocumentsMissing: missing.size };
  },
  exportMarkdown: async ([ids], onProgress) => {
    const chosen = await chosenIds(ids);
    const name = await nameOf(chosen);
    if (chosen.length === 1) {
      for await (const chat of chatsOf(chosen, onProgress))
        return {
          name: `${name}.md`,
          blob: new Blob([chatMarkdown(chat)], { type: "text/markdown" }),
          nDocumentsMissing: 0,
        };
    }
    const zip = new ZipWriter();
    const unique = uniqueNames();
    for await (const chat of chatsOf(chosen, onProgress))
      zip.add(`${unique(fileNameOf(chat.title))}.md`, chatMarkdown(chat));
    return { name: `${name}.zip`, blob: zip.end(), nDocumentsMissing: 0 };
  },
  backUp: async ([settings], onProgress) => {
    const ids = (await conversations.list()).map(({ id }) => id);
    const { documentOf, missing } = documentReader();
    const blob = await backUp(chatsOf(ids, onProgress), documentOf, settings);
    return { name: `Backup ${today()}.zip`, blob, nDocumentsMissing: missing.size };
  },
};

const chosenIds = async (ids: readonly string[] | null) =>
  ids ?? (await conversations.list()).map(({ id }) => id);

async function* chatsOf(
  ids: readonly string[],
  onProgress: (progress: CarryProgress) => void,
): AsyncGenerator<Conversation> {
  for (const [at, id] of ids.entries()) {
    const chat = await conversations.read(id);
    if (chat) yield chat;
    onProgress({ nDone: at + 1, nChats: ids.length });
  }
}

/** A chat's own name, or how many there are and the day. */
async function nameOf(ids: readonly string[]): Promise<string> {
  const only = ids.length === 1 ? await conversations.read(ids[0]!) : undefined;
  return only ? fileNameOf(only.title) : `${counted(ids.length, "chat")} ${today()}`;
}

function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
