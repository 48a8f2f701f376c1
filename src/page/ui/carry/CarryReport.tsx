import type { WireError } from "../../../ground/errors";
import { t } from "../../../language/language";
import type { Carrying } from "../../stores/carry/carry";
import { closeCarry } from "../../stores/carry/carry";
import { openStoredChat } from "../../stores/documents/quotations";
import { Button } from "../parts/buttons/Button";
import { counted } from "../parts/words/format";
import { describeOmission, describeSettings } from "./describe";
import { focusFirst } from "./focus-first";
import styles from "./Carry.module.css";

type Report = Extract<Carrying, { phase: "done" }>["reports"][number];

interface Props {
  reports: readonly Report[];
  error: WireError | null;
}

/** Says what came in, what had been here, and what was left out and why. */
export function CarryReport({ reports, error }: Props) {
  return (
    <>
      {error && (
        <p className={styles.problem} role="alert">
          {t("Not all files were taken in.")} {error.message} {error.hint}
        </p>
      )}
      {reports.map((report, at) => (
        <section key={`${at} ${report.fileName}`} className={styles.section} aria-label={report.fileName}>
          {reports.length > 1 && <h3 dir="auto">{report.fileName}</h3>}
          <Lines report={report} />
        </section>
      ))}
      <div className={styles.buttons}>
        <Button look="solid" ref={focusFirst} onClick={closeCarry}>
          {t("Done")}
        </Button>
      </div>
    </>
  );
}

function Lines({ report }: { report: Report }) {
  const { added, extended, present, refused, nDocuments, nDocumentsMissing, omissions, nSettings } = report;
  const first = added[0] ?? extended[0];
  return (
    <>
      <div role="status">
        <ul className={styles.lines}>
          <li>{t("{chats} came in.", { chats: counted(added.length, "chat") })}</li>
          {extended.length > 0 && (
            <li>
              {t("{chats} that had been here got {messages} they lacked, as other versions.", {
                chats: counted(extended.length, "chat"),
                messages: counted(
                  extended.reduce((sum, { nMessages }) => sum + nMessages, 0),
                  "message",
                ),
              })}
            </li>
          )}
          {present.length > 0 && (
            <li>
              {t("{chats} had been here already, and stayed as here.", {
                chats: counted(present.length, "chat"),
              })}
            </li>
          )}
          {nDocuments > 0 && (
            <li>{t("{documents} came with them.", { documents: counted(nDocuments, "document") })}</li>
          )}
          {nDocumentsMissing > 0 && (
            <li>
              {t(
                "{documents} are not in the file, or damaged there: questions about them can not be answered again.",
                {
                  documents: counted(nDocumentsMissing, "document"),
                },
              )}
            </li>
          )}
          {nSettings > 0 && <li>{describeSettings(nSettings)}</li>}
          {omissions.length > 0 && (
            <li>
              {t("Left out, as it is damaged or chats here have no place for it: {parts}.", {
                parts: omissions.map(([kind, count]) => describeOmission(kind, count)).join(", "),
              })}
            </li>
          )}
          {refused.length > 0 && (
            <li>
              {t("{chats} could not be taken in:", { chats: counted(refused.length, "chat") })}
              <ul>
                {refused.slice(0, 50).map(({ title, reason }, at) => (
                  <li key={`${at} ${title}`}>
                    <span dir="auto">“{title}”</span>: {reason}
                  </li>
                ))}
                {refused.length > 50 && (
                  <li>{t("and {chats} more", { chats: counted(refused.length - 50, "chat") })}</li>
                )}
              </ul>
            </li>
          )}
        </ul>
      </div>
      {first && (
        <div className={styles.buttons}>
          <Button
            onClick={() => {
              closeCarry();
              void openStoredChat(first.id);
            }}
          >
            {t("Open “{title}”", { title: first.title })}
          </Button>
        </div>
      )}
    </>
  );
}
