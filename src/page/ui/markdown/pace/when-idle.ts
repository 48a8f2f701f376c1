/** Runs `work` once the page has time, or soon. @returns a function that takes that back */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(work, 16); // Safari has none
    return () => clearTimeout(timer);
  }
  const id = requestIdleCallback(work, { timeout: 100 });
  return () => cancelIdleCallback(id);
}
