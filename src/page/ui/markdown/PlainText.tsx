import styles from "./PlainText.module.css";

/** Markdown shown as it is written. */
export function PlainText({ text }: { text: string }) {
  return <p className={styles.plain}>{text}</p>;
}
