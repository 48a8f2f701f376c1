import { send } from "../../stores/chat/answer";
import { useEngine } from "../../stores/models/engine";
import { demoExamples, examples, type Example } from "./examples";
import { t } from "../../../language/language";
import styles from "./EmptyState.module.css";

/** A chat without messages: what this is, and something to begin with. */
export function EmptyState() {
  // Until the person chose a model, the one on its way is the demo.
  const isDemo = useEngine(({ status }) => {
    const model = "model" in status ? status.model : null;
    return model === null || model.origin.kind === "bundled";
  });
  return (
    <section className={styles.emptyState} aria-labelledby="welcome">
      <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="52" height="52" />
      <h1 id="welcome">{t("A language model of your own")}</h1>
      <p>
        {t(
          "It runs here, on your own device. What you write stays on it; once a model is stored, it works without a network.",
        )}
      </p>
      <ul className={styles.examples}>
        {(isDemo ? demoExamples : examples).map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => begin(example, isDemo)}>
              <strong>{t(example.title)}</strong>
              <span>{t(example.detail)}</span>
            </button>
          </li>
        ))}
      </ul>
      {isDemo && (
        <p className={styles.note}>
          {t(
            "The demo model is tiny, six million parameters: it finds facts in a short text and little else, and can not quote a document. For real answers choose a Qwen3.5 model from the model panel.",
          )}
        </p>
      )}
    </section>
  );
}

function begin({ prompt }: Example, isDemo: boolean): void {
  // the demo model knows English alone
  if (prompt !== null) send(isDemo ? prompt : t(prompt));
  else void import("../../stores/documents/example-document").then(({ attachExample }) => attachExample());
}
