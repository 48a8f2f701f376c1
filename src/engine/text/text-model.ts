import type { BegunAnswer } from "../../ground/answer";
import { ModelFormatError } from "../../ground/errors";
import type { KnownModes, PromptMode } from "../../ground/prompt-mode";
import { AddedTokenText, type Segment } from "./tokenizer/added-token-text";
import {
  createAnswerStream,
  makeUtf8Decoder,
  type AnswerStream,
  type AnswerStreamOptions,
} from "./answer-stream";
import { ChatTemplate } from "./template/chat-template";
import type { TemplateMessage } from "./template/template-message";
import { SegmentIds } from "./tokenizer/segment-ids";
import { promptParts, type PromptParts } from "./template/prompt-parts";
import { continuations, nextQuestions, sharedLength, systemAlone } from "./template/shared-prefix";
import { createTokenizer } from "./tokenizer/tokenizer";
import type { Vocabulary } from "./tokenizer/vocabulary";
import { vocabularyFromGguf } from "./tokenizer/vocabulary-gguf";
import { vocabularyFromJson } from "./tokenizer/vocabulary-json";
import { t, type Sentence } from "../../language/language";

/** The source of a model's text side: its GGUF metadata, or the parsed JSON files beside its safetensors. */
export type TextSource =
  | { readonly kind: "gguf"; readonly metadata: ReadonlyMap<string, unknown> }
  | {
      readonly kind: "tokenizer-json";
      readonly tokenizer: unknown;
      /** tokenizer_config.json, for the chat template and the end token. */
      readonly config?: unknown;
      /** chat_template.jinja; goes before the one in `config`. */
      readonly chatTemplate?: string;
    };

export interface RenderedChat {
  /** The prompt, up to and with the opening of the assistant's turn. */
  readonly ids: number[];
  /** The number of `ids` that the next prompt begins with, whatever the answer and the next question. */
  readonly sharedPrefixLength: number;
  /** True when the prompt ends inside a think block. */
  readonly opensInReasoning: boolean;
  /** For each document, how many of `ids` there are up to its end: places where a state is worth keeping. */
  readonly documentEnds: readonly number[];
  readonly parts: PromptParts;
  /** The number of `ids` that every chat with this system prompt begins with; 0 without one. */
  readonly systemEnd: number;
}

export interface RenderOptions extends PromptMode {
  readonly begun?: BegunAnswer;
  /** Closes the thoughts that the mode has the prompt open: the answer begins at once. */
  readonly skipsThoughts?: boolean;
}

/** The ids that every next prompt of a conversation begins with. */
export type RenderedHistory = Pick<RenderedChat, "ids" | "documentEnds" | "systemEnd">;

/** Everything about a model that has to do with text. */
export interface TextModel {
  /** One past the largest id the tokenizer names, unused ones included; the embedding may have more rows. */
  readonly vocabSize: number;
  /**
   * Sentences about what was guessed of the file's tokenizer and chat template, for the person who chose it.
   */
  readonly notes: readonly Sentence[];
  readonly thinking: { readonly supported: boolean; readonly byDefault: boolean };
  readonly modes: KnownModes;
  /** Ids that end an answer. */
  readonly stopIds: readonly number[];
  /**
   * Ids made of prompts' texts so far. What was in the prompt before, and parts of documents, are remembered
   * and not made again.
   */
  readonly encodedTokens: number;
  /** `text` as data: never the id of an added token, whatever it says. */
  encode(text: string): number[];
  /** Counts the ids of a document's part in a prompt; they are remembered for it. */
  countDocumentPart(text: string): number;
  /**
   * The text of `ids`, added tokens spelled out; unused ids are nothing, bytes that are no UTF-8 are U+FFFD.
   */
  decode(ids: Iterable<number>): string;
  /**
   * Makes the prompt of a conversation. Messages are data: what in them looks like an added token stays text.
   *
   * @throws PromptError  when the chat template refuses the messages
   */
  renderChat(messages: readonly TemplateMessage[], options: RenderOptions): RenderedChat;
  /**
   * Renders what the next prompt will begin with, whatever is asked: after an answer the whole history; while
   * a question is being typed, what stands before it.
   *
   * @throws PromptError  when the chat template refuses the messages
   */
  renderHistory(messages: readonly TemplateMessage[], mode: PromptMode): RenderedHistory;
  /** Turns generated ids into text, as they come; `opensInReasoning` as the prompt's {@link RenderedChat}. */
  createAnswerStream(options: AnswerStreamOptions): AnswerStream;
}

/**
 * Builds the tokenizer and chat template of a model: about 0.8 s for Qwen3.5's 248,320 tokens.
 *
 * @throws UnsupportedModelError  when the tokenizer is not byte-level BPE with a known pre-tokenizer
 * @throws ModelFormatError  when a piece is missing or does not fit the others
 */
export function createTextModel(source: TextSource): TextModel {
  const vocabulary =
    source.kind === "gguf"
      ? vocabularyFromGguf(source.metadata)
      : vocabularyFromJson(source.tokenizer, source.config, source.chatTemplate);
  const { addedTokens, chatTemplate, eosIds } = vocabulary;
  checkTurnTokens(vocabulary);

  const tokenizer = createTokenizer(vocabulary);
  const template = new ChatTemplate(chatTemplate, new AddedTokenText(addedTokens));
  const segmentIds = new SegmentIds(tokenizer);
  const addedById = new Map(addedTokens.map((token) => [token.id, token]));
  const addedId = (text: string) => addedTokens.find((token) => token.text === text)?.id;
  const answerVocabulary = {
    bytesOf: tokenizer.bytesOf,
    shownText: (id: number) => {
      const token = addedById.get(id);
      return token?.isControl ? "" : token?.text;
    },
    thinkId: addedId("<think>"),
    endThinkId: addedId("</think>"),
  };

  const idsOf = segmentIds.of.bind(segmentIds);
  const idsAndDocumentEnds = (segments: readonly Segment[]) => {
    const ids: number[] = [];
    const documentEnds: number[] = [];
    for (const segment of segments) {
      for (const id of idsOf(segment)) ids.push(id);
      if (segment.kind === "text" && segment.document === "end") documentEnds.push(ids.length);
    }
    return { ids, documentEnds };
  };
  /** The beginning that the prompts of all of `others` share with `segments`. */
  const sharedWith = (
    segments: readonly Segment[],
    others: readonly (readonly TemplateMessage[])[],
    mode: PromptMode,
  ) =>
    Math.min(...others.map((other) => sharedLength(segments, template.render(other, mode).segments, idsOf)));
  const systemEndOf = (
    segments: readonly Segment[],
    messages: readonly TemplateMessage[],
    mode: PromptMode,
  ) => {
    const other = systemAlone(messages);
    return other ? sharedWith(segments, [other], mode) : 0;
  };

  return {
    vocabSize: tokenizer.vocabSize,
    notes: [...vocabulary.notes, ...(template.note === undefined ? [] : [template.note])],
    thinking: template.thinking,
    modes: template.modes,
    stopIds: [...new Set([...eosIds, addedId("<|im_end|>"), addedId("<|endoftext|>")])].filter(
      (id) => id !== undefined,
    ),
    get encodedTokens() {
      return segmentIds.nEncoded;
    },
    encode: tokenizer.encode,
    countDocumentPart: (text) => segmentIds.of({ kind: "text", text, document: "part" }).length,

    decode(ids) {
      const decoder = makeUtf8Decoder();
      let text = "";
      for (const id of ids) {
        const added = addedById.get(id);
        // An added token ends a character, as in an answer.
        text += added
          ? decoder.decode() + added.text
          : decoder.decode(tokenizer.bytesOf(id), { stream: true });
      }
      return text + decoder.decode();
    },

    renderChat(messages, { begun, skipsThoughts = false, ...mode }) {
      segmentIds.beginPrompt();
      const { segments, opensInReasoning } = template.render(messages, mode);
      const { ids, documentEnds } = idsAndDocumentEnds(segments);
      const parts = promptParts(segments, messages.length, idsOf);
      const { endThinkId } = answerVocabulary;
      const goesOn = begun
        ? begunSegments(begun, opensInReasoning, endThinkId)
        : skipsThoughts && opensInReasoning
          ? closedThoughts("", endThinkId)
          : [];
      for (const segment of goesOn) for (const id of idsOf(segment)) ids.push(id);
      const sharedPrefixLength = sharedWith(segments, continuations(messages, mode.thinking), mode);
      const systemEnd = systemEndOf(segments, messages, mode);
      return {
        ids,
        sharedPrefixLength,
        parts,
        documentEnds,
        systemEnd,
        opensInReasoning: opensInReasoning && !begun?.text && !skipsThoughts,
      };
    },

    renderHistory(messages, mode) {
      segmentIds.beginPrompt();
      const [one, ...others] = nextQuestions(messages);
      const { segments } = template.render(one!, mode);
      const length = sharedWith(segments, others, mode);
      const { ids, documentEnds } = idsAndDocumentEnds(segments);
      const systemEnd = systemEndOf(segments, messages, mode);
      return {
        ids: ids.slice(0, length),
        documentEnds: documentEnds.filter((end) => end <= length),
        systemEnd,
      };
    },

    createAnswerStream: (options) => createAnswerStream(answerVocabulary, options),
  };
}

/** The segments of an answer that was begun, as they stand behind the prompt that asked for it. */
function begunSegments(
  { reasoning, text }: BegunAnswer,
  opensInReasoning: boolean,
  endThinkId: number | undefined,
): readonly Segment[] {
  if (!opensInReasoning) return [{ kind: "text", text }];
  if (text === "") return [{ kind: "text", text: reasoning }];
  return closedThoughts(reasoning, endThinkId, text);
}

/** Thoughts that the prompt has opened, up to their end, and the beginning of the answer behind them. */
function closedThoughts(reasoning: string, endThinkId: number | undefined, text = ""): readonly Segment[] {
  const endThink: Segment =
    endThinkId === undefined ? { kind: "text", text: "</think>" } : { kind: "token", id: endThinkId };
  return [{ kind: "text", text: `${reasoning}\n` }, endThink, { kind: "text", text: `\n\n${text}` }];
}

/** Without a template the prompt is Qwen3.5's, which is nothing to a model that lacks its tokens. */
function checkTurnTokens({ addedTokens, chatTemplate }: Vocabulary): void {
  if (chatTemplate !== undefined) return;
  const missing = ["<|im_start|>", "<|im_end|>"].filter(
    (turn) => !addedTokens.some(({ text }) => text === turn),
  );
  if (missing.length > 0)
    throw new ModelFormatError(
      t("The file has no chat template, and its {nAddedTokens} added tokens lack {missing}.", {
        nAddedTokens: addedTokens.length,
        missing: missing.join(" and "),
      }),
      { hint: t("Choose a file with a chat template, as published Qwen3.5 files have.") },
    );
}
