import type { LineChartProps } from "./LineChart";
import { ScrollBox } from "../tables/ScrollBox";
import { t } from "../../../../language/language";
import styles from "./LineChartTable.module.css";

/** The picture's numbers, as a table. */
export function LineChartTable(props: LineChartProps) {
  const { title, xName, xs, series, levels = [], measured, formatX = String, formatY = String } = props;
  return (
    <details className={styles.numbers}>
      <summary>{t("As a table")}</summary>
      <ScrollBox label={t("{title}, as a table", { title })}>
        <Figures {...{ title, xName, xs, series, formatX, formatY }} />
        {measured && <Figures {...measured} {...{ xName, formatX, formatY }} />}
        {levels.map(({ name, y }) => (
          <p key={name}>
            {name}: {formatY(y)}
          </p>
        ))}
      </ScrollBox>
    </details>
  );
}

type FiguresProps = Required<
  Pick<LineChartProps, "title" | "xName" | "xs" | "series" | "formatX" | "formatY">
>;

function Figures({ title, xName, xs, series, formatX, formatY }: FiguresProps) {
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{xName}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {xs.map((x, i) => (
          <tr key={x}>
            <th scope="row">{formatX(x)}</th>
            {series.map(({ name, ys }) => (
              <td key={name}>{ys[i] == null ? "–" : formatY(ys[i])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
