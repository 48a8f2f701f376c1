import { HardDrive } from "lucide-react";
import { hasRow, useHub } from "../../stores/models/hub";
import { useModels } from "../../stores/models/models";
import { orderStored } from "../../stores/models/order-models";
import { useEngine } from "../../stores/models/engine";
import { useSettings } from "../../stores/settings/settings";
import { openStorage } from "../../stores/models/storage";
import { closeDialog, useView } from "../../stores/view";
import { AddModel } from "./AddModel";
import { TransferBanner } from "./EngineBanner";
import { formatBytes } from "../parts/words/format";
import { ModelCard } from "./ModelCard";
import { Button } from "../parts/buttons/Button";
import { Sheet } from "../parts/Sheet";
import { AddingStatus } from "./TransferAt";
import { UnfinishedList } from "./storage/UnfinishedList";
import { t } from "../../../language/language";
import styles from "./ModelsDialog.module.css";

export function ModelsDialog() {
  const dialog = useView((s) => s.dialog);
  return (
    <Sheet
      title={t("Models")}
      description={t("Stored on this device and run on its graphics card.")}
      isOpen={dialog.kind === "models"}
      onClose={closeDialog}
    >
      <ModelList selectedId={dialog.kind === "models" ? dialog.selectedId : null} />
      <AddModel />
      <DeviceLine />
      <AddingStatus />
    </Sheet>
  );
}

function ModelList({ selectedId }: { selectedId: string | null }) {
  const stored = useModels((s) => s.models);
  const loadedId = useEngine(({ status }) => (status.phase === "ready" ? status.model.id : null));
  const budgetBytes = useEngine((s) => s.device?.budgetBytes ?? Infinity);
  const models = orderStored(stored, loadedId, budgetBytes);
  const transfer = useModels((s) => s.transfer);
  const place = transfer.phase === "none" ? "list" : transfer.place;
  const isRowThere = useHub((s) => hasRow(s, place));
  const isToldHere = place === "list" || (place.startsWith("hub ") && !isRowThere);
  return (
    <section className={styles.list} aria-label={t("Stored models")}>
      {models.map((model) => (
        <ModelCard key={model.id} model={model} isSelected={model.id === selectedId} />
      ))}
      {models.length === 0 && transfer.phase === "none" && (
        <p className={styles.listEmpty}>{t("No model is stored yet.")}</p>
      )}
      {isToldHere && <TransferBanner transfer={transfer} />}
      <UnfinishedList />
      <Button className={styles.listStorage} onClick={() => void openStorage()}>
        <HardDrive size={16} aria-hidden /> {t("Storage")}
      </Button>
    </section>
  );
}

function DeviceLine() {
  const device = useEngine((s) => s.device);
  const isChosen = useSettings((s) => s.memoryBudget !== null);
  if (!device) return null;
  const name =
    device.description || [device.vendor, device.architecture].filter(Boolean).join(" ") || t("Unnamed GPU");
  const extras = [device.hasF16 && t("16-bit arithmetic"), device.hasSubgroups && "subgroups"].filter(
    Boolean,
  );
  return (
    <p className={styles.deviceLine}>
      {t("{name}{nExtras}. Memory budget {budgetBytes}{part}", {
        name,
        nExtras: extras.length > 0 && t(" with {extras}", { extras: extras.join(" and ") }),
        budgetBytes: formatBytes(device.budgetBytes),
        part: isChosen
          ? t(", as the settings say.")
          : t(": browsers do not tell how much there is, so this is an estimate. The settings change it."),
      })}
    </p>
  );
}
