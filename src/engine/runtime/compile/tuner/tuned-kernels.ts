import { ifItCompiles, type KernelCompiler } from "../../../gpu/kernel";
import type { Gpu } from "../../../gpu/device";
import type { KvType } from "../../../../ground/kv-type";
import {
  deltaRuleForms,
  type DeltaRule,
  type DeltaRuleForm,
} from "../../../kernels/delta-net/delta-rule-forms";
import { compileMatmul, type Matmul } from "../../../kernels/products/matmul";
import type { ModelConfig } from "../../../weights/config/model-config";
import type { StageClock } from "../../shape/stages";
import type { WeightsPlan } from "../../weights/weights-plan";
import { compileDecodeKernels } from "../decode-kernels";
import type { DecodeChoice, DecodeMapping } from "../decode-mapping";
import { decodeParts } from "../decode-parts";
import { compileModelKernels, type ModelKernels } from "../kernels";
import {
  shapeKey,
  type MatmulChoice,
  type Precision,
  type ProductShape,
  type TunedMatmul,
} from "../prefill-products";
import { decodeSubjects } from "./decode-product";
import { deltaRuleSubjects } from "./delta-rule";
import { matmulSubjects, shapesOf } from "./matmul";
import { tune, type TunedChoices, type TuneOptions } from "./tune";

/** The tuner's choices for a model on this device. */
export interface Tuning {
  readonly decode: TunedChoices<DecodeChoice>;
  readonly products: TunedChoices<MatmulChoice>;
  readonly deltaRule: TunedChoices<DeltaRuleForm>;
}

export interface TunedKernelOptions extends TuneOptions {
  readonly precision: Precision;
  readonly kvType: KvType;
  /** The form of the delta rule; the tuner finds one unless it is given. */
  readonly deltaRule: DeltaRuleForm | undefined;
  readonly matmul: MatmulChoice | undefined;
  readonly decodeMapping: DecodeMapping;
  readonly clock: StageClock;
}

/** Compiles what the model runs on, then finds what is faster on this device, and puts that in its place. */
export async function compileTunedKernels(
  gpu: Gpu,
  config: ModelConfig,
  plan: WeightsPlan,
  { precision, kvType, deltaRule: wanted, matmul, decodeMapping, clock, ...options }: TunedKernelOptions,
): Promise<{ readonly kernels: ModelKernels; readonly tuning: Tuning }> {
  const { compiler, hasF16 } = gpu;
  const { deltaNet } = config;
  const kernels = await clock.during("kernels", () =>
    compileModelKernels(compiler, config, plan, { precision, kvType, decodeMapping, matmul, hasF16 }),
  );
  return clock.during("tuner", async () => {
    const untried = { ...options, budgetMs: 0 };
    const decode = await tune(gpu, decodeSubjects(gpu, decodeParts(config, plan), precision), options);
    const products = await tune(gpu, matmulSubjects(gpu, plan, precision), matmul ? untried : options);
    const deltaRule = await tune(gpu, deltaRuleSubjects(gpu, deltaNet), wanted ? untried : options);
    const [decodeKernels, tunedMatmul, tunedDeltaRule] = await Promise.all([
      compileDecodeKernels(compiler, config, plan, kvType, { tuned: decode, mapping: decodeMapping }),
      compileTunedMatmul(compiler, shapesOf(plan), products),
      compileTunedDeltaRule(compiler, config, wanted, deltaRule),
    ]);
    return {
      kernels: { ...kernels, decode: decodeKernels, tunedMatmul, tunedDeltaRule },
      tuning: { decode, products, deltaRule },
    };
  });
}

/** Makes the chosen products; their pipelines are those that the tuner compiled. */
export async function compileTunedMatmul(
  compiler: KernelCompiler,
  shapes: readonly ProductShape[],
  tuned: ReadonlyMap<string, { readonly choice: MatmulChoice }>,
): Promise<TunedMatmul> {
  const compiled = new Map<string, Matmul>();
  await Promise.all(
    shapes.map(async (shape) => {
      const found = tuned.get(shapeKey(shape));
      if (!found) return;
      const matmul = await ifItCompiles(compileMatmul(compiler, { format: shape.format, ...found.choice }));
      if (matmul) compiled.set(shapeKey(shape), matmul);
    }),
  );
  return (shape) => compiled.get(shapeKey(shape));
}

/** The form of the delta rule that was asked for, or chosen and compiles; `null`: the baseline. */
async function compileTunedDeltaRule(
  compiler: KernelCompiler,
  { deltaNet }: ModelConfig,
  wanted: DeltaRuleForm | undefined,
  tuned: TunedChoices<DeltaRuleForm>,
): Promise<DeltaRule | null> {
  const compile = (form: DeltaRuleForm): Promise<DeltaRule> =>
    deltaRuleForms[form].compile(compiler, deltaNet);
  if (wanted) return compile(wanted);
  const [found] = tuned.values();
  return found ? ifItCompiles(compile(found.choice)) : null;
}
