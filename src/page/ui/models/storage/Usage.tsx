import { useModels } from "../../../stores/models/models";
import { useStorage } from "../../../stores/models/storage";
import { usageKinds, usageOf, type UsageKind } from "../../../stores/models/usage";
import { formatBytes } from "../../parts/words/format";
import { storedModelBytes } from "./stored-models";
import { mark, t, type Key } from "../../../../language/language";
import { rich } from "../../parts/words/rich";
import styles from "./Usage.module.css";

const names: Readonly<Record<UsageKind, Key>> = {
  models: mark("Models"),
  "saved reading": mark("Saved reading"),
  chats: mark("Chats and documents"),
  app: mark("The app itself"),
};

/** The room that the browser grants, and what takes it. Nothing where the browser does not say. */
export function Usage() {
  const room = useStorage((s) => s.room);
  const isPersisted = useStorage((s) => s.isPersisted);
  const readingBytes = useStorage((s) => s.storedReadings?.usedBytes ?? 0);
  const modelBytes = useModels(storedModelBytes);
  if (!room) return null;
  const usage = usageOf(room, { modelBytes, readingBytes });
  const present = usageKinds.filter((kind) => usage[kind] > 0);
  const title = t("{usedBytes} of {quotaBytes} used", {
    usedBytes: formatBytes(room.usedBytes),
    quotaBytes: formatBytes(room.quotaBytes),
  });
  return (
    <section className={styles.usage} aria-labelledby="usage-title">
      <h3 id="usage-title">{title}</h3>
      <div className={styles.bar} aria-hidden>
        {present.map((kind) => (
          <span key={kind} data-kind={kind} style={{ flexGrow: usage[kind] }} />
        ))}
        <span data-kind="free" style={{ flexGrow: room.freeBytes }} />
      </div>
      <ul className={styles.legend}>
        {present.map((kind) => (
          <li key={kind}>
            <span data-kind={kind} aria-hidden /> {t(names[kind])} {formatBytes(usage[kind])}
          </li>
        ))}
        <li>
          {rich("{span} Free {freeBytes}", {
            span: <span data-kind="free" aria-hidden />,
            freeBytes: formatBytes(room.freeBytes),
          })}
        </li>
      </ul>
      <p>
        {isPersisted
          ? t("The browser keeps it until you delete it.")
          : t("The browser has not promised to keep it: it may clear it when the disk fills up.")}
      </p>
    </section>
  );
}
