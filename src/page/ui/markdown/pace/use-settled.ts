import { useEffect, useState } from "react";
import { whenIdle } from "./when-idle";

/** Number of runs at the end of a growing answer that a reader sees, or soon will. */
const nAtEnd = 2;

/**
 * The number of runs, from the first, that the browser may leave out of its work while they are out of sight:
 * all but the last two while the answer grows, then one less each time the page is idle, since all of them
 * at once would be one long frame.
 */
export function useSettled(isGrowing: boolean, nRuns: number): number {
  const [count, setCount] = useState(0);
  const growing = Math.max(0, nRuns - nAtEnd);
  if (isGrowing && count !== growing) setCount(growing);
  useEffect(() => {
    if (!isGrowing && count > 0) return whenIdle(() => setCount(count - 1));
  }, [isGrowing, count]);
  return isGrowing ? growing : count;
}
