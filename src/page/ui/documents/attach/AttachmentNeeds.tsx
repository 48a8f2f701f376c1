import { TriangleAlert } from "lucide-react";
import { changeModel } from "../../../stores/chat/answer";
import {
  attachedTokens,
  roomForAnswer,
  useAttachments,
  type Attachment,
} from "../../../stores/documents/attachments";
import { freeTokens, usedTokens } from "../../../stores/chat/context-room";
import { loadedModelId, useEngine } from "../../../stores/models/engine";
import { chooseForLoad, openModels, openSettings } from "../../../stores/models/plans";
import { useReadingAhead } from "../../../stores/documents/reading-ahead";
import { useReadingRates } from "../../../stores/documents/reading-rates";
import { counted, formatBytes, formatCount } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { timeToRead } from "./time-to-read";
import styles from "./Attachments.module.css";

interface Props {
  list: readonly Attachment[];
}

/**
 * The needs of reading all that is attached: time on this device and memory, and what to do where that is too
 * much.
 */
export function AttachmentNeeds({ list }: Props) {
  const status = useEngine((s) => s.status);
  const plan = useAttachments((s) => s.plan);
  const rates = useReadingRates((s) => s.rates);
  const ahead = useReadingAhead();
  const nTokens = attachedTokens(list);
  if (status.phase !== "ready" || nTokens === 0) return null;
  const time = timeToRead(nTokens, rates[status.model.id], ahead);
  const memory =
    plan &&
    `${formatBytes(plan.totalBytes)} of memory in all, of a budget of ${formatBytes(plan.budgetBytes)}`;
  return (
    <>
      <p className={`${styles.attachmentFacts} ${styles.needs}`}>
        {[list.length > 1 && `${counted(nTokens, "token")} together`, time, memory]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {nTokens > freeTokens() && <TooLong nTokens={nTokens} />}
    </>
  );
}

function TooLong({ nTokens }: { nTokens: number }) {
  const status = useEngine((s) => s.status);
  const plan = useAttachments((s) => s.plan);
  if (status.phase !== "ready") return null;
  const { model, loaded } = status;
  const needed = usedTokens() + nTokens + roomForAnswer;
  const longest = loaded.description.contextLength;
  const longer = Math.min(longest, Math.ceil(needed / 1024) * 1024);
  const isBeyondModel = needed > longest;
  // The engine plans at the longest context that the device allows: shorter than what was asked for is all
  // there is.
  const isBeyondDevice = plan !== null && plan.contextLength < nTokens + roomForAnswer;
  const isBeyondBudget = plan !== null && plan.totalBytes > plan.budgetBytes;
  const lengthen = () => {
    chooseForLoad({ contextLength: longer }, model.id);
    void changeModel(model, longer);
  };
  return (
    <div className={styles.tooLong} role="alert">
      <p>
        <TriangleAlert size={16} aria-hidden /> Too long for the context: {counted(nTokens, "token")} are
        attached, {formatCount(Math.max(0, freeTokens()))} of {formatCount(loaded.contextLength)} are free.{" "}
        {isBeyondModel && `This model reads ${formatCount(longest)} at most. `}
        {!isBeyondModel && isBeyondDevice && "This device can not hold so long a context. "}
        {!isBeyondModel && isBeyondBudget && "A context for all of it would be over the memory budget. "}
        Read a part of it, or:
      </p>
      <div className={styles.tooLongChoices}>
        {!isBeyondModel && !isBeyondDevice && (
          <Button onClick={lengthen}>Lengthen the context to {formatCount(longer)}</Button>
        )}
        {isBeyondBudget && (
          <>
            <Button onClick={() => openSettings(loadedModelId())}>
              Keep the context in 8 bits (settings)
            </Button>
            <Button onClick={() => openModels(null)}>Choose a smaller model</Button>
          </>
        )}
        {isBeyondModel && !isBeyondBudget && (
          <Button onClick={() => openModels(null)}>Choose another model</Button>
        )}
      </div>
    </div>
  );
}
