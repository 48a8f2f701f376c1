import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";
import { useState } from "react";
import { LazyMarkdown } from "../../markdown/LazyMarkdown";
import { formatDuration } from "../../parts/words/format";
import { t } from "../../../../language/language";
import styles from "./Thoughts.module.css";

interface Props {
  text: string;
  /** The model is thinking now; the answer has not begun. */
  isLive: boolean;
  /** The time until the answer began; answers of earlier versions lack it. */
  elapsedMs: number | undefined;
}

/** The model's thoughts before it answered, folded until asked for; their last line while they come. */
export function Thoughts({ text, isLive, elapsedMs }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Collapsible.Root className={styles.thoughts} open={isOpen} onOpenChange={setIsOpen}>
      <Collapsible.Trigger className={styles.trigger} data-live={isLive || undefined}>
        <ChevronRight size={15} aria-hidden />
        {isLive
          ? t("Thinking…")
          : elapsedMs === undefined
            ? t("Thoughts")
            : t("Thought for {duration}", { duration: formatDuration(elapsedMs / 1000) })}
      </Collapsible.Trigger>
      {isLive && !isOpen && (
        <p className={styles.line} dir="auto" aria-hidden>
          {lastLine(text)}
        </p>
      )}
      <Collapsible.Content className={styles.text}>
        <LazyMarkdown text={text} isGrowing={isLive} />
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

/** The end of what is being thought: more than a line holds is cut off at its start, by the style sheet. */
function lastLine(text: string): string {
  const end = text.trimEnd();
  return end.slice(Math.max(end.lastIndexOf("\n") + 1, end.length - 160));
}
