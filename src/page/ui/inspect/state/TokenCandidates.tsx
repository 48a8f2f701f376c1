import { formatFixed } from "../../parts/words/format";
import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { visible } from "./token-text";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import { t } from "../../../../language/language";
import { withUnit } from "../../../../language/units";
import styles from "../Inspect.module.css";

interface Props {
  report: StateReport;
  /** Its place in the conversation. */
  token: number;
}

const percent = (p: number) =>
  p === 0 ? "–" : p < 0.001 ? `< ${withUnit("0.1", "%")}` : withUnit(formatFixed(100 * p, 1), "%");

/**
 * The tokens that could have been drawn in a token's place, with the probability after each step of sampling.
 */
export function TokenCandidates({
  report: { candidates, candidateTexts, steps, ids, firstTraced, promptLength },
  token,
}: Props) {
  const list = candidates[token - firstTraced];
  if (!list)
    return (
      <p className={styles.note}>
        {token < promptLength
          ? t("This token was given, not drawn.")
          : t("What stood before the first token shown was not traced.")}
      </p>
    );
  return (
    <ScrollBox label={t("Candidates")}>
      <table>
        <caption>{t("What could have been drawn here, after each step of sampling")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Token")}</th>
            {steps.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.map(({ id, probabilities }) => {
            const isDrawn = id === ids[token];
            return (
              <tr key={id} data-drawn={isDrawn || undefined}>
                <th scope="row">
                  <code>{visible(candidateTexts[id] ?? "")}</code>
                  {isDrawn && <VisuallyHidden> {t("(drawn)")}</VisuallyHidden>}
                </th>
                {probabilities.map((p, i) => (
                  <td key={steps[i]}>{percent(p)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
