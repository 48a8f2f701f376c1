import type { Segment } from "../tokenizer/added-token-text";

/**
 * A document of a message. Its text does not pass through the chat template: nothing in it is trimmed,
 * searched or control.
 */
export interface TemplateDocument {
  readonly name: string;
  /** The text in parts that are encoded by themselves, so that their ids are the same in every prompt. */
  readonly parts: readonly string[];
}

/** The placeholder of the conversation's `n`th document, in a message while the template has it. */
export const placeholderOf = (mark: string, n: number): string => `${mark}${n}${mark}`;

/**
 * Puts documents where their placeholders are. Each begins and ends with a line that says so, and at a token
 * boundary.
 */
export function insertDocuments(
  segments: readonly Segment[],
  mark: string,
  documents: readonly TemplateDocument[],
): readonly Segment[] {
  if (documents.length === 0) return segments;
  const placeholder = new RegExp(`${mark}(\\d+)${mark}`, "u");
  return segments.flatMap((segment): readonly Segment[] => {
    if (segment.kind === "token") return [segment];
    // A split by a captured group has the group as every other part.
    return segment.text.split(placeholder).flatMap((part, at): readonly Segment[] => {
      if (at % 2 === 1) return documentSegments(documents[Number(part)]!, Number(part) + 1);
      return part === "" ? [] : [{ kind: "text", text: part }];
    });
  });
}

function documentSegments({ name, parts }: TemplateDocument, n: number): readonly Segment[] {
  const label = freeLabel(n, parts);
  const [begin, end] = linesAround(label, name);
  return [
    { kind: "text", text: begin },
    ...parts.map((text) => ({ kind: "text", text, document: "part" }) as const),
    { kind: "text", text: end, document: "end" },
  ];
}

/** The lines that say where a document begins and where it ends. */
export function linesAround(label: string, name: string): readonly [begin: string, end: string] {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return [`[Document ${label}: ${line}]\n`, `\n[End of document ${label}]\n\n`];
}

/** "1", or "1-2", "1-3"… where the text itself has the line that would end document 1. */
function freeLabel(n: number, parts: readonly string[]): string {
  const taken = labelsIn(parts);
  for (let k = 1; ; k++) {
    const label = k === 1 ? String(n) : `${n}-${k}`;
    if (!taken.has(label)) return label;
  }
}

/** By the parts themselves, so that a text is looked through once, not with every prompt it is in. */
const labelsOfParts = new WeakMap<readonly string[], ReadonlySet<string>>();

function labelsIn(parts: readonly string[]): ReadonlySet<string> {
  const known = labelsOfParts.get(parts);
  if (known) return known;
  const ends = parts.join("").matchAll(/\[End of document (\d+(?:-\d+)?)\]/g);
  const labels = new Set([...ends].map((end) => end[1]!));
  labelsOfParts.set(parts, labels);
  return labels;
}
