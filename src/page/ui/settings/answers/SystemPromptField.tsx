import { useEffect, useRef, useState } from "react";
import { withChange } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { editAnswers } from "../../../stores/chat/chat-answers";
import { Field } from "../../parts/fields/Field";
import { TextArea } from "../../parts/fields/Input";
import type { AnswerFieldsOf } from "./use-answer-fields";

/** A chat's record is written with each change, and the list of all chats with it. */
const writtenAfterMs = 400;

export function SystemPromptField({ fields }: { fields: AnswerFieldsOf }) {
  const { layer, systemPrompt, originOf } = fields;
  const [typed, setTyped] = useState<string | null>(null);
  const waiting = useRef<string | null>(null);
  const write = useRef(() => undefined as void);
  useEffect(() => {
    write.current = () => {
      const text = waiting.current;
      waiting.current = null;
      if (text === null) return;
      // An empty one is a chat's own word against its preset's; elsewhere it is none.
      const systemPrompt = text === "" && layer.kind !== "chat" ? undefined : text;
      editAnswers(layer, (answers) => withChange(answers, { systemPrompt }));
    };
  });
  // Closing the settings, or the page, writes what was typed last.
  useEffect(() => {
    const writeNow = () => write.current();
    addEventListener("pagehide", writeNow);
    return () => {
      removeEventListener("pagehide", writeNow);
      writeNow();
    };
  }, []);
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => {
      write.current();
      setTyped(null);
    }, writtenAfterMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Field
      label={t("System prompt")}
      hint={t("Told to the model before a chat: who it should be, how it should write, what it should know.")}
      origin={originOf("systemPrompt")}
    >
      {(id, hintId) => (
        <TextArea
          id={id}
          aria-describedby={hintId}
          dir="auto"
          placeholder={t("For example: Answer briefly, and in the language of the question.")}
          value={typed ?? systemPrompt}
          onChange={({ target }) => {
            waiting.current = target.value;
            setTyped(target.value);
          }}
          // Before what a click elsewhere does: a reset is not undone by words that come after it.
          onBlur={() => {
            write.current();
            setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
