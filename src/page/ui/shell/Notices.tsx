import { X } from "lucide-react";
import { useEffect, useState, type MouseEvent } from "react";
import { actOnNotice, dismissNotice, useNotices, type Notice } from "../../stores/notices";
import { focusMessageBox } from "../parts/hooks/focus-message-box";
import { Button } from "../parts/buttons/Button";
import { IconButton } from "../parts/buttons/IconButton";
import { t } from "../../../language/language";
import styles from "./Notices.module.css";

export function Notices() {
  const notices = useNotices((s) => s.notices);
  return (
    <div className={styles.notices} role="status">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function NoticeCard({ notice: { id, text, tone, actionLabel, stays } }: { notice: Notice }) {
  const [isHeld, setIsHeld] = useState(false);

  const act = (event: MouseEvent) => {
    actOnNotice(id);
    focusMessageBox(event.nativeEvent);
  };
  const dismiss = (event: MouseEvent) => {
    dismissNotice(id);
    focusMessageBox(event.nativeEvent);
  };

  useEffect(() => {
    if (stays || isHeld) return;
    const timer = setTimeout(() => dismissNotice(id), 10_000);
    return () => clearTimeout(timer);
  }, [id, stays, isHeld]);

  return (
    <div
      className={styles.notice}
      data-notice=""
      data-tone={tone}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <span>{text}</span>
      {actionLabel !== null && <Button onClick={act}>{actionLabel}</Button>}
      <IconButton label={t("Dismiss")} icon={X} onClick={dismiss} />
    </div>
  );
}
