import { lookAtLinear, useInspectState } from "../../../stores/inspect/inspect-state";
import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import { AttentionView } from "./AttentionView";
import { HeadOverTime } from "./HeadOverTime";
import { HeadPicker } from "./HeadPicker";
import { StateMatrix } from "./StateMatrix";
import { TokenDetails } from "./TokenDetails";
import { TokenStrip } from "./TokenStrip";
import { stepsOf } from "./traces";
import styles from "../Inspect.module.css";
import { counted } from "../../parts/words/format";
import { t } from "../../../../language/language";

interface Props {
  report: StateReport;
}

/** One head of one DeltaNet layer over the conversation, a token of it, and where attention looked. */
export function StateView({ report }: Props) {
  const { linear, nTokens, firstTraced, promptLength } = report;
  const wanted = useInspectState((s) => s.linear);
  const token = useInspectState((s) => s.token);
  const shown = linear.find(({ layer }) => layer === wanted.layer) ?? linear[0]!;
  const head = Math.min(wanted.head, shown.nHeads - 1);
  const steps = stepsOf(report, shown, head);
  const chosen = steps[(token ?? nTokens - 1) - firstTraced] ?? steps.at(-1)!;
  return (
    <>
      <HeadPicker name="DeltaNet" layers={linear} layer={shown.layer} head={head} onChange={lookAtLinear} />
      {firstTraced > 0 && (
        <p className={styles.note}>
          {t("The last {nSteps} of {tokens} are shown.", {
            nSteps: steps.length,
            tokens: counted(nTokens, "token"),
          })}
        </p>
      )}
      <TokenStrip steps={steps} promptLength={promptLength} chosen={chosen.token} />
      <TokenDetails report={report} step={chosen} />
      <HeadOverTime steps={steps} chosen={chosen.token} />
      <StateMatrix matrices={report.matrices} layer={shown.layer} head={head} />
      <AttentionView report={report} />
    </>
  );
}
