import type { LoadedModel } from "../../../../worker/rpc/protocol/load";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { formatCount, formatFixed } from "../../parts/words/format";
import { stageName } from "../../parts/words/stage-name";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import { t } from "../../../../language/language";
import styles from "./Engine.module.css";

interface Props {
  stages: LoadedModel["stages"];
}

/** The parts of the load, as bars on one line of time. */
export function StageTable({ stages }: Props) {
  const endMs = Math.max(...stages.map((stage) => stage.endMs));
  const share = (ms: number) => `${(100 * ms) / endMs}%`;
  return (
    <ScrollBox label={t("Stages of the load")}>
      <table>
        <caption>
          {t("From stored file to first token: {endMs} s", { endMs: formatFixed(endMs / 1000, 2) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("Stage")}</th>
            <th scope="col">{t("ms")}</th>
            <th scope="col">
              <VisuallyHidden>{t("From and to, ms")}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {stages.map(({ name, startMs, endMs: stageEndMs }) => (
            <tr key={name}>
              <th scope="row">{stageName(name)}</th>
              <td>{formatCount(Math.round(stageEndMs - startMs))}</td>
              <td className={styles.stageTrack}>
                <VisuallyHidden>
                  {t("{from} to {to}", {
                    from: formatCount(Math.round(startMs)),
                    to: formatCount(Math.round(stageEndMs)),
                  })}
                </VisuallyHidden>
                <span
                  className={styles.stageBar}
                  style={{ marginInlineStart: share(startMs), width: share(stageEndMs - startMs) }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
