import { useState } from "react";
import type { EngineReport } from "../../../../worker/rpc/protocol/inspect";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { formatCount } from "../../parts/words/format";
import { Term } from "../../parts/words/Term";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";

interface Props {
  compiles: EngineReport["compiles"];
}

const SHOWN = 12;

/** The compile time of each shader, the slowest first. */
export function CompileTable({ compiles }: Props) {
  const [isWhole, setWhole] = useState(false);
  if (compiles.length === 0) return null;
  const rows = isWhole ? compiles : compiles.slice(0, SHOWN);
  return (
    <div>
      <ScrollBox label={t("Shaders compiled")}>
        <table>
          <caption>
            {t("Shaders compiled: {nCompiles}; they compile side by side, so the times overlap", {
              nCompiles: compiles.length,
            })}
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Term name="shader">{t("Shader")}</Term>
              </th>
              <th scope="col">{t("ms")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, elapsedMs }, i) => (
              <tr key={i}>
                <th scope="row">{label}</th>
                <td>{formatCount(Math.round(elapsedMs))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {compiles.length > SHOWN && (
        <Button look="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t("Show the slowest") : t("Show all {nCompiles}", { nCompiles: compiles.length })}
        </Button>
      )}
    </div>
  );
}
