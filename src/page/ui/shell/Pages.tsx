import { Direction } from "radix-ui";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { readAddress } from "../../stores/address";
import { closeInspect } from "../../stores/inspect/inspect";
import { useLanguage } from "../../stores/settings/language";
import { App } from "./App";
import { NoDropZone } from "../parts/DropZone";
import { ErrorBoundary } from "../parts/notices/ErrorBoundary";
import { t } from "../../../language/language";
import { directionOf } from "../../../language/languages";

const BenchPage = lazy(() => import("../bench/BenchPage").then((module) => ({ default: module.BenchPage })));
const LabPage = lazy(() => import("../lab/LabPage").then((module) => ({ default: module.LabPage })));
const InspectPanel = lazy(() =>
  import("../inspect/InspectPanel").then((module) => ({ default: module.InspectPanel })),
);

/** The chat, what the address names after "#" instead, or the debug panel beside it. */
export function Pages() {
  const language = useLanguage((s) => s.tag);
  const hash = useSyncExternalStore(watchHash, () => location.hash);
  return (
    <ErrorBoundary key={language} what={t("The page")} resetKey={hash}>
      <Direction.Provider dir={directionOf(language)}>
        <Page hash={hash} />
      </Direction.Provider>
    </ErrorBoundary>
  );
}

function Page({ hash }: { hash: string }) {
  const address = readAddress(hash);
  if (address.kind === "page")
    return (
      <Suspense>
        {address.name === "bench" ? <BenchPage /> : <LabPage />}
        <NoDropZone />
      </Suspense>
    );
  const aside = address.isInspected && (
    <ErrorBoundary what={t("The panel")} onClose={closeInspect}>
      <Suspense>
        <InspectPanel />
      </Suspense>
    </ErrorBoundary>
  );
  return <App aside={aside} />;
}

function watchHash(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}
