/** Time between two hand-overs: two frames of a usual screen. */
const pauseMs = 25;
/** A hidden tab has no frames. */
const longestMs = 250;

/**
 * Gathers items and hands them on with every other animation frame, some 30 times a second: text reads as
 * fluently, and the page leaves half of its time, and of the GPU's, to the model. In a hidden tab it does so
 * a few times a second.
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
  let lastMs = -Infinity;
  let nFrames = 0;

  const flush = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
    lastMs = performance.now();
    nFrames = 0;
    const ready = batch;
    batch = null;
    if (ready !== null) handOver(ready);
  };
  const onFrame = () => {
    const now = performance.now();
    nFrames++;
    if (now - lastMs > longestMs || (nFrames > 1 && now - lastMs > pauseMs)) flush();
    else frame = requestAnimationFrame(onFrame);
  };

  return {
    add(item) {
      batch = add(batch, item);
      if (timer !== undefined) return;
      frame = requestAnimationFrame(onFrame);
      timer = setTimeout(flush, longestMs);
    },
    flush,
  };
}
