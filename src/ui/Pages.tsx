import { lazy, Suspense, useSyncExternalStore } from "react";
import { App } from "./App";

const BenchPage = lazy(() => import("./BenchPage").then((module) => ({ default: module.BenchPage })));

/** The chat, or what the address names after "#" instead. */
export function Pages() {
  const hash = useSyncExternalStore(watchHash, () => location.hash);
  if (hash !== "#bench") return <App />;
  return (
    <Suspense>
      <BenchPage />
    </Suspense>
  );
}

function watchHash(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}
