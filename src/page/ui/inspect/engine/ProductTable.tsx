import { formatFixed } from "../../parts/words/format";
import type { LoadedModel } from "../../../../worker/rpc/protocol/load";
import { Term } from "../../parts/words/Term";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { t } from "../../../../language/language";
import styles from "../Inspect.module.css";

interface Props {
  tuned: LoadedModel["tuned"];
  isSoftware: boolean;
}

/**
 * Each variant of a product, or of the delta rule, that was tried: its check against the baseline, its time,
 * and which one is used.
 */
export function ProductTable({ tuned, isSoftware }: Props) {
  if (tuned.length === 0)
    return (
      <p className={styles.note}>
        {isSoftware
          ? t("No variants of kernels were tried: on a software adapter each kernel has its usual form.")
          : t("No variants of kernels were tried; every kernel is the baseline.")}
      </p>
    );
  return (
    <ScrollBox label={t("Variants")}>
      <table>
        <caption>
          {t("Variants of products and of the prompt’s delta rule, checked against the baseline and timed")}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("Product")}</th>
            <th scope="col">
              <Term name="variant">{t("Variant")}</Term>
            </th>
            <th scope="col">
              <Term name="check">{t("Check")}</Term>
            </th>
            <th scope="col">{t("ms")}</th>
          </tr>
        </thead>
        <tbody>
          {tuned
            .flatMap(({ shape, choice, source, rejected, timings }) => [
              ...(source === "remembered"
                ? [{ shape, variant: choice, check: t("used, remembered from an earlier visit"), ms: "" }]
                : []),
              ...timings.map((one) => ({
                shape,
                variant: one.choice,
                check: one.choice === choice ? t("right, used") : "right",
                ms: formatFixed(one.milliseconds, 3),
              })),
              ...rejected.map((one) => ({ shape, variant: one.choice, check: one.reason, ms: "" })),
            ])
            .map(({ shape, variant, check, ms }) => (
              <tr key={`${shape} ${variant}`}>
                <th scope="row">{shape}</th>
                <td>{variant}</td>
                <td>{check}</td>
                <td>{ms}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
