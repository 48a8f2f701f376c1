import { ModelFormatError, PromptError } from "../../../ground/errors";
import { findSeparator, type AddedTokenText, type Segment } from "../tokenizer/added-token-text";
import { BoundedTemplate, TemplateLimitError } from "./bounded-template";
import { insertDocuments, placeholderOf, type TemplateDocument } from "./document-segments";

export interface TemplateMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  /** The assistant's reasoning before `content`; the template decides whether history keeps it. */
  readonly reasoning?: string;
  /** They stand before `content`. */
  readonly documents?: readonly TemplateDocument[];
}

export interface RenderedSegments {
  readonly segments: readonly Segment[];
  /** True when the prompt ends inside a `<think>` block: the model then writes reasoning first. */
  readonly opensInReasoning: boolean;
}

/** ChatML, for files without a template. */
const chatMl =
  "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** A model's Jinja chat template, which is given text that can not pass for control. */
export class ChatTemplate {
  /** `supported`: `thinking` changes the prompt. `byDefault`: the prompt thinks when it is left open. */
  readonly thinking: { readonly supported: boolean; readonly byDefault: boolean };
  readonly #template: BoundedTemplate;
  readonly #source: string;
  readonly #addedTokens: AddedTokenText;

  /** @throws ModelFormatError  when the template can not be read, or fails on a plain question */
  constructor(source: string | undefined, addedTokens: AddedTokenText) {
    this.#source = source ?? chatMl;
    this.#addedTokens = addedTokens;
    this.#template = readTemplate(this.#source);
    this.thinking = this.#findThinking();
  }

  /** @throws PromptError  when the template refuses the messages, as Qwen's do without a question */
  render(messages: readonly TemplateMessage[], thinking: boolean): RenderedSegments {
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
      rendered = this.#render(broken, thinking);
    } catch (error) {
      throw new PromptError(
        "prompt",
        `The model's chat template refused the conversation: ${reason(error)}`,
        {
          hint:
            error instanceof TemplateLimitError
              ? "Start a new chat. If that does not help, choose another file of the model."
              : "A conversation needs a question, and instructions come before it.",
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

  #render(messages: readonly TemplateMessage[], thinking: boolean | undefined): string {
    return this.#template.render({
      messages: messages.map(({ role, content, reasoning }) => ({
        role,
        content,
        ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
      })),
      add_generation_prompt: true,
      ...(thinking === undefined ? {} : { enable_thinking: thinking }),
    });
  }

  /** The way a template takes `enable_thinking` is read off what it makes of it. */
  #findThinking(): { supported: boolean; byDefault: boolean } {
    const probe = (thinking: boolean | undefined) => {
      try {
        return this.#render([{ role: "user", content: "?" }], thinking);
      } catch (error) {
        throw new ModelFormatError(`The chat template fails on a plain question: ${reason(error)}`, {
          hint: "The file's chat template does not suit this app. Choose another file of the model.",
          cause: error,
        });
      }
    };
    const [open, on, off] = [probe(undefined), probe(true), probe(false)];
    const supported = on !== off;
    return {
      supported,
      byDefault: supported ? open === on : open.lastIndexOf("<think>") > open.lastIndexOf("</think>"),
    };
  }
}

function readTemplate(source: string): BoundedTemplate {
  try {
    return new BoundedTemplate(source);
  } catch (error) {
    throw new ModelFormatError(`The file's chat template can not be read: ${reason(error)}`, {
      hint: "The file's chat template is damaged. Choose another file of the model.",
      cause: error,
    });
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
