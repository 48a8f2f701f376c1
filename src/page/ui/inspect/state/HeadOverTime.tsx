import type { HeadStep } from "./traces";
import { figure, visible } from "./token-text";
import styles from "./State.module.css";

interface Props {
  steps: readonly HeadStep[];
  chosen: number;
}

const WIDTH = 640;
const HEIGHT = 70;

const measures = [
  { name: "Norm of the state", valueOf: (s: HeadStep) => s.norm, isLog: false },
  { name: "Half-life, tokens (logarithmic)", valueOf: (s: HeadStep) => s.halfLife, isLog: true },
  { name: "Write strength β", valueOf: (s: HeadStep) => s.beta, isLog: false },
] as const;

const MOST_WRITERS = 8;

/**
 * One head over the tokens of the conversation, and the tokens that wrote most; the figures stand in the
 * table behind.
 */
export function HeadOverTime({ steps, chosen }: Props) {
  const writers = steps.toSorted((a, b) => b.written - a.written).slice(0, MOST_WRITERS);
  return (
    <section className={styles.headOverTime} aria-label="The head over the conversation">
      {measures.map(({ name, valueOf, isLog }) => (
        <Line
          key={name}
          name={name}
          values={steps.map((s) => (isLog ? Math.log(valueOf(s)) : valueOf(s)))}
          isLog={isLog}
          at={steps.findIndex(({ token }) => token === chosen)}
        />
      ))}
      <p>
        Wrote most:{" "}
        {writers.map(({ token, text, written }, i) => (
          <span key={token}>
            {i > 0 && ", "}
            <code>{visible(text)}</code> ({written.toPrecision(2)})
          </span>
        ))}
      </p>
      <details>
        <summary>Figures of every token</summary>
        <table>
          <caption>The head, token by token</caption>
          <thead>
            <tr>
              <th scope="col">Token</th>
              <th scope="col">Norm</th>
              <th scope="col">Half-life</th>
              <th scope="col">β</th>
              <th scope="col">Wrote</th>
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
      </details>
    </section>
  );
}

interface LineProps {
  name: string;
  values: readonly number[];
  isLog: boolean;
  at: number;
}

function Line({ name, values, isLog, at }: LineProps) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (i: number) => (values.length === 1 ? WIDTH / 2 : (i * WIDTH) / (values.length - 1));
  const y = (value: number) => HEIGHT - 4 - ((value - low) / (high - low || 1)) * (HEIGHT - 8);
  const shown = (value: number) => figure(isLog ? Math.exp(value) : value);
  return (
    <figure>
      <figcaption>
        {name}: {shown(low)} to {shown(high)}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}, from ${shown(low)} to ${shown(high)}`}
      >
        <line className={styles.headChosen} x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
        <polyline points={values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(" ")} />
      </svg>
    </figure>
  );
}
