import type { Omission, Source } from "../../../carry/protocol";
import { t, tn } from "../../../language/language";

/** The program that wrote a file, as a sentence names it. */
export function sourceName(source: Source): string {
  switch (source) {
    case "own":
      return t("an export of this app");
    case "backup":
      return t("a backup of this app");
    case "chat-gpt":
      return "ChatGPT";
    case "open-webui":
      return "Open WebUI";
    case "llama-cpp":
      return "llama.cpp";
    default:
      source satisfies never;
      throw new Error("unreachable");
  }
}

/** A part of an export that a chat here has no place for, with its number. */
export function describeOmission(kind: Omission, count: number): string {
  switch (kind) {
    case "image":
      return tn(count, "{count} picture", "{count} pictures");
    case "audio":
      return tn(count, "{count} recording or film", "{count} recordings or films");
    case "file":
      return tn(
        count,
        "{count} attached file whose text is not in the export",
        "{count} attached files whose texts are not in the export",
      );
    case "instructions":
      return tn(count, "{count} hidden instruction to the model", "{count} hidden instructions to the model");
    case "deleted":
      return tn(count, "{count} message that was hidden there", "{count} messages that were hidden there");
    case "source":
      return tn(count, "{count} source of an answer", "{count} sources of answers");
    case "line":
      return tn(count, "{count} damaged line of the file", "{count} damaged lines of the file");
    case "unknown":
      return tn(count, "{count} part of an unknown kind", "{count} parts of an unknown kind");
    default:
      kind satisfies never;
      throw new Error("unreachable");
  }
}

export const describeSettings = (count: number): string =>
  tn(
    count,
    "{count} setting was taken over. Settings that you chose here stayed.",
    "{count} settings were taken over. Settings that you chose here stayed.",
  );
