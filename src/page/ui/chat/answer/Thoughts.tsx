import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";
import { useState } from "react";
import { LazyMarkdown } from "../../markdown/LazyMarkdown";
import styles from "./Thoughts.module.css";

interface Props {
  text: string;
  /** The model is thinking now; the answer has not begun. */
  isLive: boolean;
}

/** The model's thoughts before it answered, folded until asked for. */
export function Thoughts({ text, isLive }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Collapsible.Root className={styles.thoughts} open={isOpen} onOpenChange={setIsOpen}>
      <Collapsible.Trigger className={styles.trigger} data-live={isLive || undefined}>
        <ChevronRight size={15} aria-hidden />
        {isLive ? "Thinking…" : "Thoughts"}
      </Collapsible.Trigger>
      <Collapsible.Content className={styles.text}>
        <LazyMarkdown text={text} />
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
