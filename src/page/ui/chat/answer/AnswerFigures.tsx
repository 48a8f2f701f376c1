import { Popover } from "radix-ui";
import type { AnswerMessage } from "../../../stores/chat/chat";
import { describeFigures, figureRows } from "./answer-figures";
import { t } from "../../../../language/language";
import styles from "./AnswerFigures.module.css";

/** The main figures of an answer in a line, and all figures and settings behind it. */
export function AnswerFigures({ message }: { message: AnswerMessage }) {
  const { figures } = message;
  if (!figures) return message.isByHand ? <span className={styles.byHand}>{t("Edited by hand")}</span> : null;
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.trigger} title={t("All figures and settings of this answer")}>
        {describeFigures(figures)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.table}
          aria-label={t("Figures of the answer")}
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <table>
            <tbody>
              {figureRows(message).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td dir="auto">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
