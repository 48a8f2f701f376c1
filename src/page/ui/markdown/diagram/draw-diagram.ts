import { cleanSvg, type Picture } from "./clean-svg";
import { themeVariables } from "./diagram-colors";
import { DrawingFrame } from "./drawing-frame";
import { loadMermaid } from "./mermaid-script";
import { isTooLarge, longestDrawMs, longestText, mostEdges, type Refusal } from "./refusals";
import { verbatim } from "../../../../language/language";

export type Drawing =
  ({ readonly kind: "drawn" } & Picture) | { readonly kind: "refused"; readonly refusal: Refusal };

const mostKept = 60;
const kept = new Map<string, Drawing>();

/** Without a diagram for this long, the frame and its memory are given back. */
const idleMs = 60_000;
let frame: DrawingFrame | undefined;
let idleTimer: ReturnType<typeof setTimeout> | undefined;

let last: Promise<unknown> = Promise.resolve();

/**
 * Draws a diagram in the page's colours, one after another in one frame. Undefined where it was aborted
 * before its turn. What was drawn, or can not be, is remembered.
 */
export function drawDiagram(
  code: string,
  isDark: boolean,
  signal: AbortSignal,
): Promise<Drawing | undefined> {
  const key = `${isDark ? "dark" : "light"} ${code}`;
  const turn = async () => {
    const known = kept.get(key);
    if (known || signal.aborted) return known;
    const drawing = await drawNow(code, isDark);
    if (drawing.kind === "drawn" || drawing.refusal.kind !== "not-loaded") keep(key, drawing);
    return drawing;
  };
  if (kept.has(key)) return turn();
  const drawing = last.then(turn);
  last = drawing.catch(() => undefined);
  return drawing;
}

async function drawNow(code: string, isDark: boolean): Promise<Drawing> {
  if (isTooLarge(code)) return refused({ kind: "too-large" });
  clearTimeout(idleTimer);
  try {
    if (!frame || frame.isClosed) frame = await DrawingFrame.open(await loadMermaid());
  } catch {
    return refused({ kind: "not-loaded" });
  }
  const reply = await frame.draw({ code, config: configFor(isDark) }, longestDrawMs);
  idleTimer = setTimeout(() => frame?.close(), idleMs);
  if (!reply) return refused({ kind: "too-slow" });
  if (reply.kind === "refused") return refused(refusalOf(reply.reason));
  const picture = cleanSvg(reply.svg);
  return picture ? { kind: "drawn", ...picture } : refused({ kind: "not-read", reason: verbatim("") });
}

const refused = (refusal: Refusal): Drawing => ({ kind: "refused", refusal });

const refusalOf = (reason: string): Refusal =>
  /too many edges|maximum text size|Maximum call stack/i.test(reason)
    ? { kind: "too-large" }
    : { kind: "not-read", reason: verbatim(reason) };

function keep(key: string, drawing: Drawing): void {
  kept.set(key, drawing);
  for (const [oldest] of kept) if (kept.size > mostKept) kept.delete(oldest);
}

/** Mermaid's settings; those under `secure` are none that a diagram can change. */
function configFor(isDark: boolean): object {
  return {
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    deterministicIds: true,
    maxTextSize: longestText,
    maxEdges: mostEdges,
    logLevel: "fatal",
    // As text of SVG, which any program shows.
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    class: { htmlLabels: false },
    theme: "base",
    themeVariables: themeVariables(isDark),
    // Shapes of a mindmap that leave a label's place to its anchor: the circle of a root, for one.
    themeCSS: '.mindmap-node > .label[transform^="translate(0"] text { text-anchor: middle; }',
    fontFamily: getComputedStyle(document.body).fontFamily,
    secure: [
      ...["secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering"],
      ...["htmlLabels", "theme", "themeVariables", "themeCSS", "fontFamily", "altFontFamily", "logLevel"],
    ],
  };
}
