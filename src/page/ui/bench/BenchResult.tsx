import { useState } from "react";
import type { BenchReport, ContextReport } from "../../../worker/rpc/protocol/measure";
import { BenchKernels } from "./BenchKernels";
import { BenchPrediction } from "./BenchPrediction";
import {
  counted,
  formatBytes,
  formatCount,
  formatFixed,
  formatRate,
  formatShare,
  formatSignificant,
} from "../parts/words/format";
import { ScrollBox } from "../parts/tables/ScrollBox";
import { Term } from "../parts/words/Term";
import { Button } from "../parts/buttons/Button";
import { t } from "../../../language/language";
import { withUnit } from "../../../language/units";
import styles from "./Bench.module.css";

interface Props {
  report: BenchReport;
}

export function BenchResult({ report }: Props) {
  const { clock, contexts } = report;
  return (
    <section className={styles.result} aria-label={t("Result")}>
      {report.isSoftware && (
        <p>{t("This adapter is software: dispatches and bytes below are results, times are not.")}</p>
      )}
      <Ceilings report={report} />
      <Rates contexts={contexts} />
      <p className={styles.note}>
        {t("Times of kernels by {source}, which tell {resolutionUs} µs apart.", {
          source: clock.source,
          resolutionUs: formatSignificant(clock.resolutionUs, 2),
        })}
      </p>
      {contexts.map(({ prefill, decode }) => (
        <div key={prefill.contextLength}>
          <BenchKernels
            title={t("Reading {tokens} behind {contextLength}", {
              tokens: counted(prefill.chunk, "token"),
              contextLength: formatCount(prefill.contextLength),
            })}
            kernels={prefill.kernels}
          />
          <BenchKernels
            title={t("Writing a token behind {contextLength}", {
              contextLength: formatCount(decode.contextLength),
            })}
            kernels={decode.kernels}
          />
          <BenchPrediction decode={decode} />
        </div>
      ))}
      <CopyButton report={report} />
    </section>
  );
}

function Ceilings({ report: { device, precision, features, ceilings } }: Props) {
  const { f32, f16, matrix, int8 } = ceilings.productGops;
  const used = Object.entries(features).flatMap(([name, has]) => (has ? [name] : []));
  const rate = (gops: number | null) => (gops === null ? "–" : `${formatSignificant(gops / 1000, 3)} T/s`);
  const rows = [
    [t("Device"), `${device.vendor} ${device.architecture} ${device.description}`],
    [t("Features"), used.join(", ") || t("none")],
    [t("Prompts are read in"), precision],
    [
      t("Reading memory"),
      t("{readGBs}/s over {readBytes}", {
        readGBs: formatBytes(ceilings.readGBs * 1e9),
        readBytes: formatBytes(ceilings.readBytes),
      }),
    ],
    [t("An empty dispatch"), withUnit(formatFixed(ceilings.emptyDispatchUs, 1), "µs")],
    [t("Operations, f32 · f16 · int8"), [f32, f16, int8].map(rate).join(" · ")],
    ...(matrix === null ? [] : [[t("Operations on subgroup matrices"), rate(matrix)]]),
  ];
  return (
    <ScrollBox label={t("What the device can do")}>
      <table>
        <caption>{t("What the device can do")}</caption>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Rates({ contexts }: { contexts: readonly ContextReport[] }) {
  return (
    <ScrollBox label={t("What the model does")}>
      <table>
        <caption>{t("What the model does")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Context")}</th>
            <th scope="col">{t("Reading, tokens/s")}</th>
            <th scope="col">
              <Term name="f32 rate">{t("of f32 rate")}</Term>
            </th>
            <th scope="col">{t("Writing, tokens/s")}</th>
            <th scope="col">
              <Term name="read rate">{t("of memory rate")}</Term>
            </th>
            <th scope="col">{t("with dispatches")}</th>
            <th scope="col">
              <Term name="dispatch">{t("Dispatches a token")}</Term>
            </th>
            <th scope="col">{t("Bytes a token")}</th>
          </tr>
        </thead>
        <tbody>
          {contexts.map(({ prefill, decode }) => (
            <tr key={prefill.contextLength}>
              <th scope="row">{formatCount(prefill.contextLength)}</th>
              <td>{formatRate(prefill.tokensPerSecond)}</td>
              <td>{formatShare(prefill.shareOfProductCeiling)}</td>
              <td>{formatRate(decode.tokensPerSecond)}</td>
              <td>{formatShare(decode.shareOfReadCeiling)}</td>
              <td>{formatShare(decode.shareOfFloor)}</td>
              <td>{decode.dispatchesPerToken}</td>
              <td>{formatBytes(decode.bytesPerToken)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function CopyButton({ report }: Props) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(JSON.stringify(report)).then(() => setCopied(true));
  return (
    <div className={styles.actions}>
      <Button onClick={() => void copy()}>{t("Copy as JSON")}</Button>
      <span role="status">{isCopied ? t("Copied.") : ""}</span>
    </div>
  );
}
