import { CancelledError } from "../../ground/errors";
import type { Gpu } from "../../engine/gpu/device";
import type { Dispatch } from "../../engine/gpu/kernel";
import { PassTimer } from "../../engine/gpu/pass-timer";
import { packSampling } from "../../engine/kernels/sample";
import type { Model } from "../../engine/runtime/model";
import { measureCeilings, type Ceilings } from "./ceilings";
import { dispatchRows, type DispatchRow, type StepSize } from "./dispatch-cost";
import { byName, timeKernel, type KernelTime, type TimeLimits } from "./kernel-times";
import type { CostedTime, PhaseProfile, ProfileReport, ProfileRequest } from "./profile-report";
import type { BenchProgress } from "./report";
import { ENDLESS, usual, writeBenchStep, type BenchModel } from "./run";
import { stepSpans, type StepSpans } from "./step-spans";
import { t, type Sentence } from "../../language/language";

export interface ProfileOptions extends ProfileRequest {
  /** Bytes of the read ceiling's buffers. */
  readonly readBytes: number;
  readonly limits: TimeLimits;
  readonly onProgress?: (progress: BenchProgress) => void;
  readonly signal?: AbortSignal;
}

/** Tokens that the context of a profiled model has to hold. */
export const profileCapacity = ({ contextLength, chunk }: ProfileRequest) => contextLength + chunk + 8;

/** A step varies: of so many the one in the middle is shown. */
const STEPS = 5;

/**
 * Times every kernel, every layer and a whole step of prefill and of decode, on a model with a state of its
 * own.
 *
 * @throws CancelledError  when `signal` aborts, between two measurements
 */
export async function profileModel(
  gpu: Gpu,
  { model }: BenchModel,
  options: ProfileOptions,
): Promise<ProfileReport> {
  const { onProgress, signal } = options;
  const scope = gpu.memory.scope();
  const next = (doing: Sentence) => {
    if (signal?.aborted) throw new CancelledError();
    onProgress?.({ doing });
  };
  const timer = await PassTimer.create(gpu, scope);
  try {
    next(t("Measuring what the device can do"));
    const ceilings = await measureCeilings(gpu, timer, options.readBytes);
    gpu.device.queue.writeBuffer(model.activations.sampling.buffer, 0, packSampling(usual));
    const chunk = Math.min(options.chunk, model.activations.chunk, model.capacity);
    // The state may hold less than was asked for.
    const kvLength = Math.max(0, Math.min(options.contextLength, model.capacity - chunk));
    const run = (phase: "prefill" | "decode", nTokens: number) =>
      profilePhase(timer, model, ceilings, phase, { nTokens, kvLength }, options.limits, next);
    const phases = [await run("prefill", chunk), await run("decode", 1)];
    return {
      device: gpu.info,
      isSoftware: gpu.isSoftware,
      clock: { source: timer.source, resolutionUs: timer.resolutionMs * 1000 },
      ceilings,
      phases,
      sentAt: performance.timeOrigin + performance.now(),
    };
  } finally {
    timer.dispose();
    scope.dispose();
  }
}

async function profilePhase(
  timer: PassTimer,
  model: Model,
  ceilings: Ceilings,
  phase: "prefill" | "decode",
  size: StepSize,
  limits: TimeLimits,
  next: (doing: Sentence) => void,
): Promise<PhaseProfile> {
  const { gpu } = timer;
  const { nTokens, kvLength } = size;
  const { layers, head } = model[phase];
  const list = [...layers, ...head, ...model.sample];
  const rows = dispatchRows(gpu.memory, model, list, size);
  const rowOf = new Map(list.map((dispatch, i) => [dispatch, rows[i]!]));
  // A full context would halt the sampler, and with it every kernel that changes state.
  const prepare = () => writeBenchStep(gpu, model, { ...size, capacity: ENDLESS });

  const timeAll = async (
    what: (name: string) => string,
    groups: ReadonlyMap<string, readonly Dispatch[]>,
  ) => {
    const times: CostedTime[] = [];
    for (const [name, dispatches] of groups) {
      next(
        phase === "prefill"
          ? t("Timing {name} of reading", { name: what(name) })
          : t("Timing {name} of writing", { name: what(name) }),
      );
      const time = await timeKernel(timer, name, dispatches, nTokens, prepare, limits);
      times.push(
        costed(
          time,
          dispatches.map((dispatch) => rowOf.get(dispatch)!),
          ceilings,
        ),
      );
    }
    return times;
  };
  const kernels = await timeAll((name) => name, byName(list));
  const ofLayers = await timeAll((layer) => t("layer {layer}", { layer }), byLayer(layers));
  next(phase === "prefill" ? t("A whole step of reading") : t("A whole step of writing"));
  const step = await middleStep(timer, model, [layers, head, model.sample], nTokens, prepare);
  return { phase, nTokens, contextLength: kvLength, kernels, layers: ofLayers, dispatches: rows, step };
}

/** The dispatches of each layer, by its number. */
function byLayer(list: readonly Dispatch[]): ReadonlyMap<string, readonly Dispatch[]> {
  const layers = new Map<string, Dispatch[]>();
  for (const dispatch of list) {
    const layer = /^layers\.(\d+) /.exec(dispatch.label)?.[1];
    if (layer === undefined) continue;
    const same = layers.get(layer);
    if (same) same.push(dispatch);
    else layers.set(layer, [dispatch]);
  }
  return layers;
}

function costed(
  time: KernelTime,
  rows: readonly DispatchRow[],
  { readGBs, productGops }: Ceilings,
): CostedTime {
  const mean = (part: "bytes" | "operations") => rows.reduce((sum, row) => sum + row[part], 0) / rows.length;
  const [bytes, operations] = [mean("bytes"), mean("operations")];
  const seconds = time.microseconds / 1e6;
  const share = (amount: number, perSecond: number) => (seconds > 0 ? amount / perSecond / seconds : 0);
  return {
    ...time,
    bytes,
    operations,
    shareOfRead: share(bytes, readGBs * 1e9),
    shareOfProducts: share(operations, productGops.f32 * 1e9),
  };
}

async function middleStep(
  { gpu }: PassTimer,
  model: Model,
  lists: readonly (readonly Dispatch[])[],
  nTokens: number,
  prepare: () => void,
): Promise<StepSpans> {
  const steps: StepSpans[] = [];
  for (let i = 0; i < STEPS; i++) {
    const scope = gpu.memory.scope();
    try {
      prepare();
      steps.push(await stepSpans(gpu, scope, model, lists, nTokens));
    } finally {
      scope.dispose();
    }
  }
  return steps.toSorted((a, b) => a.readMs - b.readMs)[Math.floor(STEPS / 2)]!;
}
