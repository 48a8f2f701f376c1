import { CarryError } from "../ground/errors";
import { counted } from "../ground/figures";
import type { DocumentText } from "../storage/documents";
import { Omissions, type ReadChat, type RefusedChat, type Source } from "./chats";
import { readDirectory, readEntry, type ZipEntry } from "./files/zip-reader";
import { readChatGpt } from "./foreign/chat-gpt";
import { toConversation } from "./foreign/conversation";
import { fieldsOf, textOf } from "./foreign/fields";
import { readLlamaCpp } from "./foreign/llama-cpp";
import { readOpenWebUi } from "./foreign/open-webui";
import { checkJsonSize, MOST_CHATS } from "./limits";
import { checkVersion, formats, readChat, readDocumentText } from "./own/chat-json";
import { findInText, parsed, sourceOf, type FoundChats } from "./recognise";
import { t } from "../language/language";

/** An export, opened: its chats are read one by one. */
export interface OpenExport {
  readonly source: Source;
  readonly nChats: number;
  /** The settings of a backup; `null` in other files. */
  readonly settings: unknown;
  readonly omissions: Omissions;
  readonly chats: () => AsyncGenerator<ReadChat>;
}

const isZip = async (file: Blob) => (await file.slice(0, 4).text()).startsWith("PK");

/**
 * Opens a file with chats, by what it holds and not by its name.
 *
 * @returns `null` when it is no export that is known
 * @throws CarryError  when it is one, but damaged, too large, or of a newer version
 */
export async function openExport(file: File): Promise<OpenExport | null> {
  if (await isZip(file)) return openZip(file);
  if (!mayBeExport(await file.slice(0, 65_536).text())) return null;
  checkJsonSize(file.name, file.size);
  const text = await file.text();
  const found = findInText(text, file.name);
  if (found) return openFound(file.name, found);
  if (!hasMarks(text.slice(0, 65_536))) return null;
  throw new CarryError(
    t("“{name}” begins like an export of chats, but it is damaged or cut off.", { name: file.name }),
    { hint: t("Get the file again from the program that wrote it.") },
  );
}

/** Words that stand near the beginning of every export that is read here. */
const marks =
  /"format"\s*:\s*"qwen-in-browser|"mapping"\s*:\s*\{|"history"\s*:\s*\{|"childrenIds"|"conv"\s*:\s*\{|"type"\s*:\s*"session"|"currNode"/;
const hasMarks = (start: string) => marks.test(start);

/** A glance, so that a document of JSON is not read as a whole twice. */
const mayBeExport = (start: string) =>
  /^\s*[[{]/.test(start) && (hasMarks(start) || start.includes('"messages"'));

async function openZip(file: File): Promise<OpenExport | null> {
  const entries = await readDirectory(file, file.name);
  const head = entries.find(({ path }) => path === "backup.json");
  if (head) return openBackup(file, head, entries);
  const isOfChats = ({ path }: ZipEntry) =>
    /(^|\/)conversations(-\d+)?\.json$/.test(path) || /\.jsonl$/i.test(path);
  const files = entries.filter(isOfChats).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const found: { readonly path: string; readonly chats: FoundChats | null }[] = [];
  for (const entry of files)
    found.push({ path: entry.path, chats: findInText(await readEntry(file, entry), entry.path) });
  const first = found.find(({ chats }) => chats)?.chats;
  if (!first) return null;
  const isOfFirst = (chats: FoundChats | null): chats is FoundChats => chats?.source === first.source;
  // A file of the archive that holds nothing to be read is named, as a damaged chat is.
  const refused = found
    .filter(({ chats }) => !isOfFirst(chats))
    .map(({ path, chats }) => ({
      title: path,
      reason: chats ? t("It is of another program than the rest of the archive.") : t("It is damaged."),
    }));
  const chats = found.map((one) => one.chats).filter(isOfFirst);
  const all = chats.flatMap((one) => one.chats);
  const nDamagedLines = chats.reduce((sum, one) => sum + (one.nDamagedLines ?? 0), 0);
  return openFound(file.name, { ...first, chats: all, nDamagedLines }, refused);
}

function checkCount(name: string, nChats: number): void {
  if (nChats <= MOST_CHATS) return;
  throw new CarryError(
    t("“{name}” has {chats}; {most} can be taken in at most.", {
      name,
      chats: counted(nChats, "chat"),
      most: counted(MOST_CHATS, "chat"),
    }),
    { hint: t("Export a part of the chats, and take the parts in one after another.") },
  );
}

/** @param refused  files of an archive that can not be taken in */
function openFound(
  name: string,
  { source, chats, documents, nDamagedLines = 0 }: FoundChats,
  refused: readonly RefusedChat[] = [],
): OpenExport {
  checkCount(name, chats.length);
  const omissions = new Omissions();
  omissions.add("line", nDamagedLines);
  const read = () => (source === "own" ? ownChats(chats, documents) : foreignChats(source, chats, omissions));
  async function* all(): AsyncGenerator<ReadChat> {
    for (const one of refused) yield { kind: "refused", refused: one };
    yield* read();
  }
  return { source, nChats: chats.length + refused.length, settings: null, omissions, chats: all };
}

async function* ownChats(chats: readonly unknown[], documents: readonly unknown[]): AsyncGenerator<ReadChat> {
  const byId = new Map(documents.map((document) => [textOf(fieldsOf(document)["id"]), document]));
  const seen = new Set<string>();
  for (const chat of chats) yield readChat(chat, seen, async (id) => readDocumentText(byId.get(id)));
}

async function* foreignChats(
  source: Source,
  chats: readonly unknown[],
  omissions: Omissions,
): AsyncGenerator<ReadChat> {
  for (const chat of chats) {
    const read = readers.find(([name]) => name === sourceOf(chat))?.[1];
    const title = textOf(fieldsOf(chat)["title"]).slice(0, 200) || "A chat without a name";
    if (read) yield toConversation(source, read(chat, omissions));
    else yield { kind: "refused", refused: { title, reason: t("It is damaged.") } };
  }
}

const readers = [
  ["chat-gpt", readChatGpt],
  ["open-webui", readOpenWebUi],
  ["llama-cpp", readLlamaCpp],
] as const;

async function openBackup(file: File, entry: ZipEntry, entries: readonly ZipEntry[]): Promise<OpenExport> {
  const head = fieldsOf(parsed(await readEntry(file, entry)));
  if (head["format"] !== formats.backup)
    throw new CarryError(t("“{name}” is no backup of this app, or it is damaged.", { name: file.name }), {
      hint: t("Choose the archive as it was saved."),
    });
  checkVersion(head["version"], file.name);
  const chats = entries.filter(({ path }) => /^chats\/[^/]+\.json$/.test(path));
  checkCount(file.name, chats.length);
  const byPath = new Map(entries.map((one) => [one.path, one]));
  async function* read(): AsyncGenerator<ReadChat> {
    const seen = new Set<string>();
    const documentOf = async (id: string): Promise<DocumentText | undefined> => {
      const document = byPath.get(`documents/${id}.json`);
      if (!document) return undefined;
      const text = await readEntry(file, document).catch(() => "");
      return readDocumentText(parsed(text));
    };
    for (const chat of chats) {
      const text = await readEntry(file, chat).catch(() => null);
      if (text === null)
        yield { kind: "refused", refused: { title: chat.path, reason: t("It is damaged.") } };
      else yield readChat(parsed(text), seen, documentOf);
    }
  }
  return {
    source: "backup",
    nChats: chats.length,
    settings: head["settings"] ?? null,
    omissions: new Omissions(),
    chats: read,
  };
}
