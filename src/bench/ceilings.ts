import benchEmpty from "../../shaders/bench-empty.wgsl?raw";
import benchRead from "../../shaders/bench-read.wgsl?raw";
import type { Gpu } from "../gpu/device";
import { encode, type Dispatch } from "../gpu/kernel";

/** What the device can do at best, measured in this run. */
export interface Ceilings {
  readonly readGBs: number;
  readonly emptyDispatchUs: number;
}

const N_INVOCATIONS = 256 * 1024;
const N_EMPTY = 500;

/** @param readBytes how much to read; more than the caches hold, so up to 1 GiB on a real GPU */
export async function measureCeilings(gpu: Gpu, readBytes: number): Promise<Ceilings> {
  const scope = gpu.memory.scope();
  try {
    const [read, empty] = await Promise.all([
      gpu.compiler.compile({
        label: "bench-read",
        files: [benchRead],
        params: { nVecs: "u32", nInvocations: "u32" },
        buffers: { source: "read", sums: "read_write" },
      }),
      gpu.compiler.compile({
        label: "bench-empty",
        files: [benchEmpty],
        params: { unused: "u32" },
        buffers: { counter: "read_write" },
      }),
    ]);
    const bytes = Math.floor(Math.min(readBytes, gpu.maxBindingBytes) / 256) * 256;
    const nPieces = Math.max(1, Math.round(readBytes / bytes));
    const sums = scope.storage({ layer: null, kind: "activations", name: "bench sums" }, N_INVOCATIONS * 4);
    const reads = Array.from({ length: nPieces }, (_, i) => {
      const source = scope.storage({ layer: null, kind: "activations", name: `bench source ${i}` }, bytes);
      const args = { source, sums, nVecs: bytes / 16, nInvocations: N_INVOCATIONS };
      return read.dispatch(scope, "read", args, [N_INVOCATIONS / 256]);
    });
    const counter = scope.storage({ layer: null, kind: "activations", name: "bench counter" }, 256);
    const nothing = empty.dispatch(scope, "empty", { counter, unused: 0 }, [1]);

    const readMs = await best(gpu, reads, 5);
    const emptyMs = await best(
      gpu,
      Array.from({ length: N_EMPTY }, () => nothing),
      5,
    );
    return { readGBs: (nPieces * bytes) / readMs / 1e6, emptyDispatchUs: (emptyMs * 1000) / N_EMPTY };
  } finally {
    scope.dispose();
  }
}

/** The shortest of `repeats` runs, by the wall clock around the queue's completion. */
async function best(gpu: Gpu, dispatches: readonly Dispatch[], repeats: number): Promise<number> {
  let shortest = Infinity;
  for (let i = 0; i <= repeats; i++) {
    const started = performance.now();
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    encode(pass, dispatches, 1);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.device.queue.onSubmittedWorkDone();
    if (i > 0) shortest = Math.min(shortest, performance.now() - started); // the first one warms up
  }
  return shortest;
}
