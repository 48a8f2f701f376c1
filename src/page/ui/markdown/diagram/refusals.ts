import { t, type Sentence } from "../../../../language/language";
/** Why there is no picture of a diagram. */
export type Refusal =
  | { readonly kind: "too-large" }
  | { readonly kind: "too-slow" }
  | { readonly kind: "not-loaded" }
  /** By what Mermaid says. */
  | { readonly kind: "not-read"; readonly reason: Sentence };

// Mermaid lays out this much within a second or two.
export const longestText = 20_000;
const mostLines = 400;
export const mostEdges = 300;
export const longestDrawMs = 10_000;

/** Says that drawing could take too long for a text, which is then not tried. */
export function isTooLarge(code: string): boolean {
  return code.length > longestText || code.split("\n").length > mostLines;
}

/** A sentence for the reader, who sees the source below it. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case "too-large":
      return t("This diagram is too large to be drawn here. Its source can be copied or saved.");
    case "too-slow":
      return t("Drawing took longer than {seconds} s and was stopped. This is its source.", {
        seconds: longestDrawMs / 1000,
      });
    case "not-loaded":
      return t(
        "The program that draws diagrams could not be loaded. Go online, then press “Draw the diagram”.",
      );
    case "not-read": {
      const [, line] = /\bline (\d+)/i.exec(refusal.reason) ?? [];
      if (/No diagram type detected/i.test(refusal.reason))
        return t("The first line names no kind of diagram that can be drawn. This is the source.");
      return line
        ? t("This diagram has a mistake in line {line}, so it can not be drawn. This is its source.", {
            line,
          })
        : t("This diagram has a mistake, so it can not be drawn. This is its source.");
    }
    default:
      refusal satisfies never;
      throw new Error("unreachable");
  }
}
