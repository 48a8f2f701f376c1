import routeShader from "../../../../shaders/experts/route.wgsl?raw";
import activation from "../../../../shaders/lib/activation.wgsl?raw";
import routeStruct from "../../../../shaders/lib/route.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";

export interface RouteArgs {
  /** f32 [nTokens, rowStride]: the router's, then the shared expert's gate. */
  readonly logits: GpuRange;
  /** {expert: u32, weight: f32} [nTokens, nUsed] */
  readonly routes: GpuRange;
  /** f32 [nTokens, sharedWidth], which the gate multiplies. */
  readonly sharedInner: GpuRange;
  readonly rowStride: number;
  readonly sharedWidth: number;
  readonly hasSharedGate: boolean;
}

/** Bytes of a route of shaders/lib/route.wgsl. */
export const ROUTE_BYTES = 8;

export type RouteKernel = (scope: MemoryScope, label: string, args: RouteArgs) => Dispatch;

/** Equation and shapes: shaders/experts/route.wgsl. */
export async function compileRoute(
  compiler: KernelCompiler,
  { count, used }: { readonly count: number; readonly used: number },
): Promise<RouteKernel> {
  const kernel = await compiler.compile({
    label: `route ${used} of ${count}`,
    files: [routeStruct, activation, routeShader],
    constants: { N_EXPERTS: count, N_USED: used },
    params: { rowStride: "u32", sharedWidth: "u32", hasSharedGate: "u32" },
    buffers: { logits: "read", routes: "read_write", sharedInner: "read_write" },
  });
  return (scope, label, args) =>
    kernel.dispatch(scope, label, { ...args, hasSharedGate: Number(args.hasSharedGate) }, (nTokens) => [
      nTokens,
    ]);
}
