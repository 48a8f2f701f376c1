import type { CostedTime } from "../../../../worker/rpc/protocol/measure";
import { formatBytes, formatFixed, formatOperations, formatShare } from "../../parts/words/format";
import { Term } from "../../parts/words/Term";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { t } from "../../../../language/language";

interface Props {
  title: string;
  first: string;
  times: readonly CostedTime[];
  /** A row is one thing of several dispatches, such as a layer; else each dispatch by itself. */
  isWhole?: boolean;
}

/** Times with what they move and compute, against what the device can do at best. */
export function CostTable({ title, first, times, isWhole = false }: Props) {
  const totalUs = times.reduce((sum, time) => sum + time.microseconds * time.perStep, 0);
  return (
    <ScrollBox label={title}>
      <table>
        <caption>
          {t("{title}, {totalUs} ms in all", { title, totalUs: formatFixed(totalUs / 1000, 2) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col">
              <Term name="dispatch">{t("Dispatches")}</Term>
            </th>
            <th scope="col">{isWhole ? "µs" : t("µs each")}</th>
            <th scope="col">
              <Term name="±" />
            </th>
            <th scope="col">{t("Share")}</th>
            <th scope="col">{isWhole ? t("Bytes") : t("Bytes each")}</th>
            <th scope="col">
              <Term name="read rate">{t("of read rate")}</Term>
            </th>
            <th scope="col">{isWhole ? t("Operations") : t("Operations each")}</th>
            <th scope="col">
              <Term name="f32 rate">{t("of f32 rate")}</Term>
            </th>
            <th scope="col">
              <Term name="runs">{t("Runs")}</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {times.map((time) => {
            const times = isWhole ? time.perStep : 1;
            return (
              <tr key={time.name}>
                <th scope="row">{time.name}</th>
                <td>{time.perStep}</td>
                <td>{formatFixed(time.microseconds * times, 1)}</td>
                <td>{formatFixed(time.errorMicroseconds * times, 1)}</td>
                <td>{formatShare((time.microseconds * time.perStep) / (totalUs || 1))}</td>
                <td>{formatBytes(time.bytes * times)}</td>
                <td>{formatShare(time.shareOfRead)}</td>
                <td>{formatOperations(time.operations * times)}</td>
                <td>{formatShare(time.shareOfProducts)}</td>
                <td>{time.repeats}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
