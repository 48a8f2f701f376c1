import type { FaultReport } from "../../../stores/inspect/inspect-engine";
import { formatBytes, formatCount } from "../../parts/words/format";

/** A report as an issue shows it. */
export function asMarkdown(report: FaultReport): string {
  const { adapter, features, limits, compiles, steps, model, storage, storedModels, failure } = report;
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
      ["Steps in flight", steps ? `${steps.inFlight} of at most ${steps.most}` : "no model"],
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
            model.tuned.map((t) => [t.shape, choiceOf(t)]),
          ),
        ]
      : []),
    table("Slowest shaders", "Time", compileMs),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The variant in use, what each took, and those that failed the check. */
function choiceOf({
  choice,
  source,
  timings,
  rejected,
}: NonNullable<FaultReport["model"]>["tuned"][number]): string {
  return [
    `${choice}, ${source}`,
    ...timings.map((one) => `${one.choice} ${one.milliseconds.toFixed(3)} ms`),
    ...rejected.map((one) => `${one.choice} refused: ${one.reason}`),
  ].join("; ");
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
