/**
 * Gathers items and hands them on once per animation frame; in a hidden tab, which has no frames, a few times
 * a second.
 *
 * @param add how an item joins those gathered since the last hand-over, `null` at first
 */
export function frameBatcher<Item, Batch>(
  add: (batch: Batch | null, item: Item) => Batch,
  handOver: (batch: Batch) => void,
): { add: (item: Item) => void; flush: () => void } {
  let batch: Batch | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
    const ready = batch;
    batch = null;
    if (ready !== null) handOver(ready);
  };

  return {
    add(item) {
      batch = add(batch, item);
      if (timer !== undefined) return;
      frame = requestAnimationFrame(flush);
      timer = setTimeout(flush, 250);
    },
    flush,
  };
}
