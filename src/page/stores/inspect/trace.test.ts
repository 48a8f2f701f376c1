import { expect, it } from "vitest";
import type { PhaseProfile, ProfileReport } from "../../../worker/rpc/protocol/measure";
import { stepBars, traceOf } from "./trace";

const costed = {
  repeats: 10,
  errorMicroseconds: 1,
  bytes: 64,
  operations: 128,
  shareOfRead: 0.5,
  shareOfProducts: 0.1,
};
const dispatch = (label: string) => ({
  label,
  pipeline: "norm-product",
  workgroups: [4, 1, 1] as const,
  bindings: [{ name: "weight", access: "read" as const, kind: "weights" as const, sizeBytes: 64 }],
  bytes: 64,
  operations: 128,
});
const decode: PhaseProfile = {
  phase: "decode",
  nTokens: 1,
  contextLength: 40,
  kernels: [
    { ...costed, name: "down_proj", perStep: 2, microseconds: 30 },
    { ...costed, name: "lm_head", perStep: 1, microseconds: 100 },
  ],
  layers: [],
  dispatches: [dispatch("layers.0 down_proj"), dispatch("layers.11 down_proj"), dispatch("lm_head")],
  step: { encodedMs: 0.2, submittedMs: 0.3, doneMs: 1.5, readMs: 1.6, gpuMs: 1 },
};
const report: ProfileReport = {
  device: { vendor: "test", architecture: "a", description: "b" },
  isSoftware: false,
  clock: { source: "timestamps", resolutionUs: 100 },
  ceilings: {
    readGBs: 1,
    readBytes: 1,
    emptyDispatchUs: 1,
    productGops: { f32: 1, f16: null, matrix: null, int8: null },
  },
  phases: [{ ...decode, phase: "prefill" }, decode],
  sentAt: 0,
};

const page = { receivedMs: 0.4, paintedMs: 9.4 };

/** Checks what the Trace Event Format asks of the two kinds of events that are written. */
function isEvent(event: unknown): boolean {
  const { ph, name, pid, tid, ts, dur, cat, args } = event as Record<string, unknown>;
  const isPlaced = typeof name === "string" && Number.isInteger(pid) && Number.isInteger(tid);
  const isTime = (value: unknown) => typeof value === "number" && Number.isFinite(value) && value >= 0;
  if (ph === "X")
    return isPlaced && typeof cat === "string" && isTime(ts) && isTime(dur) && typeof args === "object";
  if (ph !== "M" || (name !== "process_name" && name !== "thread_name")) return false;
  return isPlaced && typeof (args as Record<string, unknown>)["name"] === "string";
}

it("a trace is a JSON object of complete and naming events, every lane named", () => {
  const trace = JSON.parse(JSON.stringify(traceOf(report, page))) as ReturnType<typeof traceOf>;
  expect(trace.displayTimeUnit).toBe("ms");
  expect(trace.traceEvents.filter((event) => !isEvent(event))).toEqual([]);
  const lane = ({ pid, tid }: { pid: number; tid: number }) => `${pid}/${tid}`;
  const named = trace.traceEvents.filter(({ name }) => name === "thread_name").map(lane);
  const used = trace.traceEvents.filter(({ ph }) => ph === "X").map(lane);
  expect([...new Set(used)].filter((one) => !named.includes(one))).toEqual([]);
  expect(isEvent({ ph: "X", name: "a", cat: "b", ts: NaN, dur: 1, pid: 1, tid: 1, args: {} })).toBe(false);
});

it("kernels stand one after another, each as long as its kernel takes", () => {
  const { traceEvents } = traceOf(report, page);
  const kernels = traceEvents.flatMap((event) =>
    event.ph === "X" && event.cat === "kernel" && event.pid === 2 ? [event] : [],
  );
  expect(kernels.map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
    ["layers.0 down_proj", 300, 30],
    ["layers.11 down_proj", 330, 30],
    ["lm_head", 360, 100],
  ]);
});

it("parts of a step follow each other; the GPU's own time lies at the end of its wait, or fills it without timestamps", () => {
  const bars = stepBars(decode, page);
  expect(bars.map(({ name }) => name)).toEqual([
    "Encode",
    "Submit",
    "GPU",
    "Read back",
    "To the page",
    "Painted",
  ]);
  expect(bars[2]).toMatchObject({ startMs: 0.5, endMs: 1.5 });
  expect(bars.at(-2)!.endMs).toBeCloseTo(2, 9);
  expect(bars.at(-1)!.endMs).toBeCloseTo(11, 9);
  expect(stepBars(decode, { ...page, paintedMs: null }).at(-1)!.name).toBe("To the page");
  const [, , gpu] = stepBars({ ...decode, step: { ...decode.step, gpuMs: null } }, page);
  expect(gpu).toMatchObject({ name: "GPU, by the wall clock", startMs: 0.3, endMs: 1.5 });
});
