import { lookAtFull, useInspectState } from "../../../stores/inspect/inspect-state";
import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import { counted, formatCount, formatFixed } from "../../parts/words/format";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { Term } from "../../parts/words/Term";
import { HeadPicker } from "./HeadPicker";
import { visible } from "./token-text";
import { t } from "../../../../language/language";
import { withUnit } from "../../../../language/units";
import styles from "./State.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  report: StateReport;
}

/** The positions that the last token attended to, in one head of a full-attention layer. */
export function AttentionView({ report: { full, texts, nTokens } }: Props) {
  const wanted = useInspectState((s) => s.full);
  const shown = full.find(({ layer }) => layer === wanted.layer) ?? full[0];
  if (!shown) return null;
  const { nHeads, binTokens, bins, top } = shown;
  const head = Math.min(wanted.head, nHeads - 1);
  const nBins = bins.length / nHeads;
  return (
    <section aria-label={t("Attention")} className={styles.headOverTime}>
      <h2>{t("Where the last token looked")}</h2>
      <HeadPicker name="Attention" layers={full} layer={shown.layer} head={head} onChange={lookAtFull} />
      <div
        className={styles.attentionStrip}
        role="img"
        aria-label={t("Attention over {positions}; the largest stand in the table below", {
          positions: counted(nTokens, "position"),
        })}
      >
        {Array.from(bins.subarray(head * nBins, (head + 1) * nBins), (weight, i) => (
          <span key={i} style={{ opacity: Math.sqrt(weight) }} />
        ))}
      </div>
      <p className={inspectStyles.note}>
        {t("From the first token (left) to the last, the deeper the more it looked there{binTokens}.", {
          binTokens: binTokens > 1 && t("; a stripe is {tokens}", { tokens: counted(binTokens, "token") }),
        })}
      </p>
      <ScrollBox label={t("Positions")}>
        <table>
          <caption>{t("Positions it looked at most")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Token")}</th>
              <th scope="col">{t("Position")}</th>
              <th scope="col">
                <Term name="attention weight">{t("Weight")}</Term>
              </th>
            </tr>
          </thead>
          <tbody>
            {top[head]!.map(({ position, weight }) => (
              <tr key={position}>
                <th scope="row">
                  <code>{visible(texts[position]!)}</code>
                </th>
                <td>{formatCount(position)}</td>
                <td>{withUnit(formatFixed(100 * weight, 1), "%")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
