import { formatSignificant } from "../../parts/words/format";
import type { HeadStep } from "./traces";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import type { TermName } from "../../parts/words/glossary";
import { Term } from "../../parts/words/Term";
import { figure, visible } from "./token-text";
import { mark, t } from "../../../../language/language";
import { rich } from "../../parts/words/rich";
import styles from "./State.module.css";

interface Props {
  steps: readonly HeadStep[];
  chosen: number;
}

const WIDTH = 640;
const HEIGHT = 70;

const measures = [
  { term: "norm", name: mark("Norm of the state"), valueOf: (s: HeadStep) => s.norm, isLog: false },
  {
    term: "half-life",
    name: mark("Half-life, tokens (logarithmic)"),
    valueOf: (s: HeadStep) => s.halfLife,
    isLog: true,
  },
  { term: "β", name: mark("Write strength β"), valueOf: (s: HeadStep) => s.beta, isLog: false },
] as const;

const MOST_WRITERS = 8;

/**
 * One head over the tokens of the conversation, and the tokens that wrote most; the figures stand in the
 * table behind.
 */
export function HeadOverTime({ steps, chosen }: Props) {
  const writers = steps.toSorted((a, b) => b.written - a.written).slice(0, MOST_WRITERS);
  return (
    <section className={styles.headOverTime} aria-label={t("The head over the conversation")}>
      {measures.map(({ term, name, valueOf, isLog }) => (
        <Line
          key={name}
          term={term}
          name={t(name)}
          values={steps.map((s) => (isLog ? Math.log(valueOf(s)) : valueOf(s)))}
          isLog={isLog}
          at={steps.findIndex(({ token }) => token === chosen)}
        />
      ))}
      <p>
        {t("Wrote most:")}{" "}
        {writers.map(({ token, text, written }, i) => (
          <span key={token}>
            {i > 0 && ", "}
            <code>{visible(text)}</code> ({formatSignificant(written, 2)})
          </span>
        ))}
      </p>
      <details>
        <summary>{t("Figures of every token")}</summary>
        <ScrollBox label={t("The head, token by token")}>
          <table>
            <caption>{t("The head, token by token")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("Token")}</th>
                <th scope="col">
                  <Term name="norm">{t("Norm")}</Term>
                </th>
                <th scope="col">
                  <Term name="half-life">{t("Half-life")}</Term>
                </th>
                <th scope="col">
                  <Term name="β" />
                </th>
                <th scope="col">
                  <Term name="wrote">{t("Wrote")}</Term>
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.map(({ token, text, norm, halfLife, beta, written }) => (
                <tr key={token}>
                  <th scope="row">
                    {token} <code>{visible(text)}</code>
                  </th>
                  {[norm, halfLife, beta, written].map((value, i) => (
                    <td key={i}>{figure(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </section>
  );
}

interface LineProps {
  term: TermName;
  name: string;
  values: readonly number[];
  isLog: boolean;
  at: number;
}

function Line({ term, name, values, isLog, at }: LineProps) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (i: number) => (values.length === 1 ? WIDTH / 2 : (i * WIDTH) / (values.length - 1));
  const y = (value: number) => HEIGHT - 4 - ((value - low) / (high - low || 1)) * (HEIGHT - 8);
  const shown = (value: number) => figure(isLog ? Math.exp(value) : value);
  return (
    <figure>
      <figcaption>
        {rich("{term}: {low} to {high}", {
          term: <Term name={term}>{name}</Term>,
          low: shown(low),
          high: shown(high),
        })}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("{name}, from {low} to {high}", { name, low: shown(low), high: shown(high) })}
      >
        <line className={styles.headChosen} x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
        <polyline points={values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ")} />
      </svg>
    </figure>
  );
}
