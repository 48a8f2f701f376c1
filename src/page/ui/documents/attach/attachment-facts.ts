import { tokensOf, type Attachment, type MemoryPlan } from "../../../stores/documents/attachments";
import { counted, formatBytes, formatCount } from "../../parts/words/format";
import { describeUnits } from "./units";
import { t } from "../../../../language/language";

/** An attachment's length, or what is being done with it, as its row says it. */
export function rowFacts(attachment: Attachment): string {
  const { reading, tokens, range } = attachment;
  switch (reading.phase) {
    case "failed":
      return `${reading.error.message} ${reading.error.hint}`;
    case "reading": {
      const { progress } = reading;
      if (!progress) return t("reading…");
      if (progress.isRecognition)
        return progress.pages === 0
          ? t("starting text recognition…")
          : t("recognised {done} of {pages}…", {
              done: formatCount(progress.pages),
              pages: counted(progress.totalPages, "page"),
            });
      if (progress.share !== undefined)
        return t("reading, {share} %…", { share: Math.floor(100 * progress.share) });
      // Of a long page it is told that something moves.
      const pieces = progress.pieces
        ? t(", {words} of the next", {
            words: counted(progress.pieces, "word or line", "words or lines"),
          })
        : "";
      return t("reading page {pages} of {totalPages}{pieces}…", {
        pages: formatCount(progress.pages),
        totalPages: formatCount(progress.totalPages),
        pieces,
      });
    }
    case "read": {
      const known = tokensOf(attachment);
      if (known !== null && range)
        return t("{tokens} in {label}", { tokens: counted(known, "token"), label: range.label });
      const length = {
        none: range ? range.label : "",
        counting: t("counting tokens, {share} %…", {
          share: tokens.phase === "counting" ? Math.floor(tokens.share * 100) : 0,
        }),
        known: counted(known ?? 0, "token"),
        failed: t("tokens could not be counted"),
      }[tokens.phase];
      return [describeUnits(reading.info), length].filter(Boolean).join(" · ");
    }
    default:
      reading satisfies never;
      throw new Error("unreachable");
  }
}

/** All that is known of a document that was read: its size, its whole length, and what is read of it. */
export function detailFacts(attachment: Attachment): string {
  const { reading, tokens, range, sizeBytes } = attachment;
  if (reading.phase !== "read") return formatBytes(sizeBytes);
  const whole = tokensOf({ ...attachment, range: null });
  return [
    formatBytes(sizeBytes),
    describeUnits(reading.info),
    whole !== null && counted(whole, "token"),
    tokens.phase === "none" && t("tokens are counted once a model is loaded"),
    range && t("{label} of it will be read", { label: range.label }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The memory that the model takes with all that is attached. */
export const memoryWords = ({ totalBytes, budgetBytes }: MemoryPlan): string =>
  t("{totalBytes} of memory in all, of a budget of {budgetBytes}", {
    totalBytes: formatBytes(totalBytes),
    budgetBytes: formatBytes(budgetBytes),
  });
