import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import type { HeadStep } from "./traces";
import { figure, visible } from "./token-text";
import { Term } from "../../parts/words/Term";
import { TokenCandidates } from "./TokenCandidates";

interface Props {
  report: StateReport;
  step: HeadStep;
}

/**
 * The effect of one token and, where it was drawn, what could have been drawn instead after each step of
 * sampling.
 */
export function TokenDetails({ report, step }: Props) {
  return (
    <section aria-label={`Token ${step.token}`}>
      <h2>
        Token {step.token}: <code>{visible(step.text)}</code>
      </h2>
      <p>
        It kept {(100 * step.decay).toFixed(2)} % of the head’s state (a <Term name="half-life" /> of{" "}
        {figure(step.halfLife)} tokens), wrote with strength <Term name="β" /> = {step.beta.toPrecision(3)},
        and changed it by {step.written.toPrecision(3)} to a <Term name="norm" /> of{" "}
        {step.norm.toPrecision(3)}.
      </p>
      <TokenCandidates report={report} token={step.token} />
    </section>
  );
}
