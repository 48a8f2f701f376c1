import { beforeEach, expect, it, vi } from "vitest";
import { CancelledError, DownloadError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { DeviceReport, LayerPlanReport } from "../../../worker/rpc/protocol/inspect";
import { useEngine } from "../models/engine";
import { chooseLength, choosePlanTarget, useInspectMemory } from "./inspect-memory";
import { verbatim } from "../../../language/language";

interface Asked {
  readonly signal: AbortSignal;
  readonly resolve: (plan: LayerPlanReport) => void;
  readonly reject: (error: Error) => void;
}
let asked: Asked[] = [];
vi.spyOn(engine, "call").mockImplementation((...[, , options]: unknown[]) => {
  const { signal } = options as { signal: AbortSignal };
  return new Promise<never>((resolve, reject) => {
    asked.push({ signal, resolve: (plan) => resolve(plan as never), reject });
  });
});

const settled = () => new Promise((resolve) => setTimeout(resolve));
const planOf = (length: number) => ({ contextLength: length }) as unknown as LayerPlanReport;
let nRepositories = 0;
const target = () => ({ kind: "hub", repo: `owner/model-${nRepositories}` }) as const;

beforeEach(() => {
  nRepositories++;
  asked = [];
  useEngine.setState({ device: {} as DeviceReport, status: { phase: "empty" } });
});

it("another length ends the request before it, and going back to a length asks anew", async () => {
  choosePlanTarget(target());
  chooseLength(12);
  chooseLength(13);
  chooseLength(12);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true, false]);
  asked[1]!.reject(new CancelledError());
  const plan = planOf(4096);
  asked[3]!.resolve(plan);
  await settled();
  expect(useInspectMemory.getState().plan).toEqual({ phase: "known", target: target(), plan });
});

it("a repository that could not be read is asked again when the person says so", async () => {
  choosePlanTarget(target());
  asked[0]!.reject(new DownloadError(verbatim("No."), { hint: verbatim("Try again.") }));
  await settled();
  expect(useInspectMemory.getState().plan.phase).toBe("failed");
  choosePlanTarget(target());
  expect(asked.length).toBe(2);
});
