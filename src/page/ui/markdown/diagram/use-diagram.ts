import { useCallback, useEffect, useState } from "react";
import { drawDiagram, type Drawing } from "./draw-diagram";
import { useIsDark } from "./use-is-dark";

/** A diagram whose end has not come is drawn where nothing was added for this long. */
const quietMs = 2_000;

/**
 * The drawing of a diagram, once it is there, and a function that tries again. It follows the page's theme:
 * the old drawing stays until the new one is there.
 */
export function useDiagram(
  code: string,
  isOpen: boolean,
): { readonly drawing: Drawing | undefined; readonly retry: () => void } {
  const isDark = useIsDark();
  const [drawn, setDrawn] = useState<{ readonly code: string; readonly drawing: Drawing }>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const ending = new AbortController();
    const timer = setTimeout(
      () =>
        void drawDiagram(code, isDark, ending.signal).then((drawing) => {
          if (drawing && !ending.signal.aborted) setDrawn({ code, drawing });
        }),
      isOpen ? quietMs : 0,
    );
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [code, isOpen, isDark, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { drawing: drawn?.code === code ? drawn.drawing : undefined, retry };
}
