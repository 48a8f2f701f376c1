import { TriangleAlert } from "lucide-react";
import { useEngine } from "../../../stores/models/engine";
import type { HubModel } from "../../../../worker/rpc/protocol/hub";
import { formatBytes } from "../../parts/words/format";
import { t } from "../../../../language/language";
import styles from "./MemoryAt.module.css";

interface Props {
  memory: HubModel["memory"];
}

/** About how much GPU memory a model takes at some contexts, against what may be used. */
export function MemoryAt({ memory }: Props) {
  const budgetBytes = useEngine((s) => s.device?.budgetBytes ?? Infinity);
  if (memory.length === 0) return null;
  return (
    <dl className={styles.memoryAt} aria-label={t("GPU memory, about, by length of context")}>
      {memory.map(({ contextLength, totalBytes, quantize }) => {
        const isOver = totalBytes > budgetBytes;
        return (
          <div key={contextLength} data-over={isOver || undefined}>
            <dt>{contextLength / 1024}K</dt>
            <dd>
              {formatBytes(totalBytes)}
              {quantize && t(" in {part} bits", { part: quantize === "q8" ? 8 : 4 })}
              {isOver && <TriangleAlert size={13} role="img" aria-label={t("more than the memory budget")} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
