import { useEffect, useRef, useState } from "react";
import { askForHighlight } from "./ask-for-highlight";
import { findGrammar } from "./languages";
import { escapeHtml } from "./escape-html";

const longestHighlighted = 60_000;
const longestLine = 2_000;
/** Code that streams is highlighted this often at most. */
const pauseMs = 150;

interface Highlighted {
  readonly code: string;
  readonly lines: readonly string[];
}

/**
 * The lines of the code that are highlighted, as HTML; none where it stays plain. While code streams the last
 * ones lag behind and are not among them.
 */
export function useHighlight(code: string, language: string): readonly string[] {
  const [highlighted, setHighlighted] = useState<Highlighted>({ code: "", lines: [] });
  const wanted = useRef<string>(undefined);
  const isAsking = useRef(false);
  const isPlain = !canBeHighlighted(code, language);

  useEffect(() => {
    wanted.current = isPlain ? undefined : code;
    if (isPlain || isAsking.current) return;
    const ask = async () => {
      isAsking.current = true;
      let asked: string | undefined;
      while (wanted.current !== undefined && wanted.current !== asked) {
        asked = wanted.current;
        const startMs = performance.now();
        const lines = await askForHighlight(asked, language);
        if (!lines) break;
        setHighlighted({ code: asked, lines });
        const tookMs = performance.now() - startMs;
        await new Promise((resolve) => setTimeout(resolve, Math.max(pauseMs, 2 * tookMs)));
      }
      isAsking.current = false;
    };
    void ask();
  }, [code, language, isPlain]);

  useEffect(() => () => void (wanted.current = undefined), []);

  if (isPlain || highlighted.lines.length === 0) return [];
  return code === highlighted.code ? highlighted.lines : linesSoFar(code, highlighted);
}

function canBeHighlighted(code: string, language: string): boolean {
  return (
    code.length <= longestHighlighted &&
    findGrammar(language) !== undefined &&
    !code.split("\n").some((line) => line.length > longestLine)
  );
}

/** The highlighted lines whose text is what it was; to the last one its new letters are added. */
function linesSoFar(code: string, highlighted: Highlighted): readonly string[] {
  const now = code.split("\n");
  const then = highlighted.code.split("\n");
  let same = 0;
  while (same < then.length && same < now.length && now[same] === then[same]) same++;
  const lines = highlighted.lines.slice(0, same);
  if (same === then.length - 1 && now[same]?.startsWith(then[same]!))
    lines.push((highlighted.lines[same] ?? "") + escapeHtml(now[same]!.slice(then[same]!.length)));
  return lines;
}
