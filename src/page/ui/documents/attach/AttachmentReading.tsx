import { attachedTokens, useAttachments, type Attachment } from "../../../stores/documents/attachments";
import { useEngine } from "../../../stores/models/engine";
import {
  readOn,
  stopReadingAhead,
  useReadingAhead,
  type ReadingAhead,
} from "../../../stores/documents/reading-ahead";
import { useReadingRates } from "../../../stores/documents/reading-rates";
import { counted, formatCount, formatDuration, formatRate } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { Meter } from "../../parts/charts/Meter";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import { memoryWords } from "./attachment-facts";
import { timeToRead } from "./time-to-read";
import { t } from "../../../../language/language";
import styles from "./Attachments.module.css";

interface Props {
  list: readonly Attachment[];
}

/** The needs of reading all that is attached, its progress while the person writes, and a way to stop it. */
export function AttachmentReading({ list }: Props) {
  const state = useReadingAhead();
  const needs = useNeeds(list, state);
  if (state.phase === "none" && needs === null) return null;
  const doing = describeReading(state);
  const progress = "progress" in state ? state.progress : null;
  return (
    <div className={styles.reading}>
      <p className={styles.facts}>{[doing, needs].filter(Boolean).join(" · ")}</p>
      {(state.phase === "reading" || state.phase === "stopped") && (
        // One button, so that the focus stays on it.
        <Button look="quiet" onClick={state.phase === "reading" ? stopReadingAhead : readOn}>
          {state.phase === "reading" ? t("Stop reading") : t("Read on")}
        </Button>
      )}
      {state.phase === "reading" && (
        <Meter
          role="progressbar"
          label={t("Reading the documents")}
          valueText={doing}
          value={progress?.readTokens ?? 0}
          max={progress?.totalTokens ?? null}
        />
      )}
      <VisuallyHidden as="p" role="status">
        {
          {
            none: "",
            reading: t("Reading the documents"),
            stopped: t("Reading stopped"),
            read: t("Documents are read"),
          }[state.phase]
        }
      </VisuallyHidden>
    </div>
  );
}

/** A share of the memory budget that is worth a word beside the message; the details have it always. */
const nearlyAll = 0.8;

/** Time on this device and memory, as far as the reading itself does not tell them; `null` for neither. */
function useNeeds(list: readonly Attachment[], state: ReadingAhead): string | null {
  const status = useEngine((s) => s.status);
  const plan = useAttachments((s) => s.plan);
  const rates = useReadingRates((s) => s.rates);
  const nTokens = attachedTokens(list);
  if (status.phase !== "ready" || nTokens === 0) return null;
  const isTold = state.phase === "read" || ("progress" in state && state.progress?.tokensPerSecond != null);
  return [
    list.length > 1 &&
      state.phase === "none" &&
      t("{tokens} together", { tokens: counted(nTokens, "token") }),
    !isTold && timeToRead(nTokens, rates[status.model.id], state),
    plan !== null && plan.totalBytes > plan.budgetBytes * nearlyAll && memoryWords(plan),
  ]
    .filter(Boolean)
    .join(" · ");
}

function describeReading(state: ReadingAhead): string {
  switch (state.phase) {
    case "none":
      return "";
    case "read":
      return t("Read already: {tokens}", { tokens: counted(state.totalTokens, "token") });
    case "stopped":
      return state.progress
        ? t("Stopped after {readTokens} of {tokens}; they are not read again", {
            readTokens: formatCount(state.progress.readTokens),
            tokens: counted(state.progress.totalTokens, "token"),
          })
        : t("Not read yet");
    case "reading": {
      if (!state.progress) return t("Reading while you write…");
      const { readTokens, totalTokens, tokensPerSecond } = state.progress;
      const rate =
        tokensPerSecond === null
          ? ""
          : t(" · {rate} tokens/s · {duration} left", {
              rate: formatRate(tokensPerSecond),
              duration: formatDuration((totalTokens - readTokens) / tokensPerSecond),
            });
      return t("Reading while you write: {readTokens} of {tokens}{rate}", {
        readTokens: formatCount(readTokens),
        tokens: counted(totalTokens, "token"),
        rate,
      });
    }
    default:
      state satisfies never;
      throw new Error("unreachable");
  }
}
