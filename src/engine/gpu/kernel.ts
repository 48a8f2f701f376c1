import { ShaderError } from "../../ground/errors";
import type { GpuRange, MemoryScope } from "./buffers";
import { link, type ShaderFile } from "./link";
import { checkInterface, type Access } from "./shader-interface";
import { withSubgroupSize } from "./subgroup-size";
import { packStruct, sizeOfLayout, type StructLayout, type ValuesOf } from "./struct-layout";

/**
 * The inputs of a WGSL module. `params` is `struct Params` at @binding(0), fields in key order; `buffers`
 * follow from @binding(1) in key order. Both have the shader's names, in camelCase.
 */
export interface KernelSpec<B extends string, P extends StructLayout> {
  readonly label: string;
  readonly files: readonly ShaderFile[];
  readonly params: P;
  readonly buffers: Readonly<Record<B, Access>>;
  /** Fixed by the model: `const` in the module. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Tuned per device: `override` in the module. */
  readonly overrides?: Readonly<Record<string, number>>;
  /** Lanes of a subgroup, on a device that lets a pipeline choose; else the compiler's usual size. */
  readonly subgroupSize?: number | undefined;
}

export type Workgroups = readonly [x: number, y?: number, z?: number];

/** One dispatch as data: it can be encoded, counted, timed and printed. */
export interface Dispatch {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  /** Workgroups for a step of `nTokens` tokens. */
  readonly workgroups: (nTokens: number) => Workgroups;
  readonly bindings: readonly { readonly name: string; readonly access: Access; readonly range: GpuRange }[];
}

export type KernelArgs<B extends string, P extends StructLayout> = Readonly<Record<B, GpuRange>> &
  ValuesOf<P>;

export interface Kernel<B extends string, P extends StructLayout> {
  /**
   * Makes the dispatch: one bind group, its parameters in a uniform slot of `scope`. Nothing is allocated to
   * run it.
   */
  dispatch(
    scope: MemoryScope,
    label: string,
    args: KernelArgs<B, P>,
    workgroups: Workgroups | ((nTokens: number) => Workgroups),
  ): Dispatch;
}

/** The uniform buffer of a kernel has a multiple of so many bytes, and is never empty. */
const UNIFORM_BYTES = 16;

/** Compiles kernels of one device, each distinct module once, asynchronously and in parallel. */
export class KernelCompiler {
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  readonly #codes = new WeakMap<GPUComputePipeline, string>();
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #compiles: { readonly label: string; readonly elapsedMs: number }[] = [];
  #compiled = 0;
  #listener: (() => void) | null = null;

  /** @param usualSubgroupSize of kernels that ask for none; undefined: the driver's */
  constructor(
    readonly device: GPUDevice,
    readonly usualSubgroupSize?: number,
  ) {}

  async compile<B extends string, const P extends StructLayout>(
    spec: KernelSpec<B, P>,
  ): Promise<Kernel<B, P>> {
    const buffers = Object.entries<Access>(spec.buffers) as [B, Access][];
    const uniformBytes =
      Math.ceil(sizeOfLayout(spec.params) / UNIFORM_BYTES) * UNIFORM_BYTES || UNIFORM_BYTES;
    const layout = this.#layout(buffers.map(([, access]) => access));
    const pipeline = await this.#pipeline(spec, layout);
    const device = this.device;
    return {
      dispatch: (scope, label, args, workgroups) => ({
        label,
        pipeline,
        workgroups: typeof workgroups === "function" ? workgroups : () => workgroups,
        bindings: buffers.map(([name, access]) => ({ name, access, range: args[name] })),
        bindGroup: device.createBindGroup({
          label,
          layout,
          entries: [
            { binding: 0, resource: bound(scope.uniform(packStruct(spec.params, args, uniformBytes))) },
            ...buffers.map(([name], i) => ({ binding: i + 1, resource: bound(args[name]) })),
          ],
        }),
      }),
    };
  }

  /** The time of each pipeline from being asked for; they compile at the same time, so the times overlap. */
  get compiles(): readonly { readonly label: string; readonly elapsedMs: number }[] {
    return this.#compiles;
  }

  /** All text that a pipeline was made of, its overrides among it; "" of one that is not of this compiler. */
  codeOf(pipeline: GPUComputePipeline): string {
    return this.#codes.get(pipeline) ?? "";
  }

  /** Tells how many of the pipelines asked for from now on are ready. @returns a function that ends it */
  watch(onCompiled: (compiled: number, total: number) => void): () => void {
    const before = { compiled: this.#compiled, total: this.#pipelines.size };
    const listener = () => onCompiled(this.#compiled - before.compiled, this.#pipelines.size - before.total);
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }

  #layout(accesses: readonly Access[]): GPUBindGroupLayout {
    const key = accesses.join();
    let layout = this.#layouts.get(key);
    if (!layout) {
      layout = this.device.createBindGroupLayout({
        label: key,
        entries: [
          { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: "uniform" } },
          ...accesses.map((access, i) => ({
            binding: i + 1,
            visibility: GPUShaderStage.COMPUTE,
            buffer: { type: access === "read" ? "read-only-storage" : "storage" } as const,
          })),
        ],
      });
      this.#layouts.set(key, layout);
    }
    return layout;
  }

  #pipeline(spec: KernelSpec<string, StructLayout>, layout: GPUBindGroupLayout): Promise<GPUComputePipeline> {
    const plain = link(spec.files, spec.constants);
    checkInterface(plain, spec);
    const { subgroupSize = this.usualSubgroupSize } = spec;
    const code = subgroupSize === undefined ? plain : withSubgroupSize(plain, subgroupSize);
    const key = `${JSON.stringify(spec.overrides ?? {})}\n${layout.label}\n${code}`;
    let pipeline = this.#pipelines.get(key);
    if (!pipeline) {
      const started = performance.now();
      pipeline = this.#createAsUsual(spec, layout, code, plain).then(
        (created) => {
          this.#compiles.push({ label: spec.label, elapsedMs: performance.now() - started });
          this.#codes.set(created, key);
          this.#compiled++;
          this.#listener?.();
          return created;
        },
        (error: unknown) => {
          this.#pipelines.delete(key); // the next load tries again, and the total can be reached
          throw error;
        },
      );
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }

  /** A workgroup that is no multiple of the usual subgroup has the driver's size. */
  async #createAsUsual(
    spec: KernelSpec<string, StructLayout>,
    layout: GPUBindGroupLayout,
    code: string,
    plain: string,
  ): Promise<GPUComputePipeline> {
    const created = this.#create(spec, layout, code);
    if (code === plain || spec.subgroupSize !== undefined) return created;
    return created.catch((error: unknown) => {
      if (error instanceof ShaderError) return this.#create(spec, layout, plain);
      throw error;
    });
  }

  async #create(spec: KernelSpec<string, StructLayout>, layout: GPUBindGroupLayout, code: string) {
    const module = this.device.createShaderModule({ label: spec.label, code });
    const errors = (await module.getCompilationInfo()).messages.filter((m) => m.type === "error");
    const problems = errors.map(({ lineNum, linePos, message }) => `${lineNum}:${linePos} ${message}`);
    if (problems.length > 0) throw new ShaderError(spec.label, problems);
    const pipeline = this.device.createComputePipelineAsync({
      label: spec.label,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, ...(spec.overrides && { constants: { ...spec.overrides } }) },
    });
    return pipeline.catch((error: unknown) => {
      // The module is right, and the driver does not take it, or a limit of the device is passed.
      const { message } = error instanceof Error ? error : { message: String(error) };
      throw new ShaderError(spec.label, [message], error);
    });
  }
}

/**
 * A kernel that was chosen on an earlier start; `null` where the driver, another one by now, no longer
 * compiles it.
 */
export const ifItCompiles = <T>(kernel: Promise<T>): Promise<T | null> =>
  kernel.catch((error: unknown) => {
    if (error instanceof ShaderError) return null;
    throw error;
  });

/** Encodes dispatches [first, end) of a list for a step of `nTokens` tokens. */
export function encode(
  pass: GPUComputePassEncoder,
  dispatches: readonly Dispatch[],
  nTokens: number,
  first = 0,
  end = dispatches.length,
): void {
  for (let i = first; i < end; i++) {
    const { pipeline, bindGroup, workgroups } = dispatches[i]!;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    const [x, y = 1, z = 1] = workgroups(nTokens);
    pass.dispatchWorkgroups(x, y, z);
  }
}

const bound = ({ buffer, offset, sizeBytes }: GpuRange) => ({ buffer, offset, size: sizeBytes });
