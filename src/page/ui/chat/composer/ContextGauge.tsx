import { Popover } from "radix-ui";
import type { ContextParts } from "../../../../ground/answer";
import { contextParts } from "./context-parts";
import { counted, formatCount, formatShare } from "../../parts/words/format";
import { t } from "../../../../language/language";
import styles from "./ContextGauge.module.css";

interface Props {
  used: number;
  /** `null`: not counted yet. */
  parts: ContextParts | null;
  contextLength: number;
}

/** The gauge of the context: how full it is, and of what, as a bar, and a table behind it. */
export function ContextGauge({ used, parts, contextLength }: Props) {
  const rows = contextParts(used, parts, contextLength);
  return (
    <div className={styles.contextGauge}>
      <Popover.Root>
        <Popover.Trigger className={styles.trigger} title={t("What the context is used for")}>
          {t("{used} of {max}", { used: formatCount(used), max: formatCount(contextLength) })}{" "}
          <span className={styles.word}>{t("context")}</span>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className={styles.table}
            aria-label={t("Context by part")}
            side="top"
            align="end"
            sideOffset={8}
            collisionPadding={8}
          >
            <Bar rows={rows} />
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("Context")}</th>
                  <th scope="col">{t("Tokens")}</th>
                  <th scope="col">{t("Share")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, tokens }) => (
                  <tr key={name}>
                    <th scope="row">
                      <span className={styles.key} data-part={name} aria-hidden />
                      {t(name)}
                    </th>
                    <td>{formatCount(tokens)}</td>
                    <td>{formatShare(contextLength === 0 ? 0 : tokens / contextLength)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <div
        className={styles.meter}
        role="meter"
        aria-label={t("Context used")}
        aria-valuemin={0}
        aria-valuemax={contextLength}
        aria-valuenow={Math.min(used, contextLength)}
        aria-valuetext={t("{used} of {tokens}", {
          used: formatCount(used),
          tokens: counted(contextLength, "token"),
        })}
      >
        <Bar rows={rows} />
      </div>
    </div>
  );
}

function Bar({ rows }: { rows: ReturnType<typeof contextParts> }) {
  return (
    <div className={styles.bar} aria-hidden>
      {rows.map(({ name, tokens }) => (
        <span key={name} data-part={name} style={{ flexGrow: tokens }} />
      ))}
    </div>
  );
}
