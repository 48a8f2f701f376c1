import type { StateReport } from "../../../worker/protocol";
import type { HeadStep } from "./traces";
import { figure, visible } from "./token-text";
import { ScrollBox } from "../ScrollBox";

interface Props {
  report: StateReport;
  step: HeadStep;
}

const percent = (p: number) => (p === 0 ? "–" : p < 0.001 ? "< 0.1 %" : `${(100 * p).toFixed(1)} %`);

/** What one token did, and of one that was drawn, what could have been drawn instead after each step of sampling. */
export function TokenDetails({
  report: { candidates, candidateTexts, steps, texts, firstTraced },
  step,
}: Props) {
  const list = candidates[step.token - firstTraced];
  return (
    <section aria-label={`Token ${step.token}`}>
      <h3>
        Token {step.token}: <code>{visible(step.text)}</code>
      </h3>
      <p>
        It kept {(100 * step.decay).toFixed(2)} % of the head’s state (a half-life of {figure(step.halfLife)}{" "}
        tokens), wrote with strength β = {step.beta.toPrecision(3)}, and changed it by{" "}
        {step.written.toPrecision(3)} to a norm of {step.norm.toPrecision(3)}.
      </p>
      {list ? (
        <ScrollBox label="Candidates">
          <table>
            <caption>What could have been drawn here, after each step of sampling</caption>
            <thead>
              <tr>
                <th scope="col">Token</th>
                {steps.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.map(({ id, probabilities }) => (
                <tr key={id} data-drawn={candidateTexts[id] === texts[step.token] || undefined}>
                  <th scope="row">
                    <code>{visible(candidateTexts[id] ?? "")}</code>
                    {candidateTexts[id] === texts[step.token] && (
                      <span className="visually-hidden"> (drawn)</span>
                    )}
                  </th>
                  {probabilities.map((p, i) => (
                    <td key={steps[i]}>{percent(p)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ) : (
        <p className="inspect-note">This token was given, not drawn.</p>
      )}
    </section>
  );
}
