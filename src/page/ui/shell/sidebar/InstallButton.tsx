import { MonitorDown } from "lucide-react";
import { t } from "../../../../language/language";
import { install, useInstall } from "../../../stores/device/install";
import { Button } from "../../parts/buttons/Button";
import styles from "./Sidebar.module.css";

/** Installs the page as an app, while the browser offers that. */
export function InstallButton() {
  const isOffered = useInstall((s) => s.isOffered);
  if (!isOffered) return null;
  return (
    <Button look="quiet" className={styles.install} onClick={() => void install()}>
      <MonitorDown size={16} aria-hidden /> {t("Install as an app")}
    </Button>
  );
}
