import { trimEndNewlines, type AnswerDelta } from "../../ground/answer";

export interface AnswerStream {
  push(id: number): AnswerDelta;
  /** Ends the stream and gives what was held back. */
  flush(): AnswerDelta;
}

export interface AnswerStreamOptions {
  /** The prompt ends inside a think block. */
  readonly opensInReasoning: boolean;
  /** The prompt ends inside what was said before: newlines that come first belong to it. */
  readonly goesOn?: boolean;
}

/** The part of the vocabulary that a stream needs. */
export interface AnswerVocabulary {
  /** The bytes of an ordinary token. */
  readonly bytesOf: (id: number) => Uint8Array;
  /**
   * The text of an added token: "" for control tokens, which are never shown. `undefined` for any other id.
   */
  readonly shownText: (id: number) => string | undefined;
  /** `undefined`: the vocabulary has no such token, the tag is looked for in the text. */
  readonly thinkId: number | undefined;
  readonly endThinkId: number | undefined;
}

/**
 * Turns generated ids into reasoning and answer, as they come. Bytes of a character that is not complete are
 * held back; those that can not become one are U+FFFD. The newlines that templates put around a think block
 * are left out.
 *
 * Models close a block twice, open one late or again, and think where thinking is off. No tag of theirs is
 * shown and none of their text is lost:
 *
 *   - `<think>` opens a block wherever it comes; inside a block it says nothing new
 *   - `</think>` without a block ends thoughts that began with the answer (`wasThoughts`); after a block it
 *   says nothing new
 *   - in code, between backticks or fences, either is what the answer is about, and text
 */
export function createAnswerStream(
  vocabulary: AnswerVocabulary,
  { opensInReasoning, goesOn = false }: AnswerStreamOptions,
): AnswerStream {
  const decoder = makeUtf8Decoder();
  const tags = new TagReader(vocabulary);
  const reader = new ThinkBlockReader(opensInReasoning, goesOn);

  return {
    push(id) {
      const shown = vocabulary.shownText(id);
      if (shown === undefined) tags.text(decoder.decode(vocabulary.bytesOf(id), { stream: true }), reader);
      else {
        // An added token ends a character: what is missing of it will not come.
        tags.text(decoder.decode(), reader);
        if (id === vocabulary.thinkId) reader.open();
        else if (id === vocabulary.endThinkId) reader.close();
        else tags.text(shown, reader);
      }
      return reader.take();
    },
    flush() {
      tags.text(decoder.decode(), reader);
      tags.end(reader);
      reader.end();
      return reader.take();
    },
  };
}

/** A BOM is a character like any other in the middle of an answer. */
export const makeUtf8Decoder = (): TextDecoder => new TextDecoder("utf-8", { ignoreBOM: true });

const openTag = "<think>";
const closeTag = "</think>";

/** Finds tags in text, for vocabularies that have no tokens for them; a tag may come in pieces. */
class TagReader {
  /** The tags that are looked for. */
  readonly #tags: readonly string[];
  /** Text that may be the beginning of one. */
  #undecided = "";

  constructor({ thinkId, endThinkId }: AnswerVocabulary) {
    this.#tags = [
      ...(thinkId === undefined ? [openTag] : []),
      ...(endThinkId === undefined ? [closeTag] : []),
    ];
  }

  text(text: string, reader: ThinkBlockReader): void {
    if (text === "") return;
    let rest = this.#undecided + text;
    for (let found = this.#find(rest); found !== undefined; found = this.#find(rest)) {
      reader.text(rest.slice(0, found.at));
      if (found.tag === openTag) reader.open();
      else reader.close();
      rest = rest.slice(found.at + found.tag.length);
    }
    const undecided = Math.max(0, ...this.#tags.map((tag) => partialTagLength(rest, tag)));
    reader.text(rest.slice(0, rest.length - undecided));
    this.#undecided = rest.slice(rest.length - undecided);
  }

  end(reader: ThinkBlockReader): void {
    reader.text(this.#undecided);
    this.#undecided = "";
  }

  /** The first tag in `text`. */
  #find(text: string): { readonly tag: string; readonly at: number } | undefined {
    return this.#tags
      .map((tag) => ({ tag, at: text.indexOf(tag) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
  }
}

class ThinkBlockReader {
  /** "start": nothing but whitespace was said of the answer. */
  #state: "start" | "reasoning" | "answer";
  /** Newlines before the next text: of a block's end, or of the answer. Their place is not decided yet. */
  #held = "";
  /** True while newlines that come next belong to a tag. */
  #isAfterTag: boolean;
  /**
   * True when a block was opened, or the answer began before this stream: its text is no thought any more.
   */
  #hadBlock: boolean;
  /** True when a further block's text comes after that of an earlier one. */
  #needsBreak = false;
  #hasReasoning = false;
  #code = new CodeReader();
  #reasoning = "";
  #answer = "";
  #wasThoughts = false;

  constructor(opensInReasoning: boolean, goesOn: boolean) {
    this.#state = opensInReasoning ? "reasoning" : goesOn ? "answer" : "start";
    this.#isAfterTag = opensInReasoning && !goesOn;
    this.#hadBlock = opensInReasoning || goesOn;
    this.#hasReasoning = opensInReasoning && goesOn;
  }

  text(text: string): void {
    if (this.#isAfterTag) {
      text = text.replace(/^\n+/, "");
      if (text === "") return;
      this.#isAfterTag = false;
    }
    if (text === "") return;
    if (this.#state === "reasoning") this.#think(text);
    else this.#say(text);
  }

  open(): void {
    if (this.#state === "answer" && this.#code.isInCode) return this.text(openTag);
    if (this.#state !== "reasoning") {
      this.#held = "";
      this.#needsBreak = this.#hasReasoning;
    }
    this.#state = "reasoning";
    this.#hadBlock = true;
    this.#isAfterTag = true;
  }

  close(): void {
    if (this.#state === "answer") {
      if (this.#code.isInCode) return this.text(closeTag);
      if (this.#hadBlock) return; // once more: what was said stays said
      this.#reasoning += this.#answer;
      this.#answer = "";
      this.#wasThoughts = this.#hasReasoning = true;
      this.#code = new CodeReader();
    }
    this.#state = "start";
    this.#hadBlock = true;
    this.#held = "";
    this.#isAfterTag = true;
  }

  end(): void {
    if (this.#state !== "reasoning") this.#answer += this.#held;
    this.#held = "";
  }

  take(): AnswerDelta {
    const wasThoughts = this.#wasThoughts;
    const delta = { reasoning: this.#reasoning, answer: this.#answer, ...(wasThoughts && { wasThoughts }) };
    this.#reasoning = this.#answer = "";
    this.#wasThoughts = false;
    return delta;
  }

  #think(text: string): void {
    // Newlines at the end may turn out to be those before the tag.
    const all = this.#held + text;
    const said = trimEndNewlines(all);
    this.#held = all.slice(said.length);
    if (said === "") return;
    this.#reasoning += (this.#needsBreak ? "\n\n" : "") + said;
    this.#needsBreak = false;
    this.#hasReasoning = true;
  }

  #say(text: string): void {
    const all = this.#held + text;
    // Whitespace that comes first is dropped where a block follows it.
    const isBlank = this.#state === "start" && all.trim() === "";
    this.#held = isBlank ? all : "";
    if (isBlank) return;
    this.#state = "answer";
    this.#answer += all;
    this.#code.read(all);
  }
}

/** Follows Markdown's code: fences by line, backticks within a line. */
class CodeReader {
  #isInFence = false;
  #line = "";

  get isInCode(): boolean {
    return this.#isInFence || (this.#line.match(/`/g)?.length ?? 0) % 2 === 1;
  }

  read(text: string): void {
    const [first, ...rest] = text.split("\n");
    this.#line += first!;
    for (const line of rest) {
      if (/^\s*(?:```|~~~)/.test(this.#line)) this.#isInFence = !this.#isInFence;
      this.#line = line;
    }
  }
}

/** The length of the longest end of `text` that begins `tag` and is not all of it. */
function partialTagLength(text: string, tag: string): number {
  let length = Math.min(text.length, tag.length - 1);
  while (!tag.startsWith(text.slice(text.length - length))) length--;
  return length;
}
