import type { LabChart, LabRequest } from "../../../worker/rpc/protocol/measure";
import { formatCount, formatFixed, formatShare } from "../parts/words/format";
import { LineChart } from "../parts/charts/LineChart";
import { curveName, experiments, keyKinds, measures, rules, type Measure } from "./texts";
import { t } from "../../../language/language";
import styles from "./Lab.module.css";

interface Props {
  charts: readonly LabChart[];
  request: LabRequest;
  measure: Measure;
}

const WINDOW_LOOK = 7;
const looks = Object.fromEntries(Object.keys(rules).map((rule, i) => [rule, i]));

/** Errors beyond this are off the picture, not off the table. */
const MOST_ERROR = 2;

export function LabCharts({ charts, request, measure }: Props) {
  return charts.map(({ experiment, xs, curves }) => {
    const { title, xName, about } = experiments[experiment];
    return (
      <section key={experiment} className={styles.chart} aria-label={t(title)}>
        <h2>{t(title)}</h2>
        <p>{t(about)}</p>
        <LineChart
          title={t("{title}: {measure}, {keys} keys, a state of {size} × {size}", {
            title: t(title),
            measure: t(measures[measure].name).toLowerCase(),
            keys: t(keyKinds[request.keys].name).toLowerCase(),
            size: request.size,
          })}
          xName={t(xName)}
          yName={t(measures[measure].name)}
          xs={xs}
          xScale={experiment === "age" ? "linear" : "log2"}
          yRange={[0, measure === "error" ? MOST_ERROR : 1]}
          formatX={formatCount}
          formatY={measure === "found" ? formatShare : (value) => formatFixed(value, 2)}
          series={curves.map((curve) => ({
            name: curveName(curve),
            note: curve.hasWindow
              ? t("the last {window} exactly", { window: request.window })
              : rules[curve.rule].recurrence,
            ys: curve[measure],
            look: curve.hasWindow ? WINDOW_LOOK : looks[curve.rule]!,
          }))}
        />
      </section>
    );
  });
}
