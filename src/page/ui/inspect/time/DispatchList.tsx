import { useState } from "react";
import type { PhaseProfile } from "../../../../worker/rpc/protocol/measure";
import { counted, formatBytes } from "../../parts/words/format";
import { Term } from "../../parts/words/Term";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { t } from "../../../../language/language";
import styles from "./Time.module.css";

interface Props {
  profile: PhaseProfile;
}

/** Every dispatch of a step in order. Made when it is opened: a large model has hundreds. */
export function DispatchList({ profile: { dispatches } }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.dispatches} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {t("{dispatches} in order", { dispatches: counted(dispatches.length, "dispatch", "dispatches") })}
      </summary>
      {isOpen && (
        <ScrollBox label={t("Dispatches in order")}>
          <table>
            <caption>{t("Dispatches in order")}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <Term name="dispatch">{t("Dispatch")}</Term>
                </th>
                <th scope="col">
                  <Term name="pipeline">{t("Pipeline")}</Term>
                </th>
                <th scope="col">
                  <Term name="workgroups">{t("Workgroups")}</Term>
                </th>
                <th scope="col">
                  <Term name="bindings">{t("Bindings")}</Term>
                </th>
              </tr>
            </thead>
            <tbody>
              {dispatches.map(({ label, pipeline, workgroups, bindings }, i) => (
                <tr key={i}>
                  <th scope="row">{label}</th>
                  <td>{pipeline}</td>
                  <td>{workgroups.join(" × ")}</td>
                  <td className={styles.bindings}>
                    {bindings
                      .map(
                        ({ name, access, kind, sizeBytes }) =>
                          `${name}${access === "read" ? "" : " (written)"}: ${kind}, ${formatBytes(sizeBytes)}`,
                      )
                      .join("; ")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </details>
  );
}
