import { useState } from "react";
import type { PhaseProfile } from "../../../../worker/rpc/protocol/measure";
import { counted, formatBytes } from "../../parts/words/format";
import styles from "./Time.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  profile: PhaseProfile;
}

/** Every dispatch of a step in order. Made when it is opened: a large model has hundreds. */
export function DispatchList({ profile: { dispatches } }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.dispatches} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{counted(dispatches.length, "dispatch", "dispatches")} in order</summary>
      {isOpen && (
        // Scrolls by itself, so a keyboard has to reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={inspectStyles.scroll} role="region" aria-label="Dispatches in order" tabIndex={0}>
          <table>
            <caption>Dispatches in order</caption>
            <thead>
              <tr>
                <th scope="col">Dispatch</th>
                <th scope="col">Pipeline</th>
                <th scope="col">Workgroups</th>
                <th scope="col">Bindings</th>
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
        </div>
      )}
    </details>
  );
}
