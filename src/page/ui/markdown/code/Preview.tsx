import { useRef } from "react";
import styles from "./Preview.module.css";

/**
 * HTML or SVG that a model wrote, drawn in a frame that has neither this page's origin nor a network. The
 * frame's page is a file with a policy of its own: a frame with its text in `srcdoc` has the policy of this
 * page, which allows no script of its own.
 */
export function Preview({ code }: { code: string }) {
  const isSent = useRef(false);
  return (
    <iframe
      className={styles.preview}
      title="Preview"
      sandbox="allow-scripts"
      src={`${import.meta.env.BASE_URL}preview.html`}
      onLoad={({ currentTarget }) => {
        // What is written into the frame loads once more.
        if (!isSent.current) currentTarget.contentWindow?.postMessage(code, "*"); // it has no origin to name
        isSent.current = true;
      }}
    />
  );
}
