import type { ContextReport } from "../../../worker/rpc/protocol/measure";
import { formatCount, formatFixed } from "../parts/words/format";
import { ScrollBox } from "../parts/tables/ScrollBox";
import { t } from "../../../language/language";
import styles from "./Bench.module.css";

interface Props {
  decode: ContextReport["decode"];
}

/** A written token's time on five cards by a model, beside what this device took. */
export function BenchPrediction({ decode }: Props) {
  const title = t("A token behind {contextLength} on other cards, by a model", {
    contextLength: formatCount(decode.contextLength),
  });
  const ms = (value: number) => formatFixed(value, 2);
  return (
    <>
      <ScrollBox label={title}>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Card")}</th>
              <th scope="col">{t("Bytes, ms")}</th>
              <th scope="col">{t("Waits, ms")}</th>
              <th scope="col">{t("Dispatches, ms")}</th>
              <th scope="col">{t("Token, ms")}</th>
            </tr>
          </thead>
          <tbody>
            {decode.predicted.map(({ card, bytesMs, chainMs, dispatchMs, totalMs }) => (
              <tr key={card}>
                <th scope="row">{card}</th>
                <td>{ms(bytesMs)}</td>
                <td>{ms(chainMs)}</td>
                <td>{ms(dispatchMs)}</td>
                <td>{ms(totalMs)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t("This device, measured")}</th>
              <td colSpan={3} />
              <td>{ms(1000 / decode.tokensPerSecond)}</td>
            </tr>
          </tbody>
        </table>
      </ScrollBox>
      <p className={styles.note}>
        {t(
          "No card of these has run it. The model adds the bytes over nine tenths of the maker’s bandwidth, two waits for memory and a cost of each dispatch; all three are assumed. On such a card, compare “Reading memory” and “An empty dispatch” above first.",
        )}
      </p>
    </>
  );
}
