import { memo } from "react";
import { useHighlight } from "./use-highlight";
import styles from "./CodeBlock.module.css";

interface Props {
  language: string;
  code: string;
  isWrapped: boolean;
}

/** Code, highlighted as far as its grammar has come. */
export function CodeText({ language, code, isWrapped }: Props) {
  const highlighted = useHighlight(code, language);
  const lines = code.split("\n");
  return (
    // It scrolls, so the keyboard has to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={isWrapped ? styles.wrapped : undefined} dir="ltr" tabIndex={0}>
      <code>
        {highlighted.map((html, at) => (
          <Line key={at} html={at < lines.length - 1 ? `${html}\n` : html} />
        ))}
        {lines.slice(highlighted.length).join("\n")}
      </code>
    </pre>
  );
}

/** One line of code, drawn anew only when it changed. */
const Line = memo(function Line({ html }: { html: string }) {
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
});
