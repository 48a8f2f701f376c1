import { memo } from "react";
import { CopyButton } from "../../parts/buttons/CopyButton";
import styles from "../Markdown.module.css";

interface Props {
  /** The language that the fence names; may be "". */
  language: string;
  code: string;
}

export const CodeBlock = memo(function CodeBlock({ language, code }: Props) {
  return (
    <figure className={styles.codeBlock}>
      <figcaption className={styles.codeBlockBar}>
        <span>{language || "text"}</span>
        <CopyButton label="Copy code" text={code} />
      </figcaption>
      <pre>
        <code>{code}</code>
      </pre>
    </figure>
  );
});
