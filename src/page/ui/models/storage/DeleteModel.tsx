import type { ReactElement } from "react";
import { discardModel } from "../../../stores/chat/answer";
import type { StoredModel } from "../../../../worker/rpc/protocol/model";
import { formatBytes } from "../../parts/words/format";
import { Confirm } from "../../parts/Confirm";
import { t } from "../../../../language/language";

interface Props {
  model: StoredModel;
  trigger: ReactElement;
}

/** Asks before a model is deleted; of one that is read where it lies, only the way to it goes. */
export function DeleteModel({ model, trigger }: Props) {
  const isInPlace = model.origin.kind === "in-place";
  return (
    <Confirm
      trigger={trigger}
      title={
        isInPlace
          ? t("Take {name} off the list?", { name: model.name })
          : t("Delete {name}?", { name: model.name })
      }
      text={
        isInPlace
          ? t(
              "Its file stays on your disk as it is, and your chats stay. To use the model again, add the file again.",
            )
          : t(
              "This frees {sizeBytes} on your disk. Your chats stay. To use the model again, it has to be stored again.",
              { sizeBytes: formatBytes(model.sizeBytes) },
            )
      }
      action={isInPlace ? t("Take it off the list") : t("Delete the model")}
      onConfirm={() => void discardModel(model)}
    />
  );
}
