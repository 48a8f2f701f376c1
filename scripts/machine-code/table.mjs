// Rows of machine code as tables: for people in Markdown, and as the committed files that later rows are
// compared with (one kernel a line, so that a change shows which).

/** Columns of the files, in their order. */
const columns = [
  ...["name", "registers", "spills", "fills", "waves", "shared", "instructions", "cycles"],
  ...["latency", "valu", "loopValu", "inFlight", "loads", "loop"],
];
const words = new Set(["name", "loads", "loop"]);

export function toFile(rows) {
  const lines = rows.map((row) =>
    columns
      .map((column) => row[column] ?? "")
      .join("\t")
      .trimEnd(),
  );
  return [columns.join("\t"), ...lines, ""].join("\n");
}

export function fromFile(text) {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const names = head.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    const fields = names.flatMap((name, i) => {
      const cell = cells[i] ?? "";
      return cell === "" ? [] : [[name, words.has(name) ? cell : Number(cell)]];
    });
    return Object.fromEntries(fields);
  });
}

/** Columns that are shown as numbers, with their heads. */
const shown = {
  registers: "registers",
  spills: "spills",
  fills: "fills",
  waves: "waves",
  shared: "shared B",
  instructions: "instructions",
  cycles: "cycles",
  latency: "latency",
  loopValu: "VALU in the loop",
  inFlight: "loads in flight",
};

/** @param {import("./statistics.mjs").Row[]} rows */
export function toMarkdown(rows, { loops = false } = {}) {
  const used = Object.keys(shown).filter((column) => rows.some((row) => row[column]));
  const heads = [...used.map((column) => shown[column]), ...(loops ? ["loads", "hottest loop"] : [])];
  const body = rows.map((row) => [
    row.name,
    ...used.map((column) => row[column] ?? ""),
    ...(loops ? [row.loads ?? "", row.loop ?? ""] : []),
  ]);
  return [["Kernel", ...heads], heads.map(() => "---").concat("---"), ...body].map(lineOf).join("\n");
}

/** The rows that changed, each number as "before → after". */
export function compare(before, after) {
  const old = new Map(before.map((row) => [row.name, row]));
  const used = Object.keys(shown);
  const changed = after.flatMap((row) => {
    const was = old.get(row.name);
    if (!was || used.every((column) => (was[column] ?? 0) === (row[column] ?? 0))) return [];
    const cell = (column) => {
      const [a = 0, b = 0] = [was[column], row[column]];
      return a === b ? String(b) : `${a} → ${b}`;
    };
    return [[row.name, ...used.map(cell)]];
  });
  const fresh = after
    .filter(({ name }) => !old.has(name))
    .map((row) => [row.name, ...used.map((c) => row[c] ?? 0)]);
  if (changed.length + fresh.length === 0) return "Every row is as committed.";
  const heads = used.map((column) => shown[column]);
  return [["Kernel", ...heads], ["---", ...heads.map(() => "---")], ...changed, ...fresh]
    .map(lineOf)
    .join("\n");
}

const lineOf = (cells) => `| ${cells.join(" | ")} |`;
