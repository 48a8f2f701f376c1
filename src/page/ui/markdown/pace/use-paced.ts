import { useEffect, useRef, useState } from "react";

// Up to here a block is parsed within a few milliseconds.
const shortBlock = 1_500;
const mostBehind = 600;

/**
 * The source of a block that may be growing. A long one is taken up less often, the longer the less: each
 * time all of it is parsed.
 */
export function usePaced(source: string): string {
  const [shown, setShown] = useState(source);
  const lastMs = useRef(0);
  const pauseMs = source.length > shortBlock ? source.length / 20 : 0;

  useEffect(() => {
    if (shown === source || pauseMs === 0) return;
    const timer = setTimeout(
      () => {
        lastMs.current = performance.now();
        setShown(source);
      },
      Math.max(0, lastMs.current + pauseMs - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [source, shown, pauseMs]);

  const isBehind = source.startsWith(shown) && source.length - shown.length <= mostBehind;
  return pauseMs > 0 && isBehind ? shown : source;
}
