import { formatSignificant } from "../../parts/words/format";
import { lookAtToken } from "../../../stores/inspect/inspect-state";
import type { HeadStep } from "./traces";
import { visible } from "./token-text";
import { t } from "../../../../language/language";
import styles from "./State.module.css";

interface Props {
  steps: readonly HeadStep[];
  /** The position at which the answer begins. */
  promptLength: number;
  chosen: number;
}

/** The conversation token by token, each as deep in colour as it wrote into the head's state. */
export function TokenStrip({ steps, promptLength, chosen }: Props) {
  const most = Math.max(...steps.map(({ written }) => written));
  return (
    <div className={styles.tokenStrip} role="group" aria-label={t("Tokens")}>
      {steps.map(({ token, text, written }) => (
        <button
          key={token}
          type="button"
          className={styles.token}
          data-answer={token >= promptLength || undefined}
          aria-pressed={token === chosen}
          title={t("Token {token}, wrote {written}", { token, written: formatSignificant(written, 2) })}
          style={{ "--depth": `${Math.round((30 * written) / most)}%` } as React.CSSProperties}
          onClick={() => lookAtToken(token)}
        >
          {visible(text)}
        </button>
      ))}
    </div>
  );
}
