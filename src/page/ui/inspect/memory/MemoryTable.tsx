import { ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import type { LayerPlan, MemoryLine, MemoryReport } from "../../../../worker/rpc/protocol/inspect";
import { formatBytes, formatCount } from "../../parts/words/format";
import { Term } from "../../parts/words/Term";
import { sentence } from "./kinds";
import { TensorRows } from "./TensorRows";
import { ScrollBox } from "../../parts/tables/ScrollBox";
import { mark, t, type Key } from "../../../../language/language";
import { withUnit } from "../../../../language/units";
import styles from "./Memory.module.css";

interface Props {
  plan: LayerPlan;
  /** The report of the model that is planned for, where it is the one in use. */
  report: MemoryReport | null;
}

/** Columns of what lies in a part. */
const N_STORED = 4;

/** A row for each layer and each part of the whole, live beside planned; a layer opens to its tensors. */
export function MemoryTable({ plan, report }: Props) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const planned = new Map(plan.lines.map((line) => [line.name, line]));
  const live = new Map(report?.lines.map((line) => [line.name, line]));
  const names = [...planned.keys(), ...[...live.keys()].filter((name) => !planned.has(name))];
  const toggle = (name: string) =>
    setOpen(
      (shown) => new Set(shown.has(name) ? [...shown].filter((one) => one !== name) : [...shown, name]),
    );
  return (
    <ScrollBox label={t("Layers")}>
      <table className={styles.table}>
        <caption>{t("Memory by layer")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Part")}</th>
            {report && (
              <th scope="col">
                <Term name="live">{t("Live")}</Term>
              </th>
            )}
            <th scope="col">
              <Term name="planned">{t("Planned")}</Term>
            </th>
            <th scope="col">
              <Term name="weights">{t("Weights")}</Term>
            </th>
            <th scope="col">
              <Term name="recurrent state">{t("Recurrent state")}</Term>
            </th>
            <th scope="col">
              <Term name="convolution state">{t("Convolution state")}</Term>
            </th>
            <th scope="col">
              <Term name="KV cache">{report ? t("KV used / reserved") : t("KV reserved")}</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const shown = (report ? live : planned).get(name);
            const tensors = plan.tensors.filter((tensor) => placeOf(tensor) === name);
            const isOpen = open.has(name);
            return (
              <Fragment key={name}>
                <tr>
                  <th scope="row">
                    {tensors.length === 0 ? (
                      label(name, plan)
                    ) : (
                      <button
                        type="button"
                        className={styles.rowButton}
                        aria-expanded={isOpen}
                        onClick={() => toggle(name)}
                      >
                        <ChevronRight size={14} aria-hidden /> {label(name, plan)}
                      </button>
                    )}
                  </th>
                  {report && <td>{cell(live.get(name)?.totalBytes)}</td>}
                  <td>{cell(planned.get(name)?.totalBytes)}</td>
                  <td>{cell(shown?.bytes.weights)}</td>
                  <td>{cell(shown?.bytes["recurrent state"])}</td>
                  <td>{cell(shown?.bytes["convolution state"])}</td>
                  <td>{kvCell(shown, report)}</td>
                </tr>
                {isOpen && <TensorRows tensors={tensors} nColumns={N_STORED + (report ? 3 : 2)} />}
              </Fragment>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("Total")}</th>
            {report && <td>{withUnit(formatCount(report.liveBytes), "B")}</td>}
            <td>{withUnit(formatCount(plan.totalBytes), "B")}</td>
            <td colSpan={N_STORED} />
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}

function label(name: string, { layerKinds, hasTiedHead }: LayerPlan): string {
  const layer = /^layer (\d+)$/.exec(name);
  if (layer)
    return t("Layer {layer}, {kind}", {
      layer: layer[1]!,
      kind: layerKinds[Number(layer[1])] === "full" ? t("full attention") : "DeltaNet",
    });
  if (name === "embeddings" && hasTiedHead) return t("Embeddings and head");
  if (name === "head" && hasTiedHead) return t("Output norm");
  return name in partNames ? sentence(t(partNames[name]!)) : name;
}

function placeOf({ layer, name }: LayerPlan["tensors"][number]): string {
  if (layer !== null) return `layer ${layer}`;
  return name === "token_embd.weight" ? "embeddings" : "head";
}

const cell = (bytes: number | undefined) => (bytes ? formatBytes(bytes) : "");

function kvCell(line: MemoryLine | undefined, report: MemoryReport | null): string {
  const reserved = line?.bytes["KV cache"];
  if (!reserved) return "";
  if (!report) return formatBytes(reserved);
  return `${formatBytes(report.context?.kvUsedBytesPerLayer ?? 0)} / ${formatBytes(reserved)}`;
}

/** The parts that are of no layer, as src/instruments/debug/memory-lines.ts names them. */
const partNames: Readonly<Record<string, Key>> = {
  embeddings: mark("embeddings"),
  head: mark("output head"),
  weights: mark("weights"),
  "recurrent state": mark("recurrent state"),
  "convolution state": mark("convolution state"),
  "KV cache": mark("KV cache"),
  checkpoints: mark("checkpoints"),
  activations: mark("activations"),
  staging: mark("staging"),
};
