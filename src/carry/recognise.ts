import { isObject } from "../ground/record-checks";
import { CarryError } from "../ground/errors";
import type { Source } from "./chats";
import { isChatGpt } from "./foreign/chat-gpt";
import { fieldsOf, listOf } from "./foreign/fields";
import { chatsOfLines, isLlamaCpp, isSessionLine } from "./foreign/llama-cpp";
import { isOpenWebUi } from "./foreign/open-webui";
import { checkVersion, formats } from "./own/chat-json";
import { t } from "../language/language";

/** The chats of a file, still as its program wrote them. */
export interface FoundChats {
  readonly source: Source;
  readonly chats: readonly unknown[];
  /** Documents of this app's own file. */
  readonly documents: readonly unknown[];
  /** Lines of a file of lines that can not be read. */
  readonly nDamagedLines?: number;
}

const kinds = [
  ["chat-gpt", isChatGpt],
  ["open-webui", isOpenWebUi],
  ["llama-cpp", isLlamaCpp],
] as const;

/** The program that wrote a chat; `null` when it is of none that is known. */
export const sourceOf = (chat: unknown): Source | null => kinds.find(([, isOf]) => isOf(chat))?.[0] ?? null;

/**
 * Finds the chats in what a file says, by its content: `null` when it is no export.
 *
 * @throws CarryError  when a newer version of this app wrote it
 */
export function findChats(value: unknown, name: string): FoundChats | null {
  const fields = fieldsOf(value);
  if (fields["format"] === formats.chats) {
    checkVersion(fields["version"], name);
    const { chats, documents } = fields;
    return { source: "own", chats: listOf(chats), documents: listOf(documents) };
  }
  if (fields["format"] === formats.backup)
    throw new CarryError(t("“{name}” is only the first file of a backup.", { name }), {
      hint: t("Choose the archive of the backup as it was saved, a .zip."),
    });
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  // The first that is an object says what the file is; others of it may be damaged.
  const first = list.slice(0, 100).find((chat) => sourceOf(chat) !== null);
  const source = first === undefined ? null : sourceOf(first);
  if (source !== null) return { source, chats: list, documents: [] };
  // An archive of Open WebUI or another wrapper around the list.
  const inner: readonly unknown[] | undefined = ["chats", "conversations", "data"]
    .map((key) => fields[key])
    .find((one): one is unknown[] => Array.isArray(one));
  return inner === undefined || inner.length === 0 ? null : findChats(inner, name);
}

/**
 * Reads a text as JSON, or as lines of JSON, and finds the chats in it.
 *
 * @returns `null` when it is no export
 */
export function findInText(text: string, name: string): FoundChats | null {
  const first = parsed(text.slice(0, lineEnd(text)));
  if (
    isSessionLine(first) ||
    (isObject(first) && lineEnd(text) < text.trimEnd().length && isLlamaCpp(first))
  ) {
    const lines = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [parsed(line)]));
    const { chats, nDamaged } = chatsOfLines(lines);
    return { source: "llama-cpp", chats, documents: [], nDamagedLines: nDamaged };
  }
  const value = parsed(text);
  return value === undefined ? null : findChats(value, name);
}

const lineEnd = (text: string) => {
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end;
};

/** The value of a text of JSON; `undefined` when it is damaged. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
