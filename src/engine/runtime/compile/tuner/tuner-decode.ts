import { OutOfMemoryError } from "../../../../ground/errors";
import type { Gpu } from "../../../gpu/device";
import { PassTimer } from "../../../gpu/pass-timer";
import { decodeProductSource } from "../../../kernels/products/decode-product-source";
import { layoutOf, SPAN_WEIGHTS } from "../../../kernels/products/weight-format";
import { decodeCandidates, type DecodeChoice } from "../decode-mapping";
import { partKey, type DecodePart } from "../decode-parts";
import { decodeTrial } from "./decode-product";
import type { TuneOptions } from "./tune";
import { tunerKey } from "./tuner-key";
import { measureChoices, type Measured } from "./measure";

export interface TunedDecode extends Measured<DecodeChoice> {
  readonly source: "remembered" | "measured";
}

const BUDGET_MS = 600;

/**
 * Finds the fastest mapping for each kernel of decode's products, by {@link partKey}, those that read most
 * bytes first. What is not in the answer is as without a tuner: on software adapters everything.
 */
export async function tuneDecode(
  gpu: Gpu,
  parts: readonly DecodePart[],
  { precision, store, budgetMs = gpu.isSoftware ? 0 : BUDGET_MS, signal }: TuneOptions,
): Promise<ReadonlyMap<string, TunedDecode>> {
  const started = performance.now();
  const tuned = new Map<string, TunedDecode>();
  const isOver = () => signal?.aborted || performance.now() - started >= budgetMs;
  if (isOver()) return tuned;
  const scope = gpu.memory.scope();
  const timer = await PassTimer.create(gpu, scope);
  try {
    for (const part of partsByBytes(parts)) {
      const candidates = decodeCandidates(part.kind, part.formats, { ...gpu, precision });
      const source = JSON.stringify(candidates) + decodeProductSource(part.kind, part.formats);
      const storeKey = store && (await tunerKey(gpu, `${partKey(part)} ${part.rows.join(" ")}`, source));
      const stored = storeKey && JSON.stringify(await store.get(storeKey));
      const known = stored && candidates.find((choice) => JSON.stringify(choice) === stored);
      if (known) {
        tuned.set(partKey(part), { choice: known, source: "remembered", rejected: [], timings: [] });
      } else if (!isOver()) {
        const measured = await measureChoices(gpu, timer, decodeTrial(gpu, part), candidates, isOver);
        if (!measured) break; // out of time on the way: the next start tries again
        tuned.set(partKey(part), { ...measured, source: "measured" });
        if (storeKey) await store.set(storeKey, measured.choice);
      }
    }
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error; // no room to try: the rest takes the baseline
  } finally {
    timer.dispose();
    scope.dispose();
  }
  return tuned;
}

/** One part for each kernel, the largest that takes it; kernels that read most in a token first. */
function partsByBytes(parts: readonly DecodePart[]): readonly DecodePart[] {
  const bytesOf = ({ formats, rows, k }: DecodePart) =>
    formats.reduce((sum, format, i) => sum + layoutOf(format, (rows[i]! * k) / SPAN_WEIGHTS).sizeBytes, 0);
  const kernels = new Map<string, { part: DecodePart; largest: number; total: number }>();
  for (const part of parts) {
    const bytes = bytesOf(part);
    const known = kernels.get(partKey(part));
    const isLargest = !known || bytes > known.largest;
    kernels.set(partKey(part), {
      part: isLargest ? part : known.part,
      largest: isLargest ? bytes : known.largest,
      total: bytes + (known?.total ?? 0),
    });
  }
  return [...kernels.values()].sort((a, b) => b.total - a.total).map(({ part }) => part);
}
