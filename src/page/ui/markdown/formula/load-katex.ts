import { useSyncExternalStore } from "react";

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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  void loadKatex();
  return () => listeners.delete(listener);
}

/** KaTeX, once it is there; whoever asks first has it loaded. */
export function useKatex(): Katex | undefined {
  return useSyncExternalStore(
    subscribe,
    () => katex,
    () => katex,
  );
}
