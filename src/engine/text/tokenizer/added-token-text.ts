import { PromptError } from "../../../ground/errors";
import type { AddedToken } from "./vocabulary";
import { t } from "../../../language/language";

/** A piece of a rendered prompt: a token of the template's, or plain text. */
export type Segment =
  | { readonly kind: "token"; readonly id: number }
  | {
      readonly kind: "text";
      readonly text: string;
      /** A stretch of a document's text, or the line after its end. */
      readonly document?: "part" | "end";
    };

/**
 * Strings that chat templates look for in what was said. Where a vocabulary has no such token they are broken
 * all the same, so that a template finds only its own.
 */
const templateTags = [
  "<think>",
  "</think>",
  "<tool_call>",
  "</tool_call>",
  "<tool_response>",
  "</tool_response>",
];

/**
 * Keeps text and control apart. Templates join what people wrote with added tokens in one string, and also
 * trim and search it. So each added-token string in a message is broken by a separator, a character that
 * occurs in no text at hand, before rendering. After it, an added-token string that is whole is the
 * template's own.
 */
export class AddedTokenText {
  readonly #idOf = new Map<string, number>();
  /** Strings a message must not bring whole into the rendered prompt. */
  readonly #breakable: readonly string[];
  readonly #start: RegExp;
  readonly #whole: RegExp | undefined;

  constructor(addedTokens: readonly AddedToken[]) {
    // One character can not be broken, and no model of this family has such a token: it stays with BPE.
    for (const { id, text } of addedTokens) if ([...text].length > 1) this.#idOf.set(text, id);
    // Longest first: an alternation takes the first that fits.
    const texts = [...this.#idOf.keys()].sort((a, b) => b.length - a.length);
    this.#whole = texts.length === 0 ? undefined : new RegExp(`(${texts.map(escape).join("|")})`, "u");
    this.#breakable = [...new Set([...texts, ...templateTags])];
    this.#start = new RegExp(`(?=${this.#breakable.map(escape).join("|")})[^]`, "gu");
  }

  /** Returns whether the text is one token of the model. */
  has(text: string): boolean {
    return this.#idOf.has(text);
  }

  /**
   * Breaks every added-token string in `text`: overlapping and nested ones, and those that could form with
   * what the template puts before or after. Surrounding whitespace is left alone, for templates trim it.
   */
  break(text: string, separator: string): string {
    // Only the first character of a string is consumed, so one that begins inside another is found as well.
    const broken = text.replace(this.#start, `$&${separator}`);
    const core = text.trim();
    if (core === "" || !this.#couldJoin(core)) return broken;
    const before = text.length - text.trimStart().length;
    const after = text.length - text.trimEnd().length;
    return (
      broken.slice(0, before) +
      separator +
      broken.slice(before, broken.length - after) +
      separator +
      broken.slice(broken.length - after)
    );
  }

  /**
   * Splits a rendered prompt at whole added-token strings and takes the separators out of the text between
   * them.
   */
  split(rendered: string, separator: string): Segment[] {
    const parts = this.#whole ? rendered.split(this.#whole) : [rendered];
    const segments: Segment[] = [];
    for (const [at, part] of parts.entries()) {
      // A split by a captured group has the group as every other part.
      if (at % 2 === 1) segments.push({ kind: "token", id: this.#idOf.get(part)! });
      else if (part !== "") segments.push({ kind: "text", text: part.replaceAll(separator, "") });
    }
    return segments;
  }

  /**
   * Returns whether a breakable string could begin before `core` and end in it, begin in it and end after, or
   * span it.
   */
  #couldJoin(core: string): boolean {
    return this.#breakable.some((text) => {
      if (text.includes(core)) return true;
      for (let n = 1; n < text.length; n++)
        if (core.endsWith(text.slice(0, n)) || core.startsWith(text.slice(n))) return true;
      return false;
    });
  }
}

/** Noncharacters first, since no text should have them; then the private-use areas. */
const separatorRanges = [
  [0xfdd0, 0xfdef],
  [0xe000, 0xf8ff],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
] as const;
const separatorPattern = /[\ufdd0-\ufdef\ue000-\uf8ff\u{f0000}-\u{ffffd}\u{100000}-\u{10fffd}]/gu;

/**
 * A character that is in none of `texts`, is not whitespace, and that no template has a use for.
 *
 * @throws PromptError  when the texts hold all 137,500 candidates
 */
export function findSeparator(texts: readonly string[]): string {
  const used = new Set(texts.flatMap((text) => text.match(separatorPattern) ?? []));
  for (const [first, last] of separatorRanges)
    for (let code = first; code <= last; code++) {
      const candidate = String.fromCodePoint(code);
      if (!used.has(candidate)) return candidate;
    }
  throw new PromptError(
    "prompt",
    t("The conversation uses all {size} private characters of Unicode.", { size: used.size }),
    {
      hint: t("Take the text that is made of them out of the conversation."),
    },
  );
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
