import { t } from "../../../language/language";
import { closeCarry, useCarry } from "../../stores/carry/carry";
import { Sheet } from "../parts/Sheet";
import { Asking } from "./Asking";
import { CarryChoices } from "./CarryChoices";
import { CarryReport } from "./CarryReport";
import { Running } from "./Running";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import styles from "./Carry.module.css";

/** Exports chats, backs everything up, and takes chats in. */
export function CarryDialog() {
  return (
    <Sheet
      title={t("Export and import")}
      description={t("All of it stays on this device: files are written and read here, and sent nowhere.")}
      isOpen
      onClose={closeCarry}
    >
      <div className={styles.carry}>
        <Phase />
      </div>
    </Sheet>
  );
}

function Phase() {
  const carrying = useCarry((s) => s.carrying);
  switch (carrying.phase) {
    case "idle":
      return <CarryChoices />;
    case "looking":
      return <p role="status">{t("Looking into the file…")}</p>;
    case "asking":
      return <Asking files={carrying.files} canAttach={carrying.canAttach} />;
    case "running":
      return <Running way={carrying.way} progress={carrying.progress} />;
    case "done":
      return <CarryReport reports={carrying.reports} error={carrying.error} />;
    case "failed":
      return (
        <>
          <ErrorNotice error={carrying.error} />
          <CarryChoices />
        </>
      );
    default:
      carrying satisfies never;
      throw new Error("unreachable");
  }
}
