import { useState } from "react";
import { cancelBench, runBench, useBench } from "../../stores/inspect/bench";
import { useEngine } from "../../stores/models/engine";
import { BenchLoad } from "./BenchLoad";
import { BenchResult } from "./BenchResult";
import { EngineBanner } from "../models/EngineBanner";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { formatCount } from "../parts/words/format";
import { Button } from "../parts/buttons/Button";
import { t } from "../../../language/language";
import styles from "./Bench.module.css";

const CONTEXTS = [0, 1024, 8192, 32_768];

/** Measures this device with the loaded model: `#bench` in the address. */
export function BenchPage() {
  const status = useEngine((s) => s.status);
  const state = useBench((s) => s.state);
  const [contexts, setContexts] = useState<readonly number[]>([0, 1024]);
  const toggle = (length: number) =>
    setContexts((chosen) =>
      CONTEXTS.filter((c) => (c === length ? !chosen.includes(c) : chosen.includes(c))),
    );
  return (
    <main className={styles.bench}>
      <header className={styles.head}>
        <h1>{t("Bench")}</h1>
        <a href="#chat">{t("Back to the chat")}</a>
      </header>
      <p>
        {t(
          "Measures what this device can do at best, then how fast the loaded model reads 512 tokens and writes 64, and what each kernel takes. Chats are left as they are. Leave other tabs and programs alone meanwhile.",
        )}
      </p>
      <EngineBanner />
      <fieldset className={styles.contexts}>
        <legend>{t("Tokens already in the context")}</legend>
        {CONTEXTS.map((length) => (
          <label key={length}>
            <input type="checkbox" checked={contexts.includes(length)} onChange={() => toggle(length)} />
            {length === 0 ? t("none") : formatCount(length)}
          </label>
        ))}
      </fieldset>
      <div className={styles.actions}>
        {state.phase === "running" ? (
          <Button onClick={cancelBench}>{t("Stop")}</Button>
        ) : (
          <Button
            look="solid"
            disabled={status.phase !== "ready" || contexts.length === 0}
            onClick={() => void runBench(contexts)}
          >
            {status.phase === "ready" ? t("Measure {model}", { model: status.model.name }) : t("Measure")}
          </Button>
        )}
        <span role="status">{state.phase === "running" ? `${state.doing}…` : ""}</span>
      </div>
      {status.phase === "ready" && <BenchLoad loaded={status.loaded} />}
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "done" && <BenchResult report={state.report} />}
    </main>
  );
}
