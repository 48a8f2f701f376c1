import type { FaultReport } from "../../../stores/inspect-engine";
import { formatBytes, formatCount } from "../../format";

/** A report as an issue shows it. */
export function asMarkdown(report: FaultReport): string {
  const { adapter, features, limits, compiles, model, storage, storedModels, failure } = report;
  const compileMs = compiles.slice(0, 10).map((c) => [c.label, `${c.elapsedMs.toFixed(0)} ms`]);
  return [
    "## Engine report",
    list([
      ["Browser", report.browser],
      ["Adapter", `${adapter.vendor} ${adapter.architecture} ${adapter.device} ${adapter.description}`],
      ["Software", adapter.isSoftware ? "yes" : "no"],
      [
        "Storage",
        storage
          ? `${formatBytes(storage.usedBytes)} used, ${formatBytes(storage.freeBytes)} free`
          : "unknown",
      ],
      ["Models", storedModels.map((m) => `${m.fileName} ${formatBytes(m.sizeBytes)}`).join(", ") || "none"],
      ...(failure ? ([["Failure", `${failure.code}: ${failure.message}`]] as const) : []),
    ]),
    table(
      "Feature",
      "State",
      features.map((f) => [f.name, `${f.state}: ${f.reason}`]),
    ),
    table(
      "Limit",
      "Value",
      limits.map((l) => [l.name, formatCount(l.device)]),
    ),
    ...(model
      ? [
          list([
            ["Context", formatCount(model.contextLength)],
            ["Planned", formatBytes(model.plan.totalBytes)],
          ]),
          table(
            "Stage",
            "Time",
            model.stages.map((s) => [s.name, `${s.startMs.toFixed(0)}–${s.endMs.toFixed(0)} ms`]),
          ),
          table(
            "Product",
            "Choice",
            model.tuned.map((t) => [t.shape, `${t.choice}, ${t.source}`]),
          ),
        ]
      : []),
    table("Slowest shaders", "Time", compileMs),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

type Rows = readonly (readonly [string, string])[] | string[][];

const list = (rows: Rows) => rows.map(([name, value]) => `- ${name}: ${value}`).join("\n");

function table(first: string, second: string, rows: Rows): string {
  if (rows.length === 0) return "";
  const cell = (text = "") => text.replaceAll("|", "\\|");
  return [
    `| ${first} | ${second} |`,
    "|---|---|",
    ...rows.map(([a, b]) => `| ${cell(a)} | ${cell(b)} |`),
  ].join("\n");
}
