import type { ContextReport } from "../../../worker/rpc/protocol/measure";
import { ScrollBox } from "../parts/tables/ScrollBox";
import { Term } from "../parts/words/Term";
import { formatFixed, formatShare } from "../parts/words/format";
import { t } from "../../../language/language";

interface Props {
  title: string;
  kernels: ContextReport["decode"]["kernels"];
}

/** Time by kernel, a row for each name, all layers together. */
export function BenchKernels({ title, kernels }: Props) {
  const totalUs = kernels.reduce((sum, k) => sum + k.microseconds * k.perStep, 0);
  return (
    <ScrollBox label={title}>
      <table>
        <caption>
          {t("{title}: {totalUs} ms in kernels", { title, totalUs: formatFixed(totalUs / 1000, 2) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Term name="kernel">{t("Kernel")}</Term>
            </th>
            <th scope="col">
              <Term name="dispatch">{t("Dispatches")}</Term>
            </th>
            <th scope="col">{t("µs each")}</th>
            <th scope="col">
              <Term name="±" />
            </th>
            <th scope="col">{t("Share")}</th>
            <th scope="col">
              <Term name="runs">{t("Runs")}</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {kernels.map((k) => (
            <tr key={k.name}>
              <th scope="row">{k.name}</th>
              <td>{k.perStep}</td>
              <td>{formatFixed(k.microseconds, 1)}</td>
              <td>{formatFixed(k.errorMicroseconds, 1)}</td>
              <td>{formatShare((k.microseconds * k.perStep) / totalUs)}</td>
              <td>{k.repeats}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
