import { useState } from "react";
import { faultReport, type FaultReport } from "../../../stores/inspect/inspect-engine";
import type { EngineReport } from "../../../../worker/rpc/protocol/inspect";
import { Button } from "../../parts/buttons/Button";
import { asMarkdown } from "./report-text";
import { t } from "../../../../language/language";
import styles from "../Inspect.module.css";

interface Props {
  report: EngineReport;
  room: FaultReport["storage"];
}

/** For an issue: as text to read, or whole as JSON. Nothing of any chat is in it. */
export function CopyReport({ report, room }: Props) {
  const [outcome, setOutcome] = useState("");
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome(t("Copied. Nothing of your chats is in it.")),
      () => setOutcome(t("The browser did not allow copying.")),
    );
  return (
    <div className={styles.actions}>
      <Button look="solid" onClick={() => void copy(asMarkdown(faultReport(report, room)))}>
        {t("Copy report")}
      </Button>
      <Button onClick={() => void copy(JSON.stringify(faultReport(report, room), null, 1))}>
        {t("Copy as JSON")}
      </Button>
      <span role="status">{outcome}</span>
    </div>
  );
}
