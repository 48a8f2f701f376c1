import { definition, draftBlocks, type Draft, type FencedCode, type TextDraft } from "./draft-blocks";

/**
 * A piece of Markdown that can be drawn by itself: a fenced code block, or source without one at its top
 * level.
 */
export type MarkdownBlock = FencedCode | (SourceBlock & { readonly kind: "text" });

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

/** Splits Markdown into blocks. */
export const splitBlocks = (markdown: string): SplitMarkdown => new BlockSplitter().split(markdown);

/**
 * Splits Markdown at blank lines and around fenced code, so that while an answer streams only its last block
 * is parsed again. Lists stay whole, with their indented parts, and formulas, whatever is in them. Blocks are
 * told what other blocks define for them. Those before the last two never change when text is added, unless a
 * definition or the end of a formula comes.
 *
 * It remembers the last text: of one that only grew it reads the end.
 */
export class BlockSplitter {
  #fixedText = "";
  #fixed: readonly Draft[] = [];
  /** The blocks of drafts, as they are with the definitions of `#context`. */
  #blocks = new WeakMap<Draft, MarkdownBlock>();
  #context = "";

  split(markdown: string): SplitMarkdown {
    const text = markdown.includes("\r") ? markdown.replace(/\r\n?/g, "\n") : markdown;
    if (!text.startsWith(this.#fixedText)) {
      this.#fixedText = "";
      this.#fixed = [];
    }
    const { drafts, nFixed, fixedLength } = draftBlocks(text.slice(this.#fixedText.length));
    const all = [...this.#fixed, ...drafts];
    if (nFixed > 0) {
      this.#fixed = all.slice(0, this.#fixed.length + nFixed);
      this.#fixedText = text.slice(0, this.#fixedText.length + fixedLength);
    }
    return this.#resolve(all);
  }

  #resolve(drafts: readonly Draft[]): SplitMarkdown {
    const texts = drafts.filter((draft) => draft.kind !== "code");
    const definitions = new Map<string, string>();
    for (const draft of texts)
      for (const [label, line] of draft.definitions)
        if (!definitions.has(label)) definitions.set(label, line);
    const numbers = numberNotes(texts);
    const context = JSON.stringify([...definitions, ...numbers]);
    if (context !== this.#context) this.#blocks = new WeakMap();
    this.#context = context;

    const blocks: MarkdownBlock[] = [];
    const notes: NoteBlock[] = [];
    for (const draft of drafts) {
      if (draft.kind === "code") {
        blocks.push(draft);
        continue;
      }
      const block = this.#blocks.get(draft) ?? blockOf(draft, definitions, numbers);
      this.#blocks.set(draft, block);
      if (draft.kind === "text") blocks.push(block);
      else notes.push({ number: numbers.get(draft.label)!, block });
    }
    return { blocks, notes: notes.sort((a, b) => a.number - b.number) };
  }
}

function blockOf(
  { source, labels }: TextDraft,
  definitions: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, number>,
): MarkdownBlock {
  const used = new Set(labels.filter((label) => numbers.has(label)));
  return {
    kind: "text",
    source,
    definitions: definitionsFor(source, definitions),
    notes: used.size === 0 ? "" : JSON.stringify([...used].map((label) => [label, numbers.get(label)])),
  };
}

/** Numbers of the footnotes by label: as they are referred to, then those that nothing refers to. */
function numberNotes(drafts: readonly TextDraft[]): ReadonlyMap<string, number> {
  const defined = new Set(drafts.flatMap(({ kind, label }) => (kind === "note" ? [label] : [])));
  if (defined.size === 0) return new Map();
  const referred = drafts.flatMap(({ labels }) => labels).filter((label) => defined.has(label));
  return new Map([...new Set([...referred, ...defined])].map((label, at) => [label, at + 1]));
}

function definitionsFor(source: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0 || !source.includes("[") || definition.test(source)) return "";
  const labels = new Set(Array.from(source.toLowerCase().matchAll(bracketed), ([, label]) => label!));
  // By what the block names: to ask each definition of each block took a megabyte of them over a minute.
  return Array.from(labels, (label) => definitions.get(label) ?? [])
    .flat()
    .join("\n");
}

/** Text between two brackets, without brackets of its own. */
const bracketed = /\[((?:[^[\]\\]|\\[^])+)\]/g;
