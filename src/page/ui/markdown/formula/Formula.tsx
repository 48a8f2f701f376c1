import { memo, useMemo } from "react";
import { useKatex } from "./load-katex";
import styles from "./Formula.module.css";

interface Props {
  tex: string;
  /** The formula as it was written, with its marks. */
  source: string;
  isDisplay: boolean;
}

// One this long is no formula that can be read.
const longestDrawn = 2_000;

/** A formula, or its source: until KaTeX is there, and where it is none that KaTeX reads. */
export const Formula = memo(function Formula({ tex, source, isDisplay }: Props) {
  const katex = useKatex();
  const html = useMemo(
    () => (tex.length > longestDrawn ? undefined : katex?.drawFormula(tex, isDisplay)),
    [katex, tex, isDisplay],
  );
  if (html === undefined)
    return (
      <span className={styles.source} dir="ltr">
        {source}
      </span>
    );
  return (
    <span
      className={isDisplay ? styles.display : undefined}
      dir="ltr"
      data-formula={source}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
});
