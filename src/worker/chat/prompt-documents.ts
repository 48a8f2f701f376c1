import { CancelledError } from "../../ground/errors";
import type { DocumentText } from "../../storage/documents";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import type { TextModel } from "../../engine/text/text-model";
import { linesAround } from "../../engine/text/template/document-segments";
import type { DocumentParts } from "./document-parts";
import type { ChatMessage, DocumentCount, GenerateRequest, PromptDocument } from "../rpc/protocol/chat";

/** A request whose documents are texts. */
export type TextRequest = Omit<GenerateRequest, "messages"> & {
  readonly messages: readonly TemplateMessage[];
};

/** Counting goes on for this long before other calls have their turn. */
const SLICE_MS = 30;

/** Puts the stored texts in place of their ids. @throws StorageError  when one is no longer stored */
export async function withDocumentTexts(
  messages: readonly ChatMessage[],
  documentParts: DocumentParts,
): Promise<readonly TemplateMessage[]> {
  return Promise.all(
    messages.map(async ({ documents, ...message }) => {
      if (!documents || documents.length === 0) return message;
      const texts = documents.map(async (document) => ({
        name: nameInPrompt(document),
        parts: await documentParts.of(document),
      }));
      return { ...message, documents: await Promise.all(texts) };
    }),
  );
}

const nameInPrompt = ({ name, range }: PromptDocument) => (range ? `${name}, ${range.label}` : name);

/** The parts of a document that lie in [start, end), which are places between parts. */
export function partsOf(
  { text, starts }: DocumentText,
  { start, end }: { readonly start: number; readonly end: number } = { start: 0, end: text.length },
): string[] {
  return starts
    .map((from, at) => [from, starts[at + 1] ?? text.length] as const)
    .filter(([from, to]) => from >= start && to <= end && to > from)
    .map(([from, to]) => text.slice(from, to));
}

/** Counts the ids of the lines around a document: sixty short notes have some 2,000 of them. */
export const countLinesAround = (model: TextModel, name: string): number =>
  linesAround("100", name).reduce((sum, line) => sum + model.countDocumentPart(line), 0);

/** Counts the ids of each part of a document. Pauses now and then, so that a running answer goes on. */
export async function countDocument(
  model: TextModel,
  document: DocumentText,
  progress: (count: DocumentCount) => void,
  signal: AbortSignal,
  sliceMs = SLICE_MS,
): Promise<readonly number[]> {
  const parts = partsOf(document);
  const counts: number[] = [];
  let sliceEnd = performance.now() + sliceMs;
  for (const part of parts) {
    counts.push(model.countDocumentPart(part));
    if (performance.now() < sliceEnd) continue;
    progress({ countedParts: counts.length, totalParts: parts.length });
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) throw new CancelledError();
    sliceEnd = performance.now() + sliceMs;
  }
  return counts;
}
