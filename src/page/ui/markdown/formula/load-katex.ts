import { startTransition, useEffect, useState } from "react";

type Katex = typeof import("./katex");

let katex: Katex | undefined;
let loading: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Loads KaTeX, its sheet and its fonts. After a failure the next call tries again. */
export function loadKatex(): Promise<void> {
  loading ??= import("./katex")
    .then((loaded) => {
      katex = loaded;
      listeners.forEach((listener) => listener());
    })
    .catch(() => {
      loading = undefined; // offline: the formula stays as its source
    });
  return loading;
}

/** KaTeX, once it is there; whoever asks first has it loaded. */
export function useKatex(): Katex | undefined {
  const [loaded, setLoaded] = useState(katex);
  useEffect(() => {
    if (loaded) return;
    // A transition: the formulas of a long answer are drawn in slices.
    const listener = () => startTransition(() => setLoaded(katex));
    listeners.add(listener);
    void loadKatex();
    if (katex) listener();
    return () => void listeners.delete(listener);
  }, [loaded]);
  return loaded;
}
