import { create } from "webgpu";
import type { FaultKind, Faults } from "./faults";
import "../gpu/gpu"; // chooses the adapter of this process

const LOSS: readonly FaultKind[] = ["lost"];
/** The browser tells of a loss a little later than calls begin to fail. */
const NEWS_MS = 3;

/** The device dies when what `create` returned is collected. */
const kept: GPU[] = [];

/** A GPU whose calls fail, with what it shows of itself. */
export interface FaultyGpu {
  readonly gpu: GPU;
  /** Bytes of the buffers of all devices that are not destroyed, but of those that were lost. */
  liveBytes(): number;
  /**
   * Errors that no scope caught, and buffers that no scope for memory was around, since this was asked last.
   */
  uncaught(): readonly string[];
}

/**
 * Dawn's GPU as a browser gives it, of which single calls fail. All its devices are one device of Dawn's, so
 * that a pipeline is compiled once, however often the app opens a device.
 */
export async function openFaultyGpu(faults: Faults): Promise<FaultyGpu> {
  const instance = create([]);
  kept.push(instance);
  const adapter = (await instance.requestAdapter({}))!;
  const features = [...adapter.features].filter((name) => name !== "timestamp-query") as GPUFeatureName[];
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const requiredLimits = { maxStorageBufferBindingSize, maxBufferSize };
  const real = await adapter.requestDevice({ requiredFeatures: features, requiredLimits });
  const uncaught: string[] = [];
  real.addEventListener("uncapturederror", ({ error }) => uncaught.push(error.message));
  const pipelines = new PipelineCache(real);
  let devices: FaultyDevice[] = [];

  const requestDevice = () => {
    const fault = faults.at("requestDevice", ["refused"]);
    if (fault) return Promise.reject(new DOMException("a test refuses the device", "OperationError"));
    const device = new FaultyDevice(real, pipelines, faults, uncaught);
    devices.push(device);
    return Promise.resolve(device.device);
  };
  const requestAdapter = () => {
    if (faults.at("requestAdapter", ["refused"])) return Promise.resolve(null);
    const { limits, info } = adapter;
    return Promise.resolve({ features: new Set(features), limits, info, requestDevice });
  };
  const { wgslLanguageFeatures } = instance;
  return {
    gpu: { requestAdapter, wgslLanguageFeatures } as unknown as GPU,
    liveBytes: () => {
      for (const device of devices) device.freeIfLost();
      devices = devices.filter((device) => device.liveBytes() > 0);
      return devices.reduce((sum, device) => sum + device.liveBytes(), 0);
    },
    uncaught: () => uncaught.splice(0),
  };
}

/** Pipelines and modules by their code. */
class PipelineCache {
  readonly #modules = new Map<string, GPUShaderModule>();
  readonly #codes = new WeakMap<GPUShaderModule, string>();
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(readonly device: GPUDevice) {}

  module(descriptor: GPUShaderModuleDescriptor): GPUShaderModule {
    const known = this.#modules.get(descriptor.code);
    if (known) return known;
    const made = this.device.createShaderModule(descriptor);
    this.#modules.set(descriptor.code, made);
    this.#codes.set(made, descriptor.code);
    return made;
  }

  pipeline(descriptor: GPUComputePipelineDescriptor): Promise<GPUComputePipeline> {
    const { module, constants } = descriptor.compute;
    const key = `${JSON.stringify(constants ?? {})}\n${this.#codes.get(module) ?? ""}`;
    let pipeline = this.#pipelines.get(key);
    if (!pipeline) {
      pipeline = this.device.createComputePipelineAsync(descriptor);
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }
}

interface Scope {
  readonly filter: GPUErrorFilter;
  error: GPUError | null;
}

/** A device that can be lost, out of memory, or refuse. */
class FaultyDevice {
  readonly device: GPUDevice;
  readonly #real: GPUDevice;
  readonly #faults: Faults;
  readonly #live = new Set<GPUBuffer>();
  readonly #scopes: Scope[] = [];
  readonly #uncaught: string[];
  readonly #lost: Promise<GPUDeviceLostInfo>;
  #tellLost: (info: GPUDeviceLostInfo) => void = () => undefined;
  #isLost = false;

  constructor(real: GPUDevice, pipelines: PipelineCache, faults: Faults, uncaught: string[]) {
    this.#real = real;
    this.#faults = faults;
    this.#uncaught = uncaught;
    this.#lost = new Promise((resolve) => (this.#tellLost = resolve));
    const queue = this.#queue();
    const own: Record<string, unknown> = {
      lost: this.#lost,
      queue,
      destroy: () => undefined,
      addEventListener: () => undefined,
      createBuffer: (wanted: GPUBufferDescriptor) => this.#createBuffer(wanted),
      createShaderModule: (descriptor: GPUShaderModuleDescriptor) => {
        this.#strike("createShaderModule", LOSS);
        return pipelines.module(descriptor);
      },
      createComputePipelineAsync: (descriptor: GPUComputePipelineDescriptor) => {
        const fault = this.#strike("createComputePipelineAsync", ["lost", "refused"]);
        if (fault === "refused")
          return Promise.reject(new DOMException("a test refuses the pipeline", "GPUPipelineError"));
        return pipelines.pipeline(descriptor);
      },
      pushErrorScope: (filter: GPUErrorFilter) => {
        this.#scopes.push({ filter, error: null });
        real.pushErrorScope(filter);
      },
      popErrorScope: () => {
        this.#strike("popErrorScope", LOSS);
        const scope = this.#scopes.pop();
        const isLost = this.#isLost;
        return real.popErrorScope().then((error) => (isLost ? null : (scope?.error ?? error)));
      },
    };
    for (const call of ["createBindGroup", "createBindGroupLayout", "createPipelineLayout"] as const)
      own[call] = (descriptor: never) => {
        this.#strike(call, LOSS);
        return (real[call] as (descriptor: never) => unknown).call(real, descriptor);
      };
    own["createCommandEncoder"] = () => {
      this.#strike("createCommandEncoder", LOSS);
      return real.createCommandEncoder();
    };
    this.device = over(real, own);
  }

  liveBytes(): number {
    return [...this.#live].reduce((sum, { size }) => sum + size, 0);
  }

  /** The app has nothing to give back of a device that is gone. */
  freeIfLost(): void {
    if (this.#isLost) for (const buffer of this.#live) buffer.destroy();
  }

  #strike(call: string, kinds: readonly FaultKind[]): FaultKind | null {
    const fault = this.#faults.at(call, kinds);
    if (fault === "lost" && !this.#isLost) {
      this.#isLost = true;
      const info = { reason: "unknown", message: "a test" } as GPUDeviceLostInfo;
      setTimeout(() => this.#tellLost(info), NEWS_MS);
    }
    return fault;
  }

  #createBuffer(wanted: GPUBufferDescriptor): GPUBuffer {
    const fault = this.#strike("createBuffer", ["lost", "out-of-memory"]);
    if (!this.#scopes.some(({ filter }) => filter === "out-of-memory"))
      this.#uncaught.push(`not checked for memory: ${wanted.label ?? ""}`);
    const buffer = fault === "out-of-memory" ? this.#refusedBuffer(wanted) : this.#real.createBuffer(wanted);
    const destroy = buffer.destroy.bind(buffer);
    const mapAsync = buffer.mapAsync.bind(buffer);
    if (fault !== "out-of-memory") this.#live.add(buffer);
    buffer.destroy = () => {
      this.#live.delete(buffer);
      return destroy();
    };
    buffer.mapAsync = async (...args) => {
      const failure = this.#strike("mapAsync", ["lost", "refused"]);
      if (this.#isLost) throw new DOMException("the device is lost", "AbortError");
      if (failure === "refused") throw new DOMException("a test refuses to map", "OperationError");
      await mapAsync(...args);
    };
    return buffer;
  }

  /** The buffer that a device without memory gives: every use of it is an error. */
  #refusedBuffer(wanted: GPUBufferDescriptor): GPUBuffer {
    const scope = this.#scopes.findLast(({ filter }) => filter === "out-of-memory");
    const error = { message: `no memory for ${wanted.label ?? "a buffer"}` } as GPUError;
    if (scope) scope.error ??= error;
    this.#real.pushErrorScope("validation");
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE;
    const buffer = this.#real.createBuffer({ label: "refused", size: wanted.size, usage });
    void this.#real.popErrorScope();
    return buffer;
  }

  #queue(): GPUQueue {
    const { queue } = this.#real;
    return over(queue, {
      submit: (buffers: Iterable<GPUCommandBuffer>) => {
        this.#strike("submit", LOSS);
        if (!this.#isLost) queue.submit(buffers);
      },
      writeBuffer: (...args: Parameters<GPUQueue["writeBuffer"]>) => {
        this.#strike("writeBuffer", LOSS);
        if (!this.#isLost) queue.writeBuffer(...args);
      },
      onSubmittedWorkDone: () => {
        this.#strike("onSubmittedWorkDone", LOSS);
        return queue.onSubmittedWorkDone();
      },
    });
  }
}

/** An object of Dawn's with some of its members replaced; the others need their own `this`. */
function over<T extends object>(real: T, own: Readonly<Record<string, unknown>>): T {
  return new Proxy(real, {
    get: (target, name) => {
      if (typeof name === "string" && name in own) return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
