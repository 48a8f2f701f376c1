import {
  hideTokens,
  lookAtToken,
  readStretch,
  stopReadingStates,
  useInspectState,
  type InspectStatePhase,
} from "../../../stores/inspect/inspect-state";
import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { counted, formatCount, formatFixed } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { TokenCandidates } from "./TokenCandidates";
import { visible } from "./token-text";
import { t } from "../../../../language/language";
import styles from "./State.module.css";
import inspectStyles from "../Inspect.module.css";

type Known = Extract<InspectStatePhase, { phase: "known" }>;

/**
 * An answer in the chat token by token; the one that is clicked tells what could have been drawn in its
 * place.
 */
export function AnswerTokens() {
  const state = useInspectState((s) => s.state);
  switch (state.phase) {
    case "idle":
      return null;
    case "reading":
      return (
        <div className={inspectStyles.actions}>
          <Button
            onClick={() => {
              stopReadingStates();
              hideTokens();
            }}
          >
            {t("Stop")}
          </Button>
          <span role="status">
            {t("Reading it again: {readTokens} of {tokens}…", {
              readTokens: formatCount(state.readTokens),
              tokens: counted(state.totalTokens, "token"),
            })}
          </span>
        </div>
      );
    case "failed":
      return <ErrorNotice error={state.error} />;
    case "known":
      return <Tokens state={state} />;
    default:
      state satisfies never;
      throw new Error("unreachable");
  }
}

function Tokens({ state: { report, readWith } }: { state: Known }) {
  const { texts, promptLength, firstTraced, totalTokens } = report;
  const chosen = useInspectState((s) => s.token);
  // Nothing is known of what stood before the first traced token.
  const first = Math.max(promptLength, firstTraced + 1);
  const token = chosen !== null && chosen >= first ? chosen : null;
  return (
    <section
      className={`${styles.answerTokens} ${inspectStyles.tables}`}
      aria-label={t("The answer, token by token")}
    >
      <div className={styles.tokenStrip} role="group" aria-label={t("Tokens of the answer")}>
        {texts.slice(first).map((text, i) => {
          const surprise = 1 - probabilityOf(report, first + i);
          return (
            <button
              key={i}
              type="button"
              className={styles.token}
              aria-pressed={token === first + i}
              title={t("Probability {value} %", { value: formatFixed((1 - surprise) * 100, 1) })}
              style={{ "--depth": `${Math.round(70 * surprise)}%` } as React.CSSProperties}
              onClick={() => lookAtToken(first + i)}
            >
              {visible(text)}
            </button>
          );
        })}
      </div>
      {(first > promptLength || texts.length < totalTokens) && (
        <div className={inspectStyles.actions}>
          <Button disabled={first === promptLength} onClick={() => readStretch(first)}>
            {t("Earlier tokens")}
          </Button>
          <Button disabled={texts.length === totalTokens} onClick={() => readStretch(null)}>
            {t("Last tokens")}
          </Button>
          <span>
            {t("Tokens {first} to {nTexts} of {totalTokens} are shown.", {
              first: formatCount(first - promptLength + 1),
              nTexts: formatCount(texts.length - promptLength),
              totalTokens: formatCount(totalTokens - promptLength),
            })}
          </span>
        </div>
      )}
      <p className={inspectStyles.note}>
        {t("The deeper its colour, the less probable the model found the token.{token}", {
          token: token === null && t(" Click one to see what could have been drawn instead."),
        })}
      </p>
      <RestsOn report={report} readWith={readWith} />
      {token !== null && <TokenCandidates report={report} token={token} />}
    </section>
  );
}

/** Says where what is shown may differ from what was when the answer was drawn. */
function RestsOn({
  report: { isAsDrawn },
  readWith: { presentSettings, otherModel },
}: Pick<Known, "report" | "readWith">) {
  const notes = [
    ...(otherModel !== null
      ? [t("{otherModel} wrote this answer; the model in use reads it.", { otherModel })]
      : []),
    ...(isAsDrawn ? [] : [t("Its text was split into tokens again, perhaps otherwise than it was drawn.")]),
    ...(presentSettings
      ? [t("How it was drawn is not stored: the present instructions and sampling are taken.")]
      : []),
  ];
  return notes.length > 0 && <p className={inspectStyles.note}>{notes.join(" ")}</p>;
}

/** By the model alone, before anything of sampling. */
function probabilityOf({ candidates, ids, firstTraced }: StateReport, token: number): number {
  const drawn = candidates[token - firstTraced]?.find(({ id }) => id === ids[token]);
  return drawn?.probabilities[0] ?? 1;
}
