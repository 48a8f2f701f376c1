import type { AnswerFigures, ChatFacts, MessageDocument } from "../../storage/chats/conversations";
import type { DocumentText } from "../../storage/documents";
import { countLines, textDocument } from "../../documents/text/text-document";

/** A text that came with a message, as its program kept it. */
export interface ForeignDocument {
  readonly name: string;
  readonly text: string;
}

/** A message of another program's chat, in words that all of them share. */
export interface ForeignMessage {
  readonly id: string;
  /** The message that it follows; `null`, or one that is not there, for a first one. */
  readonly parentId: string | null;
  /** "none" has nothing to show, and only holds the place of what follows it. */
  readonly role: "user" | "assistant" | "none";
  readonly createdAt: number;
  readonly text: string;
  readonly thoughts: string;
  readonly modelName: string | null;
  readonly thinkingMs?: number;
  readonly firstTokenMs?: number;
  readonly figures?: AnswerFigures;
  readonly documents?: readonly ForeignDocument[];
  /** The answer was still being written, or ended with an error. */
  readonly isUnfinished?: boolean;
}

export interface ForeignChat {
  /** The id as the other program has it; "" where it has none. */
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly facts: Pick<ChatFacts, "isPinned" | "isArchived" | "folder">;
  readonly messages: readonly ForeignMessage[];
  /** The last message of the branch that was open. */
  readonly shownId: string | null;
}

export const emptyMessage = {
  parentId: null,
  role: "none",
  createdAt: 0,
  text: "",
  thoughts: "",
  modelName: null,
} as const satisfies Partial<ForeignMessage>;

/** Makes documents of the texts that came with a message. */
export async function documentsOf(
  foreign: readonly ForeignDocument[],
): Promise<{ readonly texts: readonly DocumentText[]; readonly listed: readonly MessageDocument[] }> {
  const texts: DocumentText[] = [];
  const listed: MessageDocument[] = [];
  for (const { name, text } of foreign) {
    if (text.trim() === "") continue;
    const document = await textDocument(text);
    texts.push(document);
    listed.push({
      id: document.id,
      name: name === "" ? "Attached text" : name,
      sizeBytes: new Blob([text]).size,
      unit: document.unit,
      nUnits: countLines(document.text),
      range: null,
      nTokens: null,
    });
  }
  return { texts, listed };
}
