/** New text since the last delta; either may be "". */
export interface AnswerDelta {
  readonly reasoning: string;
  readonly answer: string;
}

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

const openTag = "<think>";
const closeTag = "</think>";

/**
 * Turns generated ids into reasoning and answer, as they come. Bytes of a character that is not complete are
 * held back; those that can not become one are U+FFFD. The newlines that templates put around a think block
 * are left out. A `<think>` opens a block only as the first thing said; further tags are text.
 */
export function createAnswerStream(
  vocabulary: AnswerVocabulary,
  { opensInReasoning, goesOn = false }: AnswerStreamOptions,
): AnswerStream {
  const decoder = makeUtf8Decoder();
  const reader = new ThinkBlockReader(vocabulary, opensInReasoning, goesOn);

  return {
    push(id) {
      const shown = vocabulary.shownText(id);
      if (shown === undefined) reader.text(decoder.decode(vocabulary.bytesOf(id), { stream: true }));
      else {
        // An added token ends a character: what is missing of it will not come.
        reader.text(decoder.decode());
        if (!reader.tag(id)) reader.text(shown);
      }
      return reader.take();
    },
    flush() {
      reader.text(decoder.decode());
      reader.end();
      return reader.take();
    },
  };
}

/** A BOM is a character like any other in the middle of an answer. */
export const makeUtf8Decoder = (): TextDecoder => new TextDecoder("utf-8", { ignoreBOM: true });

class ThinkBlockReader {
  /** "start": nothing but whitespace was said yet, a block may still open. */
  #state: "start" | "reasoning" | "answer";
  /** Text that is not decided yet: whitespace, the beginning of a tag, or both. */
  #held = "";
  /** True while newlines that come next belong to the block's tag. */
  #isAfterTag: boolean;
  #reasoning = "";
  #answer = "";
  readonly #vocabulary: AnswerVocabulary;

  constructor(vocabulary: AnswerVocabulary, opensInReasoning: boolean, goesOn: boolean) {
    this.#vocabulary = vocabulary;
    this.#state = opensInReasoning ? "reasoning" : goesOn ? "answer" : "start";
    this.#isAfterTag = opensInReasoning && !goesOn;
  }

  text(text: string): void {
    this.#held += text;
    // A tag found in the text changes the state, and the rest is read in the new one.
    for (let state: string | undefined; state !== this.#state;) {
      state = this.#state;
      if (state === "start") this.#readStart();
      else if (state === "reasoning") this.#readReasoning();
      else this.#readAnswer();
    }
  }

  /** Returns whether `id` opened or closed the block. */
  tag(id: number): boolean {
    if (id === this.#vocabulary.thinkId && this.#state === "start") this.#open("");
    else if (id === this.#vocabulary.endThinkId && this.#state === "reasoning") this.#close(this.#held, "");
    else return false;
    return true;
  }

  end(): void {
    if (this.#state === "reasoning") this.#close(this.#held, "");
    else this.#answer += this.#held;
    this.#held = "";
  }

  take(): AnswerDelta {
    const delta = { reasoning: this.#reasoning, answer: this.#answer };
    this.#reasoning = this.#answer = "";
    return delta;
  }

  #readStart(): void {
    const said = this.#held.trimStart();
    const isTagInText = this.#vocabulary.thinkId === undefined;
    if (isTagInText && said.startsWith(openTag)) this.#open(said.slice(openTag.length));
    else if (said !== "" && !(isTagInText && openTag.startsWith(said))) this.#state = "answer";
  }

  #readReasoning(): void {
    this.#skipNewlines();
    const isTagInText = this.#vocabulary.endThinkId === undefined;
    const at = isTagInText ? this.#held.indexOf(closeTag) : -1;
    if (at >= 0) {
      this.#close(this.#held.slice(0, at), this.#held.slice(at + closeTag.length));
      return;
    }
    const beforeTag = isTagInText ? this.#held.length - partialTagLength(this.#held) : this.#held.length;
    // Newlines at the end may turn out to be those before the tag.
    const said = trimEndNewlines(this.#held.slice(0, beforeTag));
    this.#reasoning += said;
    this.#held = this.#held.slice(said.length);
  }

  #readAnswer(): void {
    this.#skipNewlines();
    this.#answer += this.#held;
    this.#held = "";
  }

  #skipNewlines(): void {
    if (!this.#isAfterTag) return;
    this.#held = this.#held.replace(/^\n+/, "");
    this.#isAfterTag = this.#held === "";
  }

  #open(rest: string): void {
    this.#state = "reasoning";
    this.#isAfterTag = true;
    this.#held = rest;
  }

  #close(said: string, rest: string): void {
    this.#reasoning += trimEndNewlines(said);
    this.#state = "answer";
    this.#isAfterTag = true;
    this.#held = rest;
  }
}

/** The length of the longest end of `text` that begins `</think>`. */
function partialTagLength(text: string): number {
  let length = Math.min(text.length, closeTag.length - 1);
  while (!closeTag.startsWith(text.slice(text.length - length))) length--;
  return length;
}

function trimEndNewlines(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") end--;
  return text.slice(0, end);
}
