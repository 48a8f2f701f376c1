import { ModelFormatError } from "../../ground/errors";
import { counted, formatCount } from "../../ground/figures";
import { createTextModel, type TextModel } from "../../engine/text/text-model";
import { templateOfGguf } from "../../engine/text/tokenizer/vocabulary-gguf";
import type { CompanionName, FindCompanion } from "../../engine/weights/hub/companions";
import { t } from "../../language/language";

/**
 * The text side of a model: from the file itself or, only if that has no tokens, from the tokenizer.json
 * beside it.
 *
 * @throws ModelFormatError       when neither is there, or a companion is broken or of another model
 * @throws UnsupportedModelError  when the tokenizer is of a kind that is not run
 */
export async function readTextModel(
  metadata: ReadonlyMap<string, unknown>,
  vocabSize: number,
  findCompanion: FindCompanion,
): Promise<TextModel> {
  if (metadata.has("tokenizer.ggml.tokens")) return createTextModel({ kind: "gguf", metadata });

  const tokenizer = await readJson("tokenizer.json", findCompanion);
  if (tokenizer === undefined)
    throw new ModelFormatError(
      t('The file has no tokenizer ("tokenizer.ggml.tokens"), and there is no “tokenizer.json” beside it.'),
      {
        hint: t(
          "Choose a GGUF file that holds its tokenizer, as nearly all do. Or pick the file on the disk together with its tokenizer.json.",
        ),
      },
    );
  const config = await readJson("tokenizer_config.json", findCompanion);
  const chatTemplate = templateOfGguf(metadata) ?? (await findCompanion("chat_template.jinja"));
  const text = createTextModel({
    kind: "tokenizer-json",
    tokenizer,
    config,
    ...(chatTemplate !== undefined && { chatTemplate }),
  });
  if (text.vocabSize > vocabSize)
    throw new ModelFormatError(
      t('The “tokenizer.json” beside the model has {tokens}; "token_embd.weight" has rows for {vocabSize}.', {
        tokens: counted(text.vocabSize, "token"),
        vocabSize: formatCount(vocabSize),
      }),
      { hint: t("It belongs to another model. Get the one from where this model is from.") },
    );
  return text;
}

/** @returns undefined when there is no such file */
async function readJson(name: CompanionName, findCompanion: FindCompanion): Promise<unknown> {
  const text = await findCompanion(name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFormatError(t("The “{name}” beside the model is not JSON: {reason}", { name, reason }), {
      hint: t("It is damaged, or not all there. Get it again from where the model is from."),
      cause,
    });
  }
}
