import type { LabChart, LabRequest } from "../../../worker/rpc/protocol/measure";
import { formatCount, formatShare } from "../parts/words/format";
import { LineChart } from "../parts/charts/LineChart";
import { curveName, experiments, measures, rules, type Measure } from "./texts";
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
      <section key={experiment} className={styles.chart} aria-label={title}>
        <h2>{title}</h2>
        <p>{about}</p>
        <LineChart
          title={`${title}: ${measures[measure].name.toLowerCase()}, ${request.keys} keys, a state of ${request.size} × ${request.size}`}
          xName={xName}
          yName={measures[measure].name}
          xs={xs}
          xScale={experiment === "age" ? "linear" : "log2"}
          yRange={[0, measure === "error" ? MOST_ERROR : 1]}
          formatX={formatCount}
          formatY={measure === "found" ? formatShare : (value) => value.toFixed(2)}
          series={curves.map((curve) => ({
            name: curveName(curve),
            note: curve.hasWindow ? `the last ${request.window} exactly` : rules[curve.rule].recurrence,
            ys: curve[measure],
            look: curve.hasWindow ? WINDOW_LOOK : looks[curve.rule]!,
          }))}
        />
      </section>
    );
  });
}
