import { startTransition, useEffect, useState } from "react";
import { whenIdle } from "../pace/when-idle";

type Katex = typeof import("./katex");

let katex: Katex | undefined;
let loading: Promise<void> | undefined;

/** Formulas that wait for KaTeX; those of a long answer are drawn this many at a time. */
const waiting = new Set<() => void>();
const drawnAtOnce = 20;

/** Loads KaTeX, its sheet and its fonts. After a failure the next call tries again. */
export function loadKatex(): Promise<void> {
  loading ??= import("./katex")
    .then((loaded) => {
      katex = loaded;
      tellNext();
    })
    .catch(() => {
      loading = undefined; // offline: the formula stays as its source
    });
  return loading;
}

function tellNext(): void {
  const next = [...waiting].slice(0, drawnAtOnce);
  if (next.length === 0) return;
  startTransition(() => {
    for (const tell of next) {
      waiting.delete(tell);
      tell();
    }
  });
  whenIdle(tellNext);
}

/** KaTeX, once it is there; whoever asks first has it loaded. */
export function useKatex(): Katex | undefined {
  const [loaded, setLoaded] = useState(katex);
  useEffect(() => {
    if (loaded) return;
    const tell = () => setLoaded(katex);
    const isFirst = waiting.size === 0;
    waiting.add(tell);
    void loadKatex();
    if (katex && isFirst) whenIdle(tellNext);
    return () => void waiting.delete(tell);
  }, [loaded]);
  return loaded;
}
