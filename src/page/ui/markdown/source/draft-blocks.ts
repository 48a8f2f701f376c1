import { labelsIn, restore } from "./marks";
import { markText, type Reach } from "./mark-text";

export interface FencedCode {
  readonly kind: "code";
  readonly language: string;
  readonly code: string;
  /** The closing fence has not come yet. */
  readonly isOpen?: true;
}

/** A block that does not know yet what other blocks define. */
export type Draft = FencedCode | TextDraft;

export interface TextDraft {
  readonly kind: "text" | "note";
  /** The footnote's, in lower case; "" for text. */
  readonly label: string;
  readonly source: string;
  /** Labels of the footnotes that it refers to. */
  readonly labels: readonly string[];
  /** Its definitions of links: their labels and their lines. */
  readonly definitions: readonly (readonly [string, string])[];
}

/** The blocks of a text, and those of them that no text that is added can change. */
export interface DraftedText {
  readonly drafts: readonly Draft[];
  readonly nFixed: number;
  /** Characters of the text before the first block that can change. */
  readonly fixedLength: number;
}

const fenceStart = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;
const listItem = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;
const indented = /^( {2,}|\t)\S/;
export const definition =
  /^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*(?:<[^<>]*>|\S+)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^)]*\)))?[ \t]*$/;
const addressed = /^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*(?:<|https?:|www\.|mailto:)/;
const note = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*/;

/** A place where a block begins after a blank line, in the text with marks, and the blocks before it. */
interface Beginning {
  readonly at: number;
  readonly nBefore: number;
}

/** Splits a text at blank lines and around fenced code. */
export function draftBlocks(source: string): DraftedText {
  const { text, pieces, reaches } = markText(source);
  const drafts: Draft[] = [];
  const beginnings: Beginning[] = [];
  let lines: string[] = [];
  let definitions: [string, string][] = [];
  let blanks = 0;
  let kind: "text" | "list" | "definitions" | "note" = "text";
  let label = "";

  const close = () => {
    if (lines.length > 0 || kind === "note") {
      const marked = lines.join("\n");
      drafts.push({
        kind: kind === "note" ? kind : "text",
        label: kind === "note" ? label : "",
        source: restore(marked, pieces),
        labels: labelsIn(marked, pieces),
        definitions,
      });
    }
    lines = [];
    definitions = [];
    blanks = 0;
    kind = "text";
  };

  const all = text.split("\n");
  let nextOffset = 0;
  for (let at = 0; at < all.length; at++) {
    const line = all[at]!;
    const offset = nextOffset;
    nextOffset += line.length + 1;
    const isAfterBlank = blanks > 0;
    const begins = () => isAfterBlank && beginnings.push({ at: offset, nBefore: drafts.length });
    const fence = fenceStart.exec(line);
    // A fence inside a list item is indented by the item's width, so at the margin it ends the list.
    if (fence && !((kind === "list" || kind === "note") && /^ {2,}/.test(line))) {
      close();
      begins();
      const end = endOfFence(all, at + 1, fence[1]!);
      const code = restore(all.slice(at + 1, end).join("\n"), pieces);
      drafts.push({ kind: "code", language: fence[2]!, code, ...(end === all.length && { isOpen: true }) });
      for (at++; at < end; at++) nextOffset += all[at]!.length + 1;
      nextOffset += (all[end]?.length ?? 0) + 1;
      continue;
    }
    if (line.trim() === "") {
      blanks++;
      continue;
    }
    const named = note.exec(line);
    if (named) {
      close();
      begins();
      kind = "note";
      label = named[1]!.toLowerCase();
      lines.push(line.slice(named[0].length));
      continue;
    }
    if (blanks > 0) {
      const goesOn = kind === "list" ? listItem.test(line) || indented.test(line) : indented.test(line);
      if (goesOn && (kind === "list" || kind === "note")) lines.push(...Array<string>(blanks).fill(""));
      else close();
      blanks = 0;
    }
    const defined = definition.exec(line);
    if (defined && (kind === "definitions" || lines.length === 0 || addressed.test(line))) {
      if (kind !== "definitions") close();
      kind = "definitions";
      definitions.push([restore(defined[1]!, pieces).toLowerCase(), restore(line, pieces)]);
    } else if (kind === "definitions") close();
    if (lines.length === 0) begins();
    if (lines.length === 0 && kind === "text" && listItem.test(line)) kind = "list";
    lines.push(kind === "note" ? line.replace(/^(?: {1,4}|\t)/, "") : line);
  }
  close();

  // The last two may become one, or something else.
  for (const { at, nBefore } of beginnings.reverse()) {
    if (nBefore > drafts.length - 2) continue;
    const fixedLength = restore(text.slice(0, at), pieces).length;
    if (reaches.every((reach) => !isOver(reach, fixedLength)))
      return { drafts, nFixed: nBefore, fixedLength };
  }
  return { drafts, nFixed: 0, fixedLength: 0 };
}

const isOver = ({ start, end }: Reach, place: number): boolean => start < place && place <= end;

/** Index of the closing fence, or past the end if it has not come yet. */
function endOfFence(lines: readonly string[], from: number, opening: string): number {
  const closing = new RegExp(`^ {0,3}\\${opening[0]}{${opening.length},}[ \\t]*$`);
  for (let at = from; at < lines.length; at++) if (closing.test(lines[at]!)) return at;
  return lines.length;
}
