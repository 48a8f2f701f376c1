import { useModels } from "../../../stores/models/models";
import { useStorage } from "../../../stores/models/storage";
import { usageKinds, usageOf, type UsageKind } from "../../../stores/models/usage";
import { formatBytes } from "../../parts/words/format";
import { storedModelBytes } from "./stored-models";
import styles from "./Usage.module.css";

const names: Readonly<Record<UsageKind, string>> = {
  models: "Models",
  "saved reading": "Saved reading",
  chats: "Chats and documents",
  app: "The app itself",
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
  const title = `${formatBytes(room.usedBytes)} of ${formatBytes(room.quotaBytes)} used`;
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
            <span data-kind={kind} aria-hidden /> {names[kind]} {formatBytes(usage[kind])}
          </li>
        ))}
        <li>
          <span data-kind="free" aria-hidden /> Free {formatBytes(room.freeBytes)}
        </li>
      </ul>
      <p>
        {isPersisted
          ? "The browser keeps it until you delete it."
          : "The browser has not promised to keep it: it may clear it when the disk fills up."}
      </p>
    </section>
  );
}
