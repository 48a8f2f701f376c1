import { labelsIn, restore, type Piece } from "./marks";
import { markText } from "./mark-text";

/**
 * A piece of Markdown that can be drawn by itself: a fenced code block, or source without one at its top
 * level.
 */
export type MarkdownBlock =
  | { readonly kind: "code"; readonly language: string; readonly code: string }
  | (SourceBlock & { readonly kind: "text" });

/** A footnote, with its number in the order in which the text refers to them. */
export interface NoteBlock {
  readonly number: number;
  readonly block: MarkdownBlock;
}

export interface SplitMarkdown {
  readonly blocks: readonly MarkdownBlock[];
  readonly notes: readonly NoteBlock[];
}

export interface SourceBlock {
  readonly source: string;
  /** Definitions of other blocks that this one's links name. */
  readonly definitions: string;
  /** Labels and numbers of the footnotes that this one refers to, as JSON: it is compared. */
  readonly notes: string;
}

const fenceStart = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;
const listItem = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;
const indented = /^( {2,}|\t)\S/;
const definition =
  /^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*(?:<[^<>]*>|\S+)(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^)]*\)))?[ \t]*$/;
const addressed = /^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*(?:<|https?:|www\.|mailto:)/;
const note = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*/;

type Draft =
  | { readonly kind: "code"; readonly language: string; readonly code: string }
  | { readonly kind: "text"; readonly marked: string }
  | { readonly kind: "note"; readonly label: string; readonly marked: string };

/**
 * Splits Markdown at blank lines and around fenced code, so that while an answer streams only its last block
 * is parsed again. Lists stay whole, with their indented parts, and formulas, whatever is in them. Blocks are
 * told what other blocks define for them. Those before the last two never change when text is added, unless a
 * definition comes.
 */
export function splitBlocks(markdown: string): SplitMarkdown {
  const { text, pieces } = markText(markdown.replace(/\r\n?/g, "\n"));
  const definitions = new Map<string, string>();
  const drafts = draftBlocks(text, definitions);
  const numbers = numberNotes(drafts, text, pieces);
  const blocks: MarkdownBlock[] = [];
  const notes: NoteBlock[] = [];
  for (const draft of drafts) {
    if (draft.kind === "code") {
      blocks.push({ ...draft, code: restore(draft.code, pieces) });
      continue;
    }
    const { marked } = draft;
    const used = new Set(labelsIn(marked, pieces).filter((label) => numbers.has(label)));
    const block = {
      kind: "text" as const,
      source: restore(marked, pieces),
      definitions: restore(definitionsFor(marked, definitions), pieces),
      notes: used.size === 0 ? "" : JSON.stringify([...used].map((label) => [label, numbers.get(label)])),
    };
    if (draft.kind === "text") blocks.push(block);
    else notes.push({ number: numbers.get(draft.label)!, block });
  }
  return { blocks, notes: notes.sort((a, b) => a.number - b.number) };
}

/** Numbers of the footnotes by label: as they are referred to, then those that nothing refers to. */
function numberNotes(
  drafts: readonly Draft[],
  text: string,
  pieces: readonly Piece[],
): ReadonlyMap<string, number> {
  const defined = new Set(drafts.flatMap((draft) => (draft.kind === "note" ? [draft.label] : [])));
  if (defined.size === 0) return new Map();
  const referred = labelsIn(text, pieces).filter((label) => defined.has(label));
  return new Map([...new Set([...referred, ...defined])].map((label, at) => [label, at + 1]));
}

function draftBlocks(text: string, definitions: Map<string, string>): readonly Draft[] {
  const blocks: Draft[] = [];
  let lines: string[] = [];
  let blanks = 0;
  let kind: "text" | "list" | "definitions" | "note" = "text";
  let label = "";

  const close = () => {
    const marked = lines.join("\n");
    if (kind === "note") blocks.push({ kind, label, marked });
    else if (lines.length > 0) blocks.push({ kind: "text", marked });
    lines = [];
    blanks = 0;
    kind = "text";
  };

  const all = text.split("\n");
  for (let at = 0; at < all.length; at++) {
    const line = all[at]!;
    const fence = fenceStart.exec(line);
    // A fence inside a list item is indented by the item's width, so at the margin it ends the list.
    if (fence && !((kind === "list" || kind === "note") && /^ {2,}/.test(line))) {
      close();
      const end = endOfFence(all, at + 1, fence[1]!);
      blocks.push({ kind: "code", language: fence[2]!, code: all.slice(at + 1, end).join("\n") });
      at = end;
      continue;
    }
    if (line.trim() === "") {
      blanks++;
      continue;
    }
    const named = note.exec(line);
    if (named) {
      close();
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
      const key = defined[1]!.toLowerCase();
      if (!definitions.has(key)) definitions.set(key, line);
    } else if (kind === "definitions") close();
    if (lines.length === 0 && kind === "text" && listItem.test(line)) kind = "list";
    lines.push(kind === "note" ? line.replace(/^(?: {1,4}|\t)/, "") : line);
  }
  close();
  return blocks;
}

/** Index of the closing fence, or past the end if it has not come yet. */
function endOfFence(lines: readonly string[], from: number, opening: string): number {
  const closing = new RegExp(`^ {0,3}\\${opening[0]}{${opening.length},}[ \\t]*$`);
  for (let at = from; at < lines.length; at++) if (closing.test(lines[at]!)) return at;
  return lines.length;
}

function definitionsFor(block: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0 || !block.includes("[")) return "";
  const isOwn = definition.test(block);
  const source = block.toLowerCase();
  return [...definitions]
    .filter(([label]) => !isOwn && source.includes(`[${label}]`))
    .map(([, line]) => line)
    .join("\n");
}
