import { lazy, Suspense } from "react";

const Loaded = lazy(() => import("./AnswerTokens").then(({ AnswerTokens }) => ({ default: AnswerTokens })));

export function LazyAnswerTokens() {
  return (
    <Suspense>
      <Loaded />
    </Suspense>
  );
}
