import type { EngineReport } from "../../../../worker/rpc/protocol/inspect";
import { formatBytes, formatCount } from "../../parts/words/format";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { Term } from "../../parts/words/Term";
import { t } from "../../../../language/language";
import styles from "./Engine.module.css";

interface Props {
  report: EngineReport;
}

/** The adapter, what of it is used and what not, and its limits. */
export function DeviceTables({ report: { adapter, features, limits } }: Props) {
  const { vendor, architecture, device, description, isSoftware, subgroupSizes } = adapter;
  const rows = [
    [t("Vendor"), vendor],
    [t("Architecture"), architecture],
    [t("Device"), device],
    [t("Driver’s description"), description],
    [t("Kind"), isSoftware ? t("software: results count, times do not") : t("graphics adapter")],
    [t("Subgroup sizes"), subgroupSizes ? subgroupSizes.join(" – ") : t("not told")],
  ];
  return (
    <>
      <ScrollBox label={t("Adapter")}>
        <table>
          <caption>{t("Adapter")}</caption>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">
                  {name === "Subgroup sizes" ? <Term name="subgroup sizes">{name}</Term> : name}
                </th>
                <td>{value || t("not told")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <Features caption={t("Features")} features={features.filter(({ state }) => state !== "unused")} />
      <details>
        <summary>{t("Features that no kernel needs")}</summary>
        <Features caption={t("Not used")} features={features.filter(({ state }) => state === "unused")} />
      </details>
      <ScrollBox label={t("Limits")}>
        <table>
          <caption>{t("Limits")}</caption>
          <thead>
            <tr>
              <th scope="col">
                <Term name="limit">{t("Limit")}</Term>
              </th>
              <th scope="col">{t("asked for")}</th>
              <th scope="col">{t("adapter’s")}</th>
            </tr>
          </thead>
          <tbody>
            {limits.map(({ name, device, adapter }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{limit(name, device)}</td>
                <td>{limit(name, adapter)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

const limit = (name: string, value: number) =>
  /Size$/.test(name) && value > 65_536 ? formatBytes(value) : formatCount(value);

function Features({ caption, features }: { caption: string; features: EngineReport["features"] }) {
  return (
    <table className={styles.features}>
      <caption>{caption}</caption>
      <tbody>
        {features.map(({ name, state, reason }) => (
          <tr key={name} data-state={state}>
            <th scope="row">{name}</th>
            <td>{state}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
