import type {
  BenchProgress,
  BenchReport,
  BenchRequest,
  LabProgress,
  LabRequest,
  LabResult,
  ProfileReport,
  ProfileRequest,
} from "../rpc/protocol/measure";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

/**
 * The bytes that the bench reads to find the memory's rate: more than any cache holds. On a CPU fewer have to
 * do.
 */
const READ_BYTES = 2 ** 30;
const SOFTWARE_READ_BYTES = 2 ** 26;

/** A kernel is timed so long; a CPU's times say little, so they get less. */
const TIME_LIMITS = { passMs: 50, mostMs: 300 };
const SOFTWARE_CHUNK = 32;
const SOFTWARE_TIME_LIMITS = { passMs: 5, mostMs: 10 };

export interface MeasureCalls {
  /** Measures the device and the loaded model, on a state of its own: the conversation's stays as it is. */
  bench: { args: [request: BenchRequest]; result: BenchReport; progress: BenchProgress };
  /** Times kernels, layers and a whole step of the loaded model, on a state of its own. */
  profile: { args: [request: ProfileRequest]; result: ProfileReport; progress: BenchProgress };
  /**
   * Finds what states of a fixed size recall, by rule. Needs no model, and leaves the one that is loaded
   * alone.
   */
  runLab: { args: [request: LabRequest]; result: LabResult; progress: LabProgress };
}

// What is rarely wanted is loaded when it is.
export const measureCalls = ({ engine }: Services): Handlers<MeasureCalls> => ({
  bench: ([request], { progress: onProgress, signal }) =>
    engine.gpu.inTurn(async () => {
      const { benchCapacity, runBench } = await import("../../instruments/bench/run");
      return engine.onScratch("the bench's context", benchCapacity(request), (gpu, scratch) => {
        const readBytes = gpu.isSoftware ? SOFTWARE_READ_BYTES : READ_BYTES;
        return runBench(gpu, scratch, { ...request, readBytes, kernels: true, onProgress, signal });
      });
    }),

  profile: ([request], { progress: onProgress, signal }) =>
    engine.gpu.inTurn(async () => {
      const { profileCapacity, profileModel } = await import("../../instruments/bench/profile");
      return engine.onScratch("the profile's context", profileCapacity(request), (gpu, scratch) => {
        const readBytes = gpu.isSoftware ? SOFTWARE_READ_BYTES : READ_BYTES;
        const limits = gpu.isSoftware ? SOFTWARE_TIME_LIMITS : TIME_LIMITS;
        const chunk = gpu.isSoftware ? Math.min(request.chunk, SOFTWARE_CHUNK) : request.chunk;
        return profileModel(gpu, scratch, { ...request, chunk, readBytes, limits, onProgress, signal });
      });
    }),

  runLab: ([request], { progress: onProgress, signal }) =>
    engine.gpu.inTurn(async () => {
      const { runLab } = await import("../../instruments/lab/run");
      return runLab(await engine.gpu.device(), request, { onProgress, signal });
    }),
});
