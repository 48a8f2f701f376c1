import { counted } from "../../../ground/figures";
import type { PhaseProfile, ProfileReport } from "../../../worker/rpc/protocol/measure";
import { mark, type Key } from "../../../language/language";

/** An event of the Trace Event Format, as chrome://tracing and Perfetto read it. Times are microseconds. */
export type TraceEvent =
  | {
      readonly ph: "X";
      readonly name: string;
      readonly cat: string;
      readonly ts: number;
      readonly dur: number;
      readonly pid: number;
      readonly tid: number;
      readonly args: Readonly<Record<string, unknown>>;
    }
  | {
      readonly ph: "M";
      readonly name: "process_name" | "thread_name";
      readonly pid: number;
      readonly tid: number;
      readonly args: { readonly name: string };
    };

export interface Trace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
  readonly otherData: Readonly<Record<string, string>>;
}

const lanes = { worker: 1, gpu: 2, kernels: 3, page: 4 } as const;
const laneNames = {
  worker: "Worker",
  gpu: "GPU, whole step",
  kernels: "GPU, each kernel timed by itself",
  page: "Page",
} as const;

/** The page's times, from the worker's message on: that of the profile stands for that of a token. */
export interface PageTimes {
  /** Until the page's task for it. */
  readonly receivedMs: number;
  /** Until the frame that shows it was painted; `null` as long as none was. */
  readonly paintedMs: number | null;
}

/** A profile as a trace: a process each for prefill and decode. */
export function traceOf({ device, clock, phases }: ProfileReport, page: PageTimes): Trace {
  return {
    traceEvents: phases.flatMap((phase, i) => phaseEvents(phase, i + 1, page)),
    displayTimeUnit: "ms",
    otherData: {
      device: `${device.vendor} ${device.architecture} ${device.description}`,
      clock: `${clock.source}, ${clock.resolutionUs.toPrecision(2)} µs`,
    },
  };
}

function phaseEvents(profile: PhaseProfile, pid: number, page: PageTimes): readonly TraceEvent[] {
  const { phase, nTokens, contextLength, step } = profile;
  const title = `${phase} of ${counted(nTokens, "token")} behind ${contextLength}`;
  const names = (Object.keys(lanes) as (keyof typeof lanes)[]).map((lane) => ({
    ph: "M" as const,
    name: "thread_name" as const,
    pid,
    tid: lanes[lane],
    args: { name: laneNames[lane] },
  }));
  const spans = stepBars(profile, page).map(({ name, lane, startMs, endMs }) => ({
    ph: "X" as const,
    name,
    cat: "step",
    ts: startMs * 1000,
    dur: (endMs - startMs) * 1000,
    pid,
    tid: lanes[lane],
    args: {},
  }));
  return [
    { ph: "M", name: "process_name", pid, tid: 0, args: { name: title } },
    ...names,
    ...spans,
    ...kernelEvents(profile, pid, step.submittedMs * 1000),
  ];
}

/** Every dispatch in order, as long as its kernel takes by itself. */
function kernelEvents(
  { kernels, dispatches }: PhaseProfile,
  pid: number,
  startUs: number,
): readonly TraceEvent[] {
  const times = new Map(kernels.map((kernel) => [kernel.name, kernel]));
  let ts = startUs;
  return dispatches.map(({ label, pipeline, workgroups, bindings, bytes, operations }) => {
    const time = times.get(label.replace(/^layers\.\d+ /, ""));
    const dur = time?.microseconds ?? 0;
    const args = {
      pipeline,
      workgroups: workgroups.join(" × "),
      bytes,
      operations,
      errorMicroseconds: time?.errorMicroseconds ?? null,
      ...Object.fromEntries(
        bindings.map(({ name, access, kind, sizeBytes }) => [
          name,
          `${access}, ${kind}, ${counted(sizeBytes, "byte")}`,
        ]),
      ),
    };
    const event = { ph: "X" as const, name: label, cat: "kernel", ts, dur, pid, tid: lanes.kernels, args };
    ts += dur;
    return event;
  });
}

export interface StepBar {
  readonly name: Key;
  readonly lane: "worker" | "gpu" | "page";
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * The parts of a step as bars. The GPU's own time is put at the end of what it was waited for: its clock is
 * another one.
 */
export function stepBars({ step }: PhaseProfile, { receivedMs, paintedMs }: PageTimes): readonly StepBar[] {
  const { encodedMs, submittedMs, doneMs, readMs, gpuMs } = step;
  const gpuFrom = gpuMs === null ? submittedMs : Math.max(submittedMs, doneMs - gpuMs);
  return [
    { name: mark("Encode"), lane: "worker", startMs: 0, endMs: encodedMs },
    { name: mark("Submit"), lane: "worker", startMs: encodedMs, endMs: submittedMs },
    {
      name: gpuMs === null ? mark("GPU, by the wall clock") : mark("GPU"),
      lane: "gpu",
      startMs: gpuFrom,
      endMs: doneMs,
    },
    { name: mark("Read back"), lane: "worker", startMs: doneMs, endMs: readMs },
    { name: mark("To the page"), lane: "page", startMs: readMs, endMs: readMs + receivedMs },
    ...(paintedMs === null
      ? []
      : [
          {
            name: mark("Painted"),
            lane: "page" as const,
            startMs: readMs + receivedMs,
            endMs: readMs + Math.max(receivedMs, paintedMs),
          },
        ]),
  ];
}
