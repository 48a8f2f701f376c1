import { TriangleAlert } from "lucide-react";
import { changeModel } from "../../../stores/chat/answer";
import {
  attachedTokens,
  roomForAnswer,
  tokensOf,
  useAttachments,
  type AttachedFolder,
  type Attachment,
} from "../../../stores/documents/attachments";
import { totalsOf } from "../../../stores/documents/folders/attached-folder";
import { leaveOutWhatDoesNotFit } from "../../../stores/documents/folders/folder-reader";
import { freeTokens, usedTokens } from "../../../stores/chat/context-room";
import { loadedModelId, useEngine } from "../../../stores/models/engine";
import { chooseForLoad, openModels } from "../../../stores/models/plans";
import { openSettings } from "../../../stores/open-settings";
import { counted, formatCount } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
import styles from "./Attachments.module.css";

interface Props {
  list: readonly Attachment[];
  folders: readonly AttachedFolder[];
  /** Shows the details of one, where a part of it is chosen. */
  onChoosePart: (key: string) => void;
  /** Shows the files of a folder, to be ticked. */
  onChooseFiles: (folderKey: string) => void;
}

/** The numbers, and what can be done, where the documents do not fit the context; else nothing. */
export function TooLong({ list, folders, onChoosePart, onChooseFiles }: Props) {
  const status = useEngine((s) => s.status);
  const plan = useAttachments((s) => s.plan);
  const nTokens = attachedTokens(list);
  if (status.phase !== "ready" || nTokens <= freeTokens()) return null;
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
  const divisible = longestWithParts(list.filter(({ folder }) => !folder));
  // Of several the one that takes most: what is left out of another may not make the room.
  const [folder] = folders
    .map((one) => ({ key: one.key, tokens: totalsOf(one.files).tokens }))
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => b.tokens - a.tokens);
  return (
    <div className={styles.tooLong} role="alert">
      <p>
        <TriangleAlert size={16} aria-hidden />{" "}
        {t(
          "Too long for the context: {tokens} are attached, {max} of {contextLength} are free.{model}{device}{budget}",
          {
            tokens: counted(nTokens, "token"),
            max: formatCount(Math.max(0, freeTokens())),
            contextLength: formatCount(loaded.contextLength),
            model:
              isBeyondModel && t(" This model reads {longest} at most.", { longest: formatCount(longest) }),
            device: !isBeyondModel && isBeyondDevice && t(" This device can not hold so long a context."),
            budget:
              !isBeyondModel &&
              isBeyondBudget &&
              t(" A context for all of it would be over the memory budget."),
          },
        )}
      </p>
      <div className={styles.tooLongChoices}>
        {folder && (
          <>
            <Button look="solid" onClick={() => void leaveOutWhatDoesNotFit(folder.key)}>
              {t("Leave out files that do not fit")}
            </Button>
            <Button onClick={() => onChooseFiles(folder.key)}>{t("Choose files…")}</Button>
          </>
        )}
        {divisible && (
          <Button look={folder ? "plain" : "solid"} onClick={() => onChoosePart(divisible.key)}>
            {list.length === 1 ? t("Read a part of it…") : t("Read a part of the longest…")}
          </Button>
        )}
        {!isBeyondModel && !isBeyondDevice && (
          <Button onClick={lengthen}>
            {t("Lengthen the context to {longer}", { longer: formatCount(longer) })}
          </Button>
        )}
        {isBeyondBudget && (
          <>
            <Button onClick={() => openSettings(loadedModelId())}>
              {t("Keep the context in 8 bits (settings)")}
            </Button>
            <Button onClick={() => openModels(null)}>{t("Choose a smaller model")}</Button>
          </>
        )}
        {isBeyondModel && !isBeyondBudget && (
          <Button onClick={() => openModels(null)}>{t("Choose another model")}</Button>
        )}
      </div>
    </div>
  );
}

/** The document that leaving a part of out helps most; undefined where none has parts. */
function longestWithParts(list: readonly Attachment[]): Attachment | undefined {
  return list
    .filter(({ reading }) => reading.phase === "read" && reading.info.starts.length > 1)
    .toSorted((a, b) => (tokensOf(b) ?? 0) - (tokensOf(a) ?? 0))[0];
}
