import { formatFixed, formatSignificant } from "../../parts/words/format";
import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import type { HeadStep } from "./traces";
import { figure, visible } from "./token-text";
import { Term } from "../../parts/words/Term";
import { TokenCandidates } from "./TokenCandidates";
import { t } from "../../../../language/language";
import { rich } from "../../parts/words/rich";

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
    <section aria-label={t("Token {token}", { token: step.token })}>
      <h2>{rich("Token {token}: {code}", { token: step.token, code: <code>{visible(step.text)}</code> })}</h2>
      <p>
        {rich(
          "It kept {value} % of the head’s state (a {term} of {figure} tokens), wrote with strength {term2} = {beta}, and changed it by {written} to a {term3} of {norm}.",
          {
            value: formatFixed(100 * step.decay, 2),
            term: <Term name="half-life" />,
            figure: figure(step.halfLife),
            term2: <Term name="β" />,
            beta: formatSignificant(step.beta, 3),
            written: formatSignificant(step.written, 3),
            term3: <Term name="norm" />,
            norm: formatSignificant(step.norm, 3),
          },
        )}
      </p>
      <TokenCandidates report={report} token={step.token} />
    </section>
  );
}
