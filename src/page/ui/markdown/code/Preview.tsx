import { useRef } from "react";
import { fillSandbox, sandboxUrl } from "../sandbox/sandbox";
import { t } from "../../../../language/language";
import styles from "./Preview.module.css";

/** HTML or SVG that a model wrote, in a frame that has neither this page's origin nor a network. */
export function Preview({ code }: { code: string }) {
  const isFilled = useRef(false);
  return (
    <iframe
      className={styles.preview}
      title={t("Preview")}
      src={sandboxUrl}
      onLoad={({ currentTarget }) => {
        if (!isFilled.current) fillSandbox(currentTarget, { title: t("Preview"), html: code });
        isFilled.current = true;
      }}
    />
  );
}
