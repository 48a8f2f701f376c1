import { useId, useState, type PointerEvent } from "react";
import { makeScale, type Scale, type ScaleKind } from "./chart-scale";
import { LineChartTable } from "./LineChartTable";
import { useWidth } from "../hooks/use-width";
import { t } from "../../../../language/language";
import styles from "./LineChart.module.css";

export interface Series {
  readonly name: string;
  /** Said below the name, such as an equation. */
  readonly note?: string;
  /** One for each of the chart's `xs`; `null` where there is none. */
  readonly ys: readonly (number | null)[];
  /** 0 … 7: colour and dashes of the line, the same wherever the same thing is drawn. */
  readonly look: number;
}

/** A line across the chart, such as a limit. */
export interface Level {
  readonly name: string;
  readonly y: number;
}

/** A line down the chart, such as where something ends. */
export interface Mark {
  readonly name: string;
  readonly x: number;
}

/** Dots at places of their own. */
export interface Measured {
  readonly title: string;
  readonly xs: readonly number[];
  /** Lines in the first two looks: full dots and hollow ones. */
  readonly series: readonly Series[];
}

export interface LineChartProps {
  title: string;
  xName: string;
  yName: string;
  xs: readonly number[];
  series: readonly Series[];
  levels?: readonly Level[];
  marks?: readonly Mark[];
  measured?: Measured;
  xScale?: ScaleKind;
  yScale?: ScaleKind;
  /** The x whose values are said, where more than the chart depends on it; else the chart keeps it. */
  chosen?: { readonly index: number; readonly onChoose: (index: number) => void };
  /** From 0 to the largest value when left out. */
  yRange?: readonly [min: number, max: number];
  formatX?: (x: number) => string;
  formatY?: (y: number) => string;
}

const HEIGHT = 300;
const MARGIN = { top: 12, right: 14, bottom: 44, left: 62 };

/**
 * Lines over a common x axis. The slider below (or the pointer) chooses an x whose values the legend then
 * says; all values stand in a table behind the picture.
 */
export function LineChart(props: LineChartProps) {
  const { title, xName, xs, series, measured, formatX = String, formatY = String } = props;
  const [figure, width] = useWidth<HTMLDivElement>(640);
  const [kept, setKept] = useState<number | null>(null);
  const id = useId();
  const index = Math.min(props.chosen?.index ?? kept ?? xs.length - 1, xs.length - 1);
  const choose = props.chosen?.onChoose ?? setKept;
  const x = xs[index];
  if (x === undefined) return null;
  const valueOf = ({ ys }: Series) => (ys[index] == null ? "–" : formatY(ys[index]));
  const said = series.map((one) => `${one.name} ${valueOf(one)}`).join(", ");
  return (
    <figure className={styles.lineChart} aria-labelledby={`${id}-title`}>
      <figcaption id={`${id}-title`}>{title}</figcaption>
      <div ref={figure} className={styles.plot}>
        <Plot {...props} width={width} index={index} onPoint={choose} />
      </div>
      <label className={styles.reader}>
        <span>
          {xName} {formatX(x)}
        </span>
        <input
          type="range"
          min={0}
          max={xs.length - 1}
          value={index}
          aria-valuetext={`${xName} ${formatX(x)}: ${said}`}
          onChange={({ target }) => choose(Number(target.value))}
        />
      </label>
      <ul className={styles.legend}>
        {series.map((one) => (
          <li key={one.name}>
            <svg className={styles.swatch} viewBox="0 0 28 12" aria-hidden>
              <path className={styles.line} data-look={one.look} d="M1 6H27" />
            </svg>
            <span>{one.name}</span>
            <span className={styles.value}>{valueOf(one)}</span>
            {one.note !== undefined && <span className={styles.note}>{one.note}</span>}
          </li>
        ))}
        {measured?.series.map(({ name, look }) => (
          <li key={name}>
            <svg className={styles.swatch} viewBox="0 0 28 12" aria-hidden>
              <circle className={styles.measured} data-look={look} cx={14} cy={6} r={4} />
            </svg>
            <span>{name}</span>
          </li>
        ))}
      </ul>
      <LineChartTable {...props} />
    </figure>
  );
}

interface PlotProps extends LineChartProps {
  width: number;
  index: number;
  onPoint: (index: number) => void;
}

function Plot({ width, index, onPoint, ...props }: PlotProps) {
  const { title, xs, series, levels = [], marks = [], measured, chosen } = props;
  const { xScale = "linear", yScale = "linear" } = props;
  const right = Math.max(MARGIN.left + 80, width - MARGIN.right);
  const bottom = HEIGHT - MARGIN.bottom;
  const allXs = [...xs, ...(measured?.xs ?? [])];
  const xRange = [Math.min(...allXs), Math.max(...allXs)] as const;
  const x = makeScale(xScale, xRange, [MARGIN.left, right], Math.floor((right - MARGIN.left) / 64));
  const yRange = props.yRange ?? rangeOf([...series, ...(measured?.series ?? [])], levels, yScale);
  const y = makeScale(yScale, yRange, [bottom, MARGIN.top], 5);
  const point = ({ nativeEvent: { offsetX } }: PointerEvent) => {
    const distances = xs.map((value) => Math.abs(x.at(value) - offsetX));
    onPoint(distances.indexOf(Math.min(...distances)));
  };
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={t("{title}. The values stand in the table below.", { title })}
      onPointerMove={chosen ? undefined : point}
      onPointerDown={point}
    >
      <Axes {...props} x={x} y={y} right={right} bottom={bottom} />
      {levels.map(({ name, y: level }) => (
        <path key={name} className={styles.level} d={`M${MARGIN.left} ${y.at(level)}H${right}`} />
      ))}
      {marks.map(({ name, x: mark }) => (
        <path key={name} className={styles.mark} d={`M${x.at(mark)} ${MARGIN.top}V${bottom}`} />
      ))}
      <path className={styles.cursor} d={`M${x.at(xs[index]!)} ${MARGIN.top}V${bottom}`} />
      {series.map((one) => (
        <Line key={one.name} xs={xs} series={one} x={x} y={y} index={index} />
      ))}
      {measured?.series.map(({ name, ys, look }) => (
        <g key={name}>
          {ys.map(
            (value, i) =>
              value !== null && (
                <circle
                  key={i}
                  className={styles.measured}
                  data-look={look}
                  cx={x.at(measured.xs[i]!)}
                  cy={y.at(value)}
                  r={4}
                />
              ),
          )}
        </g>
      ))}
      <Names {...{ levels, marks, x, y, right, bottom }} />
    </svg>
  );
}

interface NamesProps {
  levels: readonly Level[];
  marks: readonly Mark[];
  x: Scale;
  y: Scale;
  right: number;
  bottom: number;
}

/**
 * Names of what crosses the chart: drawn last, with a rim of the ground's colour, since on a narrow chart
 * they stand on the lines.
 */
function Names({ levels, marks, x, y, right, bottom }: NamesProps) {
  return (
    <g className={`${styles.text} ${styles.names}`}>
      {levels.map((level) => (
        <text key={level.name} x={right} y={y.at(level.y) - 4} textAnchor="end">
          {level.name}
        </text>
      ))}
      {marks.map((mark) => {
        const isRight = x.at(mark.x) > (MARGIN.left + right) / 2;
        return (
          <text
            key={mark.name}
            x={x.at(mark.x) + (isRight ? -5 : 5)}
            y={bottom - 6}
            textAnchor={isRight ? "end" : "start"}
          >
            {mark.name}
          </text>
        );
      })}
    </g>
  );
}

interface AxesProps extends LineChartProps {
  x: Scale;
  y: Scale;
  right: number;
  bottom: number;
}

function Axes({ xName, yName, formatX = String, formatY = String, x, y, right, bottom }: AxesProps) {
  const middle = (MARGIN.top + bottom) / 2;
  return (
    <g className={styles.text}>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M${MARGIN.left} ${y.at(tick)}H${right}`} />
          <text x={MARGIN.left - 7} y={y.at(tick) + 4} textAnchor="end">
            {formatY(tick)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick) => (
        <text key={tick} x={x.at(tick)} y={bottom + 18} textAnchor="middle">
          {formatX(tick)}
        </text>
      ))}
      <text x={(MARGIN.left + right) / 2} y={HEIGHT - 6} textAnchor="middle">
        {xName}
      </text>
      <text transform={`translate(12 ${middle}) rotate(-90)`} textAnchor="middle">
        {yName}
      </text>
    </g>
  );
}

interface LineProps {
  xs: readonly number[];
  series: Series;
  x: Scale;
  y: Scale;
  index: number;
}

function Line({ xs, series: { ys, look }, x, y, index }: LineProps) {
  const steps = ys.flatMap((value, i) => {
    if (value === null) return [];
    const begins = i === 0 || ys[i - 1] === null;
    return [`${begins ? "M" : "L"}${x.at(xs[i]!).toFixed(1)} ${y.at(value).toFixed(1)}`];
  });
  const value = ys[index];
  return (
    <g>
      <path className={styles.line} data-look={look} d={steps.join("")} />
      {value != null && (
        <circle className={styles.dot} data-look={look} cx={x.at(xs[index]!)} cy={y.at(value)} r={3.5} />
      )}
    </g>
  );
}

function rangeOf(
  series: readonly Series[],
  levels: readonly Level[],
  scale: ScaleKind,
): readonly [number, number] {
  const values = [...series.flatMap(({ ys }) => ys), ...levels.map((level) => level.y)].filter(
    (value) => value !== null,
  );
  if (scale !== "linear") return [Math.min(...values) / 1.2, Math.max(...values) * 1.2];
  return [Math.min(0, ...values), Math.max(0, ...values) * 1.04 || 1];
}
