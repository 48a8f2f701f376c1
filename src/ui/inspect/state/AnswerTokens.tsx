import { hideTokens, lookAtToken, stopReadingStates, useInspectState } from "../../../stores/inspect-state";
import type { StateReport } from "../../../worker/protocol";
import { ErrorNotice } from "../../ErrorNotice";
import { formatCount } from "../../format";
import { Button } from "../../parts/Button";
import { TokenCandidates } from "./TokenCandidates";
import { visible } from "./token-text";
import "../InspectPanel.css";
import "../StateTab.css";

/** An answer in the chat token by token; the one that is clicked tells what could have been drawn in its place. */
export function AnswerTokens() {
  const state = useInspectState((s) => s.state);
  switch (state.phase) {
    case "idle":
      return null;
    case "reading":
      return (
        <div className="inspect-actions">
          <Button
            onClick={() => {
              stopReadingStates();
              hideTokens();
            }}
          >
            Stop
          </Button>
          <span role="status">
            Reading it again: {formatCount(state.readTokens)} of {formatCount(state.totalTokens)} tokens…
          </span>
        </div>
      );
    case "failed":
      return <ErrorNotice error={state.error} />;
    case "known":
      return <Tokens report={state.report} />;
    default:
      state satisfies never;
      throw new Error("unreachable");
  }
}

function Tokens({ report }: { report: StateReport }) {
  const { texts, promptLength, firstTraced } = report;
  const chosen = useInspectState((s) => s.token);
  const first = Math.max(promptLength, firstTraced);
  const token = chosen !== null && chosen >= first ? chosen : null;
  return (
    <section className="answer-tokens inspect-tables" aria-label="The answer, token by token">
      <div className="token-strip" role="group" aria-label="Tokens of the answer">
        {texts.slice(first).map((text, i) => {
          const surprise = 1 - probabilityOf(report, first + i);
          return (
            <button
              key={i}
              type="button"
              className="token"
              aria-pressed={token === first + i}
              title={`Probability ${((1 - surprise) * 100).toFixed(1)} %`}
              style={{ "--depth": `${Math.round(70 * surprise)}%` } as React.CSSProperties}
              onClick={() => lookAtToken(first + i)}
            >
              {visible(text)}
            </button>
          );
        })}
      </div>
      <p className="inspect-note">
        The deeper its colour, the less probable the model found the token.
        {token === null && " Click one to see what could have been drawn instead."}
        {first > promptLength && ` The last ${formatCount(texts.length - first)} tokens are shown.`}
      </p>
      {token !== null && <TokenCandidates report={report} token={token} />}
    </section>
  );
}

/** By the model alone, before anything of sampling. */
function probabilityOf(
  { candidates, candidateTexts, texts, firstTraced }: StateReport,
  token: number,
): number {
  const drawn = candidates[token - firstTraced]?.find(({ id }) => candidateTexts[id] === texts[token]);
  return drawn?.probabilities[0] ?? 1;
}
