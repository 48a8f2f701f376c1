import { useState } from "react";
import { cancelLoad, useEngine, type EngineStatus } from "../../stores/models/engine";
import { useModels, type Place, type Transfer } from "../../stores/models/models";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { ProgressCard } from "../parts/notices/ProgressCard";
import { VisuallyHidden } from "../parts/VisuallyHidden";
import { describeLoad } from "../parts/words/load-progress";
import { TransferBanner } from "./EngineBanner";
import { t } from "../../../language/language";

interface Props {
  place: Place;
}

/** The way of a model that was asked for here: its progress, an error that stays, and how it ended. */
export function TransferAt({ place }: Props) {
  const transfer = useModels((s) => s.transfer);
  const added = useAdded();
  if (transfer.phase !== "none")
    return transfer.place === place ? <TransferBanner transfer={transfer} /> : null;
  return added?.place === place ? <Added id={added.id} name={added.name} /> : null;
}

function Added({ id, name }: { id: string; name: string }) {
  const status = useEngine((s) => s.status);
  const isThis = "model" in status && status.model?.id === id;
  if (isThis && status.phase === "loading")
    return <ProgressCard {...describeLoad(name, status.progress)} onCancel={cancelLoad} />;
  if (isThis && status.phase === "failed") return <ErrorNotice error={status.error} />;
  return <p>{describeAdded(name, isThis && status.phase === "ready")}</p>;
}

/** The model that was added since the panel was opened. */
function useAdded() {
  const added = useModels((s) => s.added);
  const [before] = useState(added);
  return added === before ? null : added;
}

/** Tells a screen reader what is being added, wherever in the panel that is. */
export function AddingStatus() {
  const transfer = useModels((s) => s.transfer);
  const status = useEngine((s) => s.status);
  const added = useAdded();
  return (
    <VisuallyHidden as="p" role="status">
      {describeAdding(transfer, status, added)}
    </VisuallyHidden>
  );
}

function describeAdding(
  transfer: Transfer,
  status: EngineStatus,
  added: { readonly id: string; readonly name: string } | null,
): string {
  if (transfer.phase === "running") return t("Storing {name}", { name: transfer.name });
  if (transfer.phase === "failed" || added === null) return ""; // an error is an alert of its own
  const isThis = "model" in status && status.model?.id === added.id;
  if (isThis && status.phase === "loading") return t("Loading {name}", { name: added.name });
  return describeAdded(added.name, isThis && status.phase === "ready");
}

const describeAdded = (name: string, isInUse: boolean) =>
  isInUse
    ? t("{name} is stored and in use.", { name })
    : t("{name} is stored. The list above has its plan.", { name });
