import { lookAtFull, useInspectState } from "../../../stores/inspect-state";
import type { StateReport } from "../../../worker/protocol";
import { HeadPicker } from "./HeadPicker";
import { visible } from "./token-text";

interface Props {
  report: StateReport;
}

const MOST_POSITIONS = 12;

/** Where the last token looked, in one head of a full-attention layer. */
export function AttentionView({ report: { full, texts, nTokens } }: Props) {
  const wanted = useInspectState((s) => s.full);
  if (full.length === 0)
    return (
      <p className="inspect-note">
        Where attention looks is told for conversations of up to 2,048 tokens; this one has {nTokens}.
      </p>
    );
  const shown = full.find(({ layer }) => layer === wanted.layer) ?? full[0]!;
  const head = Math.min(wanted.head, shown.nHeads - 1);
  const weights = shown.weights.subarray(head * nTokens, (head + 1) * nTokens);
  const positions = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]!).slice(0, MOST_POSITIONS);
  return (
    <section aria-label="Attention" className="head-over-time">
      <h3>Where the last token looked</h3>
      <HeadPicker name="Attention" layers={full} layer={shown.layer} head={head} onChange={lookAtFull} />
      <div
        className="attention-strip"
        role="img"
        aria-label={`Attention over ${nTokens} positions; the largest stand in the table below`}
      >
        {Array.from(weights, (weight, i) => (
          <span key={i} style={{ opacity: Math.sqrt(weight) }} />
        ))}
      </div>
      <table>
        <caption>Positions it looked at most</caption>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Position</th>
            <th scope="col">Weight</th>
          </tr>
        </thead>
        <tbody>
          {positions.map((position) => (
            <tr key={position}>
              <th scope="row">
                <code>{visible(texts[position]!)}</code>
              </th>
              <td>{position}</td>
              <td>{(100 * weights[position]!).toFixed(1)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
