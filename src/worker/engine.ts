import { AppError, CancelledError, PromptError, toWireError, type WireError } from "../ground/errors";
import type { EngineReport } from "../instruments/debug/engine-report";
import type { MemoryScope } from "../engine/gpu/buffers";
import { openGpu, type Gpu } from "../engine/gpu/device";
import { loadWeights, type LoadedWeights } from "../engine/runtime/load";
import {
  estimateMemory,
  type EstimatedWeights,
  type MemoryEstimate,
} from "../engine/runtime/memory-estimate";
import { kvTypeFor, longestContext } from "../engine/runtime/memory-plan";
import { buildModel, type Model } from "../engine/runtime/model";
import { Session } from "../engine/runtime/session";
import { StageClock } from "../engine/runtime/shape/stages";
import type { TunerStore } from "../engine/runtime/compile/tuner/tune";
import { withKvType } from "../engine/runtime/compile/kernels";
import { FIRST_ROOM } from "../engine/runtime/state/kv-room";
import type { ChooseFormat } from "../engine/runtime/weights/weights-plan";
import type { ModelConfig } from "../engine/weights/config/model-config";
import { stretched } from "../engine/weights/config/yarn";
import type { ReadHeader } from "./models/describe";
import { answer } from "./chat/answering";
import { inspectAnswer, type InspectTextRequest } from "./chat/inspecting";
import { makeRoom } from "./chat/make-room";
import { nothingRead, prepare, type PrepareTextRequest } from "./chat/preparing";
import { describeTuning, reportEngine, reportMemory, reportPlan } from "./reports";
import { isSameContext, isSameModel, type Context, type Running } from "./chat/running-model";
import { planModel } from "./models/plan-model";
import type { PlannedTarget } from "./models/plan-target";
import type { TextRequest } from "./chat/prompt-documents";
import { DigestedSource } from "./chat/digested-source";
import { fingerprintOf } from "./chat/fingerprint";
import type { KeptChats } from "./chat/kept-chats";
import { memoryBudgetBytes } from "./models/memory-budget";
import type {
  BenchProgress,
  BenchReport,
  BenchRequest,
  LabProgress,
  LabRequest,
  LabResult,
  ProfileReport,
  ProfileRequest,
} from "./rpc/protocol/measure";
import type { DeviceReport, LayerPlanReport, MemoryReport, StateReport } from "./rpc/protocol/inspect";
import type { GenerateEvent, GenerateResult, Room } from "./rpc/protocol/chat";
import type { LoadedModel, LoadOptions, LoadProgress, MemoryPlan } from "./rpc/protocol/load";
import type { ModelId } from "./rpc/protocol/model";
import type { PrepareProgress, PrepareResult } from "./rpc/protocol/reading";

interface LoadRequest {
  readonly id: ModelId;
  readonly header: ReadHeader;
  readonly options: LoadOptions;
  readonly progress: (progress: LoadProgress) => void;
  readonly signal: AbortSignal;
}

/** The time by which a failure of the GPU may come before the news that the device is lost. */
const LOST_NEWS_MS = 500;

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

/** The device and the one model on it. Calls that touch the GPU run one after another. */
export class Engine {
  #gpu: Promise<Gpu> | null = null;
  #running: Running | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** Ends the idle work that is under way or waits. */
  #idleWork = new AbortController();

  constructor(
    readonly onDeviceLost: (error: WireError) => void,
    readonly tunerStore?: TunerStore,
    readonly keptChats?: KeptChats,
  ) {}

  async start(): Promise<DeviceReport> {
    const gpu = await this.#device();
    return {
      ...gpu.info,
      hasF16: gpu.hasF16,
      hasSubgroups: gpu.hasSubgroups,
      hasInt8Dot: gpu.hasInt8Dot,
      maxBindingBytes: gpu.maxBindingBytes,
      maxBufferBytes: gpu.device.limits.maxBufferSize,
      budgetBytes: memoryBudgetBytes(),
    };
  }

  /** GPU memory at a context, cut to what the model and the device allow. */
  async plan(header: ReadHeader, options: LoadOptions): Promise<MemoryPlan> {
    return planOn(await this.#device(), header, options).plan;
  }

  /** The device, and how it is doing. Waits for nothing that is under way there. */
  async report(): Promise<EngineReport> {
    return reportEngine(await this.#device(), this.#running);
  }

  /** The plan by layer. */
  async planLayers(target: PlannedTarget, options: LoadOptions): Promise<LayerPlanReport> {
    return reportPlan(await this.#device(), target, options);
  }

  /** Reports what lives on the GPU now. Waits for nothing that is under way there. */
  async memory(): Promise<MemoryReport> {
    // not opened for this: one that was lost has nothing left
    return reportMemory(await this.#gpu, this.#running);
  }

  /** About the GPU memory of a model that is not here yet; see {@link estimateMemory}. */
  async estimate(config: ModelConfig, weights: EstimatedWeights): Promise<readonly MemoryEstimate[]> {
    const { maxBindingBytes } = await this.#device();
    return estimateMemory(config, weights, { maxBindingBytes, budgetBytes: memoryBudgetBytes() });
  }

  /**
   * Puts a model in the place of the one before; the same one with another context keeps its weights, unless
   * they are to be quantized or multiplied otherwise.
   *
   * @throws CancelledError  when `signal` aborts; before its turn nothing has changed, at the very end the
   *   model stays loaded
   */
  load({ id, header, options, progress, signal }: LoadRequest): Promise<LoadedModel> {
    return this.#inTurn(async () => {
      if (signal.aborted) throw new CancelledError();
      const clock = new StageClock();
      const gpu = await clock.during("device", () => this.#device());
      const { plan, chooseFormat } = planOn(gpu, header, options);
      const { contextLength, precision } = plan;
      const quantize = plan.quantize?.choice;
      if (!isSameModel(this.#running, { id, quantize, precision })) await this.#unloadNow();
      if (!this.#running || !isSameContext(this.#running, plan)) {
        await this.#saveUnsaved();
        const former = this.#running;
        const { weights, digest } =
          former ?? (await this.#weights(gpu, header, chooseFormat, plan, clock, progress, signal));
        const owner = ownerOf(id, header, `${digest} ${quantize ?? "as stored"}`, plan);
        former?.scope.dispose();
        this.#running = null;
        const run = async (context: Context, owner: Running["owner"]) => ({
          ...(await this.#run(gpu, header, weights, context, clock, progress)),
          id,
          digest,
          quantize,
          precision,
          owner,
        });
        try {
          this.#running = await run(plan, owner);
        } catch (error) {
          // The context that was there before still fits: the weights are not read again for it.
          if (former) this.#running = await run(former, former.owner).catch(() => null);
          if (!this.#running) weights.scope.dispose();
          throw error;
        }
      }
      if (signal.aborted) throw new CancelledError();
      const { tuning, transport } = this.#loaded().weights;
      // Packed safetensors bring more bytes to the GPU than are read.
      const bytes = Math.min(transport.bytes, header.description.sizeBytes);
      const tuned = describeTuning(tuning);
      return {
        id,
        description: header.description,
        plan,
        contextLength,
        stages: clock.stages,
        transport: { ...transport, bytes },
        tuned,
      };
    });
  }

  unload(): Promise<void> {
    return this.#inTurn(() => this.#unloadNow());
  }

  generate(
    request: TextRequest,
    progress: (event: GenerateEvent) => void,
    signal: AbortSignal,
  ): Promise<GenerateResult> {
    return this.#inTurn(async () => {
      const running = this.#loaded();
      await this.#takeUp(running, request.chatId);
      return answer(running, this.keptChats, request, progress, signal);
    });
  }

  /**
   * Reads a conversation up to the end of an answer again, on a state of its own, and tells what its tokens
   * do there.
   *
   * @throws PromptError       when no model is loaded
   * @throws OutOfMemoryError  when there is no room for a second context
   * @throws CancelledError    when `signal` aborts
   */
  inspectState(
    request: InspectTextRequest,
    onRead: (readTokens: number, totalTokens: number) => void,
    signal: AbortSignal,
  ): Promise<StateReport> {
    return this.#inTurn(async () =>
      inspectAnswer(await this.#device(), this.#loaded(), this.keptChats, request, onRead, signal),
    );
  }

  /** Finds what to leave out of a conversation for which the loaded context has no room. */
  makeRoom({
    messages,
    thinking,
    begun,
  }: Pick<TextRequest, "messages" | "thinking" | "begun">): Promise<Room> {
    return this.#inTurn(() => {
      const { header, contextLength } = this.#loaded();
      const options = { thinking, ...(begun && { begun }) };
      return Promise.resolve(makeRoom(header.text, messages, options, contextLength));
    });
  }

  /** Idle work: any later call that needs the GPU ends it, and it resolves with what was read until then. */
  prepare(
    request: PrepareTextRequest,
    progress: (progress: PrepareProgress) => void,
    signal: AbortSignal,
  ): Promise<PrepareResult> {
    this.#endIdleWork();
    const either = AbortSignal.any([signal, this.#idleWork.signal]);
    return this.#afterOthers(async () => {
      const running = this.#loaded();
      if (either.aborted) return nothingRead;
      await this.#takeUp(running, request.chatId);
      return prepare(running, this.keptChats, request, progress, either);
    });
  }

  /**
   * Idle work, as {@link prepare}, which it lets end: stores another chat than `openChatId`, and then gives
   * back what its context takes beyond a new chat's. What can not be stored stays.
   */
  leaveOthers(openChatId: string): Promise<void> {
    const { signal } = this.#idleWork;
    return this.#afterOthers(async () => {
      const running = this.#running;
      if (signal.aborted) return;
      if (!running || running.chatInMemory === null || running.chatInMemory === openChatId) return;
      await this.#saveUnsaved(signal);
      if (running.unsavedChat !== null || signal.aborted) return;
      await running.session.shrinkTo(FIRST_ROOM);
      running.chatInMemory = null;
    });
  }

  /** Its reading is not stored when another chat takes its place. */
  forgetChats(chatIds: readonly string[]): void {
    const running = this.#running;
    if (!running?.unsavedChat || !chatIds.includes(running.unsavedChat)) return;
    this.#endIdleWork();
    running.unsavedChat = null;
  }

  /** Measures device and model with a context of its own, beside the conversation's. */
  bench(
    request: BenchRequest,
    onProgress: (progress: BenchProgress) => void,
    signal: AbortSignal,
  ): Promise<BenchReport> {
    return this.#inTurn(async () => {
      const { benchCapacity, runBench } = await import("../instruments/bench/run"); // rarely wanted
      return this.#onScratch("the bench's context", benchCapacity(request), (gpu, scratch) => {
        const readBytes = gpu.isSoftware ? SOFTWARE_READ_BYTES : READ_BYTES;
        return runBench(gpu, scratch, { ...request, readBytes, kernels: true, onProgress, signal });
      });
    });
  }

  /** Times kernels, layers and a step, with a context of their own, beside the conversation's. */
  profile(
    request: ProfileRequest,
    onProgress: (progress: BenchProgress) => void,
    signal: AbortSignal,
  ): Promise<ProfileReport> {
    return this.#inTurn(async () => {
      const { profileCapacity, profileModel } = await import("../instruments/bench/profile"); // rarely wanted
      return this.#onScratch("the profile's context", profileCapacity(request), (gpu, scratch) => {
        const readBytes = gpu.isSoftware ? SOFTWARE_READ_BYTES : READ_BYTES;
        const limits = gpu.isSoftware ? SOFTWARE_TIME_LIMITS : TIME_LIMITS;
        const chunk = gpu.isSoftware ? Math.min(request.chunk, SOFTWARE_CHUNK) : request.chunk;
        return profileModel(gpu, scratch, { ...request, chunk, readBytes, limits, onProgress, signal });
      });
    });
  }

  /** Runs `work` on the loaded weights with a state of their own: the conversation's is left alone. */
  async #onScratch<T>(
    what: string,
    wantedCapacity: number,
    work: (gpu: Gpu, scratch: { readonly model: Model; readonly scope: MemoryScope }) => Promise<T>,
  ): Promise<T> {
    const [gpu, { header, weights }] = [await this.#device(), this.#loaded()];
    const scope = gpu.memory.scope();
    try {
      const capacity = fittingContext(header.config, wantedCapacity);
      const model = await gpu.memory.checked(`${what} of ${capacity} tokens`, () =>
        buildModel(gpu, scope, header.config, weights.weights, weights.kernels, { capacity }),
      );
      return await work(gpu, { model, scope });
    } finally {
      scope.dispose();
    }
  }

  /** Needs no model, and leaves the one that is loaded alone. */
  runLab(
    request: LabRequest,
    onProgress: (progress: LabProgress) => void,
    signal: AbortSignal,
  ): Promise<LabResult> {
    return this.#inTurn(async () => {
      const { runLab } = await import("../instruments/lab/run"); // rarely wanted
      return runLab(await this.#device(), request, { onProgress, signal });
    });
  }

  /** Returns whether `id` is on the GPU, and so must not be deleted under it. */
  isLoaded(id: ModelId): boolean {
    return this.#running?.id === id;
  }

  /** @throws PromptError  without one */
  #loaded(): Running {
    if (this.#running) return this.#running;
    throw new PromptError("prompt", "No model is loaded, so there is nothing to answer with.", {
      hint: "Choose a model in the model panel.",
    });
  }

  async #weights(
    gpu: Gpu,
    { source, gguf, config }: ReadHeader,
    chooseFormat: ChooseFormat,
    { kv: kvType, precision }: Pick<MemoryPlan, "kv" | "precision">,
    clock: StageClock,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<Pick<Running, "weights" | "digest">> {
    const { tunerStore } = this;
    const digested = new DigestedSource(source, gguf);
    const options = {
      precision,
      chooseFormat,
      kvType,
      tunerStore,
      clock,
      onProgress,
      signal,
    } as const;
    const weights = await loadWeights(gpu, digested, gguf, config, options);
    try {
      return { weights, digest: await digested.digest() };
    } catch (error) {
      weights.scope.dispose();
      throw error;
    }
  }

  async #run(
    gpu: Gpu,
    header: ReadHeader,
    weights: LoadedWeights,
    { contextLength, kv, yarn }: Context,
    clock: StageClock,
    progress: (progress: LoadProgress) => void,
  ): Promise<Omit<Running, "id" | "digest" | "quantize" | "precision" | "owner">> {
    const config = stretched(header.config, yarn);
    const kernels = await withKvType(gpu.compiler, config, weights.kernels, kv);
    const scope = gpu.memory.scope();
    try {
      const session = await clock.during("context", () =>
        gpu.memory.checked(`a context of ${contextLength} tokens`, () => {
          const room = FIRST_ROOM;
          const model = buildModel(gpu, scope, config, weights.weights, kernels, {
            capacity: contextLength,
            room,
          });
          const keeper = this.keptChats?.keeper;
          return new Session(gpu, model, scope, { keeper, budgetBytes: memoryBudgetBytes() });
        }),
      );
      progress({ phase: "warming" });
      await clock.during("first token", () => session.warmUp());
      const context = { contextLength, kv, yarn };
      return {
        header,
        weights: { ...weights, kernels },
        scope,
        session,
        ...context,
        chatInMemory: null,
        unsavedChat: null,
        lastAnswer: null,
      };
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  async #unloadNow(): Promise<void> {
    await this.#saveUnsaved();
    this.#running?.scope.dispose();
    this.#running?.weights.scope.dispose();
    this.#running = null;
  }

  /** Before a chat's reading is written over by another's. */
  async #takeUp(running: Running, chatId: string | undefined): Promise<void> {
    if (running.unsavedChat !== (chatId ?? null)) await this.#saveUnsaved();
    running.unsavedChat = chatId ?? null;
    running.chatInMemory = running.unsavedChat;
  }

  /** Saves what is not saved yet. What can not be stored, or not before `signal` aborts, stays unsaved. */
  async #saveUnsaved(signal?: AbortSignal): Promise<void> {
    const running = this.#running;
    if (!running?.unsavedChat || !this.keptChats) return;
    const owner = { ...running.owner, chatId: running.unsavedChat };
    // A state that can not be stored is read again one day; the question that is asked now goes before.
    const isSaved = await this.keptChats.save(running.session, owner, signal).catch(() => false);
    if (isSaved) running.unsavedChat = null;
  }

  async #device(): Promise<Gpu> {
    if (!this.#gpu) {
      const opening = openGpu(navigator.gpu);
      this.#gpu = opening;
      opening.then(
        (gpu) =>
          void gpu.lost.then((error) => {
            this.#gpu = null;
            this.#running = null;
            this.onDeviceLost(toWireError(error));
          }),
        () => (this.#gpu = null),
      );
    }
    return this.#gpu;
  }

  /**
   * Runs `work` after everything asked for before it; a device that was lost meanwhile is what its failure
   * says.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#endIdleWork();
    return this.#afterOthers(work);
  }

  #endIdleWork(): void {
    this.#idleWork.abort();
    this.#idleWork = new AbortController();
  }

  #afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      const gpu = this.#gpu;
      try {
        return await work();
      } catch (error) {
        // Calls under way when the device goes fail by themselves, often before it says why.
        if (gpu && !(error instanceof AppError)) await Promise.race([(await gpu).lost, pause(LOST_NEWS_MS)]);
        if (gpu && gpu !== this.#gpu) throw await (await gpu).lost;
        throw error;
      }
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function planOn(
  gpu: Gpu,
  header: ReadHeader,
  { contextLength, quantize = null, kv, yarn = null, int8 = false }: LoadOptions,
) {
  const config = stretched(header.config, yarn);
  const capacity = fittingContext(config, contextLength);
  const { plan, chooseFormat, hasCodes } = planModel(header, {
    contextLength: capacity,
    quantize,
    maxBindingBytes: gpu.maxBindingBytes,
    kv: kvTypeFor(kv, capacity),
    yarn: config === header.config ? null : yarn,
    budgetBytes: memoryBudgetBytes(),
  });
  const precision: MemoryPlan["precision"] =
    int8 && hasCodes && gpu.hasInt8Dot ? "int8" : gpu.hasF16 ? "f16" : "f32";
  return { plan: { ...plan, precision }, chooseFormat };
}

function ownerOf(
  id: ModelId,
  { config, description }: ReadHeader,
  weights: string,
  { kv, yarn, precision }: MemoryPlan,
): Running["owner"] {
  const fingerprint = fingerprintOf(weights, stretched(config, yarn), precision, kv);
  return { modelId: id, modelName: description.name, fingerprint };
}

function fittingContext(config: ModelConfig, contextLength: number): number {
  return Math.max(1, Math.min(contextLength, longestContext(config)));
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
