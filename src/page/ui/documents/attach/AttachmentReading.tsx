import {
  readOn,
  stopReadingAhead,
  useReadingAhead,
  type ReadingAhead,
} from "../../../stores/documents/reading-ahead";
import { counted, formatCount, formatDuration, formatRate } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { Meter } from "../../parts/charts/Meter";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import styles from "./Attachments.module.css";

/** The progress of reading what is attached while the person writes, and a way to stop it. */
export function AttachmentReading() {
  const state = useReadingAhead();
  if (state.phase === "none") return null;
  const text = describe(state);
  const progress = "progress" in state ? state.progress : null;
  return (
    <div className={styles.reading}>
      <p className={styles.attachmentFacts}>{text}</p>
      {state.phase !== "read" && (
        // One button, so that the focus stays on it.
        <Button look="quiet" onClick={state.phase === "reading" ? stopReadingAhead : readOn}>
          {state.phase === "reading" ? "Stop reading" : "Read on"}
        </Button>
      )}
      {state.phase === "reading" && (
        <Meter
          role="progressbar"
          label="Reading the documents"
          valueText={text}
          value={progress?.readTokens ?? 0}
          max={progress?.totalTokens ?? null}
        />
      )}
      <VisuallyHidden as="p" role="status">
        {
          { reading: "Reading the documents", stopped: "Reading stopped", read: "Documents are read" }[
            state.phase
          ]
        }
      </VisuallyHidden>
    </div>
  );
}

function describe(state: Exclude<ReadingAhead, { phase: "none" }>): string {
  switch (state.phase) {
    case "read":
      return `Read already: ${counted(state.totalTokens, "token")}. An answer has only your question left to read.`;
    case "stopped":
      return state.progress
        ? `Stopped after ${formatCount(state.progress.readTokens)} of ${counted(state.progress.totalTokens, "token")}; they are not read again.`
        : "Not read yet.";
    case "reading": {
      if (!state.progress) return "Reading while you write…";
      const { readTokens, totalTokens, tokensPerSecond } = state.progress;
      const rate =
        tokensPerSecond === null
          ? ""
          : ` · ${formatRate(tokensPerSecond)} tokens/s · ${formatDuration((totalTokens - readTokens) / tokensPerSecond)} left`;
      return `Reading while you write: ${formatCount(readTokens)} of ${counted(totalTokens, "token")}${rate}`;
    }
    default:
      state satisfies never;
      throw new Error("unreachable");
  }
}
