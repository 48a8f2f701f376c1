import { isObject } from "../../../ground/record-checks";
import { ModelFormatError } from "../../../ground/errors";
import { t, type Sentence } from "../../../language/language";

export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * The object that a JSON text holds. `what` begins the message.
 *
 * @throws ModelFormatError  if the text is no JSON, or no object
 */
export function parseJson(what: Sentence, text: string, hint: Sentence): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelFormatError(t("{what} is no JSON: {reason}", { what, reason: reason.slice(0, 200) }), {
      hint,
      cause,
    });
  }
  if (!isObject(value)) throw new ModelFormatError(t("{what} is no JSON object.", { what }), { hint });
  return value;
}
