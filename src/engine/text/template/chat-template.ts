import { PromptError } from "../../../ground/errors";
import type { KnownModes, PromptMode } from "../../../ground/prompt-mode";
import { findSeparator, type AddedTokenText, type Segment } from "../tokenizer/added-token-text";
import { BoundedTemplate } from "./bounded-template";
import familyTemplate from "./Qwen3.5-4B.jinja?raw";
import { TemplateLimitError } from "./jinja/template-limit";
import { findModes } from "./find-modes";
import { insertDocuments, placeholderOf, type TemplateDocument } from "./document-segments";
import type { TemplateMessage } from "./template-message";
import { t, type Sentence } from "../../../language/language";

export interface RenderedSegments {
  readonly segments: readonly Segment[];
  /** True when the prompt ends inside a `<think>` block: the model then writes reasoning first. */
  readonly opensInReasoning: boolean;
}

/** ChatML, for models without the tokens of thinking. */
const chatMl =
  "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** A model's Jinja chat template, which is given text that can not pass for control. */
export class ChatTemplate {
  /** `supported`: `thinking` changes the prompt. `byDefault`: the prompt thinks when it is left open. */
  readonly thinking: { readonly supported: boolean; readonly byDefault: boolean };
  readonly modes: KnownModes;
  /** One sentence where the family's template stands in for the file's; `undefined` where the file's runs. */
  readonly note: Sentence | undefined;
  readonly #template: BoundedTemplate;
  readonly #source: string;
  readonly #addedTokens: AddedTokenText;

  /**
   * The file's own template, or Qwen3.5's where the file has none, or one that can not be read or fails on a
   * plain question. A model without the token `<think>` gets plain ChatML then.
   */
  constructor(source: string | undefined, addedTokens: AddedTokenText) {
    this.#addedTokens = addedTokens;
    const problem = source === undefined ? t("The file has no chat template") : problemOf(source);
    const own = problem === undefined ? source : undefined;
    const isFamily = addedTokens.has("<think>");
    this.#source = own ?? (isFamily ? familyTemplate : chatMl);
    this.#template = new BoundedTemplate(this.#source);
    this.thinking = findThinking(this.#template);
    this.modes = findModes((messages, mode) => renderMessages(this.#template, messages, mode));
    this.note =
      problem &&
      t("{problem}. {template} is used instead.", {
        problem,
        template: isFamily ? t("Qwen3.5’s own") : "ChatML",
      });
  }

  /** @throws PromptError  when the template refuses the messages, as Qwen's do without a question */
  render(messages: readonly TemplateMessage[], mode: PromptMode): RenderedSegments {
    const texts = messages.flatMap(({ content, reasoning = "" }) => [content, reasoning]);
    const separator = findSeparator([this.#source, ...texts]);
    const mark = findSeparator([this.#source, ...texts, separator]);
    const documents: TemplateDocument[] = [];
    const broken = messages.map(({ content, reasoning, documents: own = [], ...message }) => {
      const placeholders = own.map((document) => placeholderOf(mark, documents.push(document) - 1)).join("");
      // Behind a document the template does not trim what people typed before their question.
      const text = own.length > 0 ? content.trimStart() : content;
      return {
        ...message,
        content: placeholders + this.#addedTokens.break(text, separator),
        ...(reasoning === undefined ? {} : { reasoning: this.#addedTokens.break(reasoning, separator) }),
      };
    });
    let rendered: string;
    try {
      rendered = renderMessages(this.#template, broken, mode);
    } catch (error) {
      throw new PromptError(
        "prompt",
        t("The model's chat template refused the conversation: {reason}", { reason: reason(error) }),
        {
          hint:
            error instanceof TemplateLimitError
              ? t("Start a new chat. If that does not help, choose another file of the model.")
              : t("A conversation needs a question, and instructions come before it."),
          cause: error,
        },
      );
    }
    return {
      segments: insertDocuments(this.#addedTokens.split(rendered, separator), mark, documents),
      // Tags in what people wrote are broken, so these are the template's own.
      opensInReasoning: rendered.lastIndexOf("<think>") > rendered.lastIndexOf("</think>"),
    };
  }
}

/** Calls a template as transformers does, without tools and documents of its own. */
function renderMessages(
  template: BoundedTemplate,
  messages: readonly TemplateMessage[],
  { thinking, effort, keepsThoughts }: Partial<PromptMode>,
): string {
  return template.render({
    messages: messages.map(({ role, content, reasoning }) => ({
      role,
      content,
      ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
    })),
    tools: null,
    documents: null,
    add_generation_prompt: true,
    ...(thinking === undefined ? {} : { enable_thinking: thinking }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
    ...(keepsThoughts === undefined ? {} : { preserve_thinking: keepsThoughts }),
  });
}

const plainQuestion: readonly TemplateMessage[] = [{ role: "user", content: "?" }];

/** A sentence, without its full stop, where the template can not be used. */
function problemOf(source: string): Sentence | undefined {
  let template: BoundedTemplate;
  try {
    template = new BoundedTemplate(source);
  } catch (error) {
    return t("The file's chat template can not be read ({reason})", { reason: reason(error) });
  }
  try {
    findThinking(template);
    return undefined;
  } catch (error) {
    return t("The file's chat template fails on a plain question ({reason})", { reason: reason(error) });
  }
}

/** The way a template takes `enable_thinking` is read off what it makes of it. */
function findThinking(template: BoundedTemplate): { supported: boolean; byDefault: boolean } {
  const probe = (mode: Partial<PromptMode>) => renderMessages(template, plainQuestion, mode);
  const [open, on, off] = [probe({}), probe({ thinking: true }), probe({ thinking: false })];
  const supported = on !== off;
  return {
    supported,
    byDefault: supported ? open === on : open.lastIndexOf("<think>") > open.lastIndexOf("</think>"),
  };
}

const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
