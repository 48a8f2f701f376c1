import { Download, Eye, WrapText } from "lucide-react";
import { memo, useState } from "react";
import { CopyButton } from "../../parts/buttons/CopyButton";
import { IconButton } from "../../parts/buttons/IconButton";
import { fileNameOf } from "./file-name";
import { Preview } from "./Preview";
import { useHighlight } from "./use-highlight";
import styles from "./CodeBlock.module.css";

interface Props {
  /** The language that the fence names; may be "". */
  language: string;
  code: string;
}

/** Code with its language, and with buttons that copy it, save it and break its lines. */
export const CodeBlock = memo(function CodeBlock({ language, code }: Props) {
  const [isPreviewed, setIsPreviewed] = useState(false);
  const canBePreviewed = /^(?:html?|svg)$/i.test(language);
  const [isWrapped, setIsWrapped] = useState(false);
  const highlighted = useHighlight(code, language);
  const lines = code.split("\n");
  return (
    <figure className={styles.block}>
      <figcaption className={styles.bar}>
        <span className={styles.language}>{language || "text"}</span>
        {canBePreviewed && (
          <IconButton
            label={isPreviewed ? "Close the preview" : "Preview"}
            icon={Eye}
            aria-pressed={isPreviewed}
            onClick={() => setIsPreviewed(!isPreviewed)}
          />
        )}
        <IconButton
          label={isWrapped ? "Do not wrap long lines" : "Wrap long lines"}
          icon={WrapText}
          aria-pressed={isWrapped}
          onClick={() => setIsWrapped(!isWrapped)}
        />
        <IconButton
          label={`Download as ${fileNameOf(language)}`}
          icon={Download}
          onClick={() => download(code, fileNameOf(language))}
        />
        <CopyButton label="Copy code" text={code} />
      </figcaption>
      {/* It scrolls, so the keyboard has to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={isWrapped ? styles.wrapped : undefined} dir="ltr" tabIndex={0}>
        <code>
          {highlighted.map((html, at) => (
            <Line key={at} html={at < lines.length - 1 ? `${html}\n` : html} />
          ))}
          {lines.slice(highlighted.length).join("\n")}
        </code>
      </pre>
      {/* Drawn anew when the code has changed. */}
      {isPreviewed && <Preview key={code} code={code} />}
    </figure>
  );
});

/** One line of code, drawn anew only when it changed. */
const Line = memo(function Line({ html }: { html: string }) {
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
});

function download(code: string, name: string): void {
  const url = URL.createObjectURL(new Blob([code], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
