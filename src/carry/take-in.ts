import type { Conversation, ConversationStorage } from "../storage/chats/conversations";
import { allIds, mergeTrees } from "../storage/chats/message-tree";
import type { DocumentStorage } from "../storage/documents";
import type { CarriedChat, Omission, RefusedChat, Source } from "./chats";
import { documentIdsOf } from "./own/export-json";
import type { OpenExport } from "./read-file";
import { t } from "../language/language";

export interface ChatName {
  readonly id: string;
  readonly title: string;
}

/** The outcome of taking a file in. */
export interface Report {
  readonly fileName: string;
  readonly source: Source;
  readonly added: readonly ChatName[];
  /** Chats that were here, and had messages to come. */
  readonly extended: readonly (ChatName & { readonly nMessages: number })[];
  /** Chats that were here with all of their messages. */
  readonly present: readonly ChatName[];
  readonly refused: readonly RefusedChat[];
  readonly nDocuments: number;
  /** Documents that the file names, and does not have whole. */
  readonly nDocumentsMissing: number;
  readonly omissions: readonly (readonly [kind: Omission, count: number])[];
  /** The settings of a backup; `null` in other files. */
  readonly settings: unknown;
}

export interface Stores {
  readonly conversations: Pick<ConversationStorage, "list" | "read" | "write" | "add">;
  readonly documents: Pick<DocumentStorage, "add" | "read">;
}

/**
 * Chats stored in one go. The index is written with each: one by one, a thousand would write it a thousand
 * times.
 */
const batch = 40;

/**
 * Stores the chats of a file beside those that are here. Nothing is written over: of a chat that is here only
 * the messages that it lacks are added, as branches.
 *
 * @param isBusy  returns whether a chat is being answered, here or in another tab: it stays as it is
 */
export async function takeIn(
  fileName: string,
  file: OpenExport,
  { conversations, documents }: Stores,
  isBusy: (id: string) => Promise<boolean>,
  onProgress: (nDone: number) => void,
): Promise<Report> {
  const here = new Set((await conversations.list()).map(({ id }) => id));
  const added: ChatName[] = [];
  const extended: (ChatName & { nMessages: number })[] = [];
  const present: ChatName[] = [];
  const refused: RefusedChat[] = [];
  let nDocuments = 0;
  let nDocumentsMissing = 0;
  let waiting: Conversation[] = [];

  const store = async () => {
    const ids = await conversations.add(waiting);
    for (const { id, title } of waiting) {
      if (ids.has(id)) added.push({ id, title });
      else present.push({ id, title }); // another tab took it in meanwhile
      here.add(id);
    }
    waiting = [];
    // Where the page itself does this, a click that stops it is heard here.
    await new Promise((resolve) => setTimeout(resolve));
  };
  const addDocuments = async ({ conversation, documents: texts }: CarriedChat) => {
    for (const text of texts) if (await documents.add(text)) nDocuments++;
    const there = new Set(texts.map(({ id }) => id));
    for (const id of documentIdsOf(conversation))
      if (!there.has(id) && !(await documents.read(id).catch(() => null))) nDocumentsMissing++;
  };
  const addNew = async (chat: CarriedChat) => {
    await addDocuments(chat);
    waiting.push(chat.conversation);
    if (waiting.length === batch) await store();
  };
  const extend = async (chat: CarriedChat) => {
    const { id, title } = chat.conversation;
    if (await isBusy(id)) {
      refused.push({ title, reason: t("It is being answered at the moment.") });
      return;
    }
    const stored = await conversations.read(id, true);
    if (!stored) return addNew(chat); // deleted meanwhile
    const merged = merge(stored, chat.conversation);
    if (merged === "same") {
      present.push({ id, title });
      return;
    }
    if (merged === "differs") {
      refused.push({ title, reason: t("It is here already, with its messages in another order.") });
      return;
    }
    await addDocuments(chat);
    await conversations.write(merged);
    extended.push({ id, title, nMessages: merged.messages.length - stored.messages.length });
  };

  let nDone = 0;
  for await (const one of file.chats()) {
    if (one.kind === "refused") refused.push(one.refused);
    else {
      const { id } = one.chat.conversation;
      // The same chat twice in one file.
      if (waiting.some((chat) => chat.id === id)) await store();
      if (here.has(id)) await extend(one.chat);
      else await addNew(one.chat);
    }
    onProgress(++nDone);
  }
  await store();
  return {
    fileName,
    source: file.source,
    added,
    extended,
    present,
    refused,
    nDocuments,
    nDocumentsMissing,
    omissions: [...file.omissions.counts],
    settings: file.settings,
  };
}

/** A chat with the messages that only the other has, where there are some. */
function merge(stored: Conversation, other: Conversation): Conversation | "same" | "differs" {
  const known = new Set(stored.messages.map(({ id }) => id));
  const missing = other.messages.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return "same";
  const tree = mergeTrees(stored.tree, other.tree);
  const messages = [...stored.messages, ...missing];
  // Two trees of one chat agree on what follows what. Where they do not, one of them is damaged.
  if (allIds(tree).length !== messages.length) return "differs";
  return { ...stored, messages, tree, updatedAt: Math.max(stored.updatedAt, other.updatedAt) };
}
