import type { KernelCompiler } from "../../gpu/kernel";
import { compileExpertDown, type ExpertDown } from "../../kernels/experts/expert-down";
import { compileExpertGateUp, type ExpertGateUp } from "../../kernels/experts/expert-gate-up";
import { compileRoute, type RouteKernel } from "../../kernels/experts/route";
import type { WeightFormat } from "../../kernels/products/weight-format";
import type { ModelConfig } from "../../weights/config/model-config";
import type { TensorRole } from "../../weights/config/tensor-names";
import type { PlannedMatrix, WeightsPlan } from "../weights/weights-plan";
import type { DecodeMapping } from "./decode-mapping";

/** The kernels of a mixture, by {@link expertFormats}. */
export interface ExpertKernels {
  readonly route: RouteKernel;
  readonly gateUp: ReadonlyMap<string, ExpertGateUp>;
  readonly down: ReadonlyMap<string, ExpertDown>;
}

type Formatted = Pick<PlannedMatrix, "format">;

/** Names the kernel for matrices in these formats. */
export const expertFormats = (matrices: readonly Formatted[]): string =>
  matrices.map(({ format }) => format).join(" ");

/** Compiles what the experts of all layers use; nothing for a dense model. */
export async function compileExpertKernels(
  compiler: KernelCompiler,
  { experts, layerKinds }: ModelConfig,
  { matrices }: WeightsPlan,
  mapping: DecodeMapping,
): Promise<ExpertKernels | undefined> {
  if (!experts) return undefined;
  const of = (layer: number, role: TensorRole) =>
    matrices.find(({ expected }) => expected.layer === layer && expected.role === role);
  const layers = layerKinds.map((_, layer) => ({
    gateUp: [
      of(layer, "gateUpExperts") ?? of(layer, "gateExperts")!,
      of(layer, "gateUpExperts") ?? of(layer, "upExperts")!,
    ],
    down: [of(layer, "downExperts")!],
  }));
  const compileEach = async <T>(
    sets: readonly (readonly Formatted[])[],
    compile: (formats: readonly WeightFormat[]) => Promise<T>,
  ): Promise<ReadonlyMap<string, T>> => {
    const distinct = new Map(sets.map((set) => [expertFormats(set), set.map(({ format }) => format)]));
    return new Map(
      await Promise.all([...distinct].map(async ([key, formats]) => [key, await compile(formats)] as const)),
    );
  };
  const [route, gateUp, down] = await Promise.all([
    compileRoute(compiler, experts),
    compileEach(
      layers.map((layer) => layer.gateUp),
      ([gate, up]) => compileExpertGateUp(compiler, { gate: gate!, up: up! }, mapping("gate-up")),
    ),
    compileEach(
      layers.map((layer) => layer.down),
      ([format]) => compileExpertDown(compiler, format!, mapping("residual-product")),
    ),
  ]);
  return { route, gateUp, down };
}
