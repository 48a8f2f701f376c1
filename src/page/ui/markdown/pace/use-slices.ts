import { startTransition, useEffect, useState } from "react";
import { whenIdle } from "./when-idle";

/** Number of blocks that are drawn first, about a screen. */
const drawnAtOnce = 30;
/** Number of blocks that follow in one slice: a browser takes them up in some 30 ms. */
const drawnMore = 40;

/**
 * The number of blocks to draw of `length`: the first at once, the others slice by slice; all that come
 * once these are there. Put into the page in one go, 1,200 blocks took it half a second.
 */
export function useSlices(length: number): number {
  const [count, setCount] = useState(length > drawnAtOnce ? drawnAtOnce : Infinity);
  useEffect(() => {
    if (count === Infinity) return;
    return whenIdle(() =>
      startTransition(() => setCount(count + drawnMore < length ? count + drawnMore : Infinity)),
    );
  }, [count, length]);
  return Math.min(count, length);
}
