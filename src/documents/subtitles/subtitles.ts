import type { ReadText } from "../reading";
import { cutAtLines } from "../text/cuts";

interface Line {
  readonly seconds: number;
  readonly text: string;
}

/**
 * Subtitles as lines with their times: "[1:02:03] text". Numbers, ends, places and fonts are left out, and so
 * is a line that says again what the one before said.
 */
export function subtitlesToText(file: string): ReadText {
  const lines = /\[Script Info\]/i.test(file.slice(0, 1000)) ? fromSubStation(file) : fromCues(file);
  const out: string[] = [];
  let last = "";
  for (const { seconds, text } of lines) {
    if (text === "" || text === last) continue;
    last = text;
    out.push(`[${clock(seconds)}] ${text}`);
  }
  const text = out.join("\n");
  return { text, ...cutAtLines(text), notes: [] };
}

function fromCues(file: string): Line[] {
  const lines: Line[] = [];
  for (const block of file.split(/\n[ \t]*\n+/)) {
    const rows = block.split("\n");
    const at = rows.findIndex((row) => row.includes("-->"));
    if (at < 0) continue;
    // Two cues without an empty line between them: the number of the second ends the first.
    let seconds = secondsOf(rows[at]!);
    let words: string[] = [];
    for (const row of rows.slice(at + 1)) {
      if (!row.includes("-->")) words.push(row);
      else {
        if (/^\s*\d+\s*$/.test(words.at(-1) ?? "")) words.pop();
        lines.push({ seconds, text: plain(words.join(" ")) });
        seconds = secondsOf(row);
        words = [];
      }
    }
    lines.push({ seconds, text: plain(words.join(" ")) });
  }
  return lines;
}

/** Text is the last field of a dialogue, after as many commas as its format has fields before it. */
function fromSubStation(file: string): Line[] {
  let fields = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"];
  let isInEvents = false;
  const lines: Line[] = [];
  for (const row of file.split("\n")) {
    if (row.startsWith("[")) isInEvents = /^\[Events\]/i.test(row);
    const [, key, value = ""] = /^(\w+):\s*(.*)$/.exec(row) ?? [];
    if (isInEvents && key === "Format") fields = value.split(",").map((field) => field.trim().toLowerCase());
    if (!isInEvents || key !== "Dialogue") continue;
    const values = value.split(",");
    const text = values.slice(fields.length - 1).join(",");
    const speaker = values[fields.indexOf("name")]?.trim() ?? "";
    const said = plain(text.replace(/\{[^}]*\}/g, "").replace(/\\[Nnh]/g, " "));
    lines.push({
      seconds: secondsOf(values[fields.indexOf("start")] ?? ""),
      text: speaker === "" || said === "" ? said : `${speaker}: ${said}`,
    });
  }
  return lines.sort((a, b) => a.seconds - b.seconds);
}

function secondsOf(time: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /(?:(\d+):)?(\d+):(\d+)/.exec(time) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function clock(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&lrm;": "",
  "&rlm;": "",
};

/** Without tags; a voice, `<v Anna>`, is kept as "Anna: ". */
const plain = (text: string): string =>
  text
    .replace(/<v(?:\.[\w.]+)? +([^>]+)>/g, "$1: ")
    .replace(/<\/?[a-z\d][^>]*>|\{\\[^}]*\}/gi, "")
    .replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
    .trim()
    .replace(/\s+/g, " ");
