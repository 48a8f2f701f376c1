/**
 * A piece of Markdown that can be drawn by itself: a fenced code block, or source without one at its top
 * level.
 */
export type MarkdownBlock =
  | { readonly kind: "text"; readonly source: string }
  | { readonly kind: "code"; readonly language: string; readonly code: string };

const fenceStart = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;
const listItem = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;
const indented = /^( {2,}|\t)\S/;
const definition = /^ {0,3}\[([^\]^][^\]]*)\]:\s*\S+/;

/**
 * Splits Markdown at blank lines and around fenced code, so that while an answer streams only its last block
 * is parsed again. Lists stay whole, with their indented parts. Link definitions are added to the blocks that
 * name them. The blocks before the last two never change when text is added, unless a definition comes.
 */
export function splitBlocks(markdown: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const definitions = new Map<string, string>();
  let lines: string[] = [];
  let blanks = 0;
  let isList = false;

  const close = () => {
    if (lines.length > 0) blocks.push({ kind: "text", source: lines.join("\n") });
    lines = [];
    blanks = 0;
    isList = false;
  };

  const all = markdown.split("\n");
  for (let at = 0; at < all.length; at++) {
    const line = all[at]!;
    const fence = fenceStart.exec(line);
    // A fence inside a list item is indented by the item's width, so at the margin it ends the list.
    if (fence && !(isList && /^ {2,}/.test(line))) {
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
    if (blanks > 0) {
      const goesOn = isList && (listItem.test(line) || indented.test(line));
      if (goesOn) lines.push(...Array<string>(blanks).fill(""));
      else close();
      blanks = 0;
    }
    const named = definition.exec(line);
    if (named && lines.length === 0) definitions.set(named[1]!.toLowerCase(), line);
    if (lines.length === 0) isList = listItem.test(line);
    lines.push(line);
  }
  close();
  return definitions.size === 0 ? blocks : blocks.map((block) => withDefinitions(block, definitions));
}

/** Index of the closing fence, or past the end if it has not come yet. */
function endOfFence(lines: readonly string[], from: number, opening: string): number {
  const closing = new RegExp(`^ {0,3}\\${opening[0]}{${opening.length},}[ \\t]*$`);
  for (let at = from; at < lines.length; at++) if (closing.test(lines[at]!)) return at;
  return lines.length;
}

function withDefinitions(block: MarkdownBlock, definitions: ReadonlyMap<string, string>): MarkdownBlock {
  if (block.kind === "code" || !block.source.includes("[") || definition.test(block.source)) return block;
  const source = block.source.toLowerCase();
  const used = [...definitions].filter(([label]) => source.includes(`[${label}]`)).map(([, line]) => line);
  return used.length === 0 ? block : { kind: "text", source: `${block.source}\n\n${used.join("\n")}` };
}
