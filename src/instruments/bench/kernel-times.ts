import type { Dispatch } from "../../engine/gpu/kernel";
import type { PassTimer } from "../../engine/gpu/pass-timer";

/** The time of the dispatches of one name, all layers together. */
export interface KernelTime {
  readonly name: string;
  /** Dispatches of this name in a step. */
  readonly perStep: number;
  /** Dispatches that were timed. */
  readonly repeats: number;
  /** The mean time of one dispatch, and half of what the passes differed by or what the clock can not see. */
  readonly microseconds: number;
  readonly errorMicroseconds: number;
}

const REPEATS = 100;
const LEAST_PASSES = 3;
/** One alone would have no spread, and so no error. */
const FEWEST_PASSES = 2;

export interface TimeLimits {
  /** A pass stays short enough for the driver's watchdog. */
  readonly passMs: number;
  /** A slow device gets fewer repeats. */
  readonly mostMs: number;
}
const usualLimits: TimeLimits = { passMs: 100, mostMs: 1000 };

/** The dispatches of a list by name, the layer left out. */
export function byName(list: readonly Dispatch[]): ReadonlyMap<string, readonly Dispatch[]> {
  const named = new Map<string, Dispatch[]>();
  for (const dispatch of list) {
    const name = dispatch.label.replace(/^layers\.\d+ /, "");
    const same = named.get(name);
    if (same) same.push(dispatch);
    else named.set(name, [dispatch]);
  }
  return named;
}

/**
 * Times the dispatches of one name in passes of their own. They take turns, so that each reads another
 * layer's weights, as in a step.
 *
 * @param prepare puts the step's state as it should be, before each pass
 */
export async function timeKernel(
  timer: PassTimer,
  name: string,
  dispatches: readonly Dispatch[],
  nTokens: number,
  prepare: () => void,
  { passMs, mostMs }: TimeLimits = usualLimits,
): Promise<KernelTime> {
  const inTurn = (length: number) => Array.from({ length }, (_, i) => dispatches[i % dispatches.length]!);
  prepare();
  const onceMs = (await timer.time(inTurn(dispatches.length), nTokens)) / dispatches.length;
  const perPass = Math.max(1, Math.min(REPEATS, Math.floor(passMs / Math.max(onceMs, 1e-6))));
  const list = inTurn(perPass);
  const means: number[] = [];
  let totalMs = 0;
  while (
    means.length < FEWEST_PASSES ||
    ((means.length < LEAST_PASSES || means.length * perPass < REPEATS) && totalMs < mostMs)
  ) {
    prepare();
    const ms = await timer.time(list, nTokens);
    totalMs += ms;
    means.push(ms / perPass);
  }
  const spreadMs = (Math.max(...means) - Math.min(...means)) / 2;
  return {
    name,
    perStep: dispatches.length,
    repeats: means.length * perPass,
    microseconds: (1000 * totalMs) / (means.length * perPass),
    errorMicroseconds: 1000 * Math.max(spreadMs, timer.resolutionMs / perPass),
  };
}
