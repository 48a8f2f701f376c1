import { CancelledError, PromptError, type WireError } from "../ground/errors";
import { counted } from "../ground/figures";
import type { MemoryScope } from "../engine/gpu/buffers";
import type { Gpu } from "../engine/gpu/device";
import { withKvType } from "../engine/runtime/compile/kernels";
import type { TunerStore } from "../engine/runtime/compile/tuner/tune";
import { loadWeights, type LoadedWeights } from "../engine/runtime/load";
import { buildModel, type Model } from "../engine/runtime/model";
import { Session } from "../engine/runtime/session";
import { StageClock } from "../engine/runtime/shape/stages";
import { checkOnce, type RememberedCheck } from "../engine/runtime/self-check/remembered";
import { FIRST_ROOM } from "../engine/runtime/state/kv-room";
import type { ChooseFormat } from "../engine/runtime/weights/weights-plan";
import type { ModelConfig } from "../engine/weights/config/model-config";
import { stretched } from "../engine/weights/config/yarn";
import { DigestedSource } from "./chat/digested-source";
import { fingerprintOf } from "./chat/fingerprint";
import type { ChatStates } from "./chat/chat-states";
import type { Running } from "./chat/running-model";
import { saveUnsaved, takeUpChat } from "./chat/unsaved-chat";
import { GpuTurns } from "./gpu-turns";
import type { ReadHeader } from "./models/describe";
import { wrongNumbers } from "./wrong-numbers";
import { memoryBudgetBytes } from "./models/plan/memory-budget";
import { fittingContext, planLoad } from "./models/plan/plan-load";
import { describeTuning } from "./reports";
import type { LoadedModel, LoadOptions, LoadProgress } from "./rpc/protocol/load";
import { identityOf, isSameLoad, type LoadIdentity } from "./rpc/protocol/load-identity";
import type { ModelId } from "./rpc/protocol/model";
import { t } from "../language/language";

interface LoadRequest {
  readonly id: ModelId;
  readonly header: ReadHeader;
  readonly options: LoadOptions;
  readonly progress: (progress: LoadProgress) => void;
  readonly signal: AbortSignal;
}

/** The surroundings of a load while it is made: whom it tells, and when it is to end. */
type Making = Pick<LoadRequest, "header" | "progress" | "signal"> & { readonly clock: StageClock };

/** The device and the one model on it. What is asked of them stands in `calls/`, a file a subject. */
export class Engine {
  readonly gpu: GpuTurns;
  #running: Running | null = null;

  constructor(
    onDeviceLost: (error: WireError) => void,
    readonly tunerStore?: TunerStore,
    readonly chatStates?: ChatStates,
  ) {
    this.gpu = new GpuTurns((error) => {
      this.#running = null;
      onDeviceLost(error);
    });
  }

  /** The model on the GPU; `null` without one. */
  get running(): Running | null {
    return this.#running;
  }

  /** @throws PromptError  without one */
  loaded(): Running {
    if (this.#running) return this.#running;
    throw new PromptError("prompt", t("No model is loaded, so there is nothing to answer with."), {
      hint: t("Choose a model in the model panel."),
    });
  }

  /** Returns whether `id` is on the GPU, and so must not be deleted under it. */
  isLoaded(id: ModelId): boolean {
    return this.#running?.id === id;
  }

  /**
   * Puts a model in the place of the one before; the same one with another context keeps its weights, unless
   * they are to be quantized or multiplied otherwise.
   *
   * @throws CancelledError  when `signal` aborts; before its turn nothing has changed, at the very end the
   *   model stays loaded
   */
  load({ id, options, ...request }: LoadRequest): Promise<LoadedModel> {
    return this.gpu.inTurn(async () => {
      const { header, signal } = request;
      if (signal.aborted) throw new CancelledError();
      const clock = new StageClock();
      const gpu = await clock.during("device", () => this.gpu.device());
      const { plan, chooseFormat } = planLoad(gpu, header, options);
      const wanted = identityOf(id, plan);
      if (!this.#running || !isSameLoad(this.#running, wanted, "weights")) await this.#unloadNow();
      if (!this.#running || !isSameLoad(this.#running, wanted, "context"))
        await this.#replace(gpu, wanted, chooseFormat, { ...request, clock });
      if (signal.aborted) throw new CancelledError();
      const { check, weights } = this.loaded();
      const { tuning, transport } = weights;
      // Of packed safetensors more bytes go to the GPU than are read.
      const bytes = Math.min(transport.bytes, header.description.sizeBytes);
      return {
        id,
        description: header.description,
        plan,
        contextLength: plan.contextLength,
        stages: clock.stages,
        transport: { ...transport, bytes },
        tuned: describeTuning(tuning),
        check,
      };
    });
  }

  unload(): Promise<void> {
    return this.gpu.inTurn(() => this.#unloadNow());
  }

  /**
   * Runs `work` on the loaded model once it is a chat's turn: the reading of the one before is saved first.
   */
  async withChat<T>(chatId: string | undefined, work: (running: Running) => Promise<T>): Promise<T> {
    const running = this.loaded();
    await takeUpChat(running, this.chatStates, chatId);
    return work(running);
  }

  /** Runs `work` on the loaded weights with a state of their own: the conversation's is left alone. */
  async onScratch<T>(
    what: string,
    wantedCapacity: number,
    work: (gpu: Gpu, scratch: { readonly model: Model; readonly scope: MemoryScope }) => Promise<T>,
  ): Promise<T> {
    const [gpu, { header, weights }] = [await this.gpu.device(), this.loaded()];
    const scope = gpu.memory.scope();
    try {
      const capacity = fittingContext(header.config, wantedCapacity);
      const model = await gpu.memory.checked(
        t("{what} of {tokens}", { what, tokens: counted(capacity, "token") }),
        () => buildModel(gpu, scope, header.config, weights.weights, weights.kernels, { capacity }),
      );
      return await work(gpu, { model, scope });
    } finally {
      scope.dispose();
    }
  }

  /** Makes the context that is wanted and, where no model is loaded, its weights. */
  async #replace(gpu: Gpu, wanted: LoadIdentity, chooseFormat: ChooseFormat, making: Making): Promise<void> {
    await saveUnsaved(this.#running, this.chatStates);
    const former = this.#running;
    const made = former ?? (await this.#weights(gpu, wanted, chooseFormat, making));
    former?.scope.dispose();
    this.#running = null;
    try {
      this.#running = await this.#run(gpu, wanted, made, making);
    } catch (error) {
      // The context that was there before still fits: the weights are not read again for it.
      if (former) this.#running = await this.#run(gpu, former, former, making).catch(() => null);
      if (!this.#running) made.weights.scope.dispose();
      throw error;
    }
  }

  async #weights(
    gpu: Gpu,
    { kv: kvType, precision }: LoadIdentity,
    chooseFormat: ChooseFormat,
    { header: { source, gguf, config }, clock, progress: onProgress, signal }: Making,
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
    { id, quantize, precision, kv, yarn, contextLength }: LoadIdentity,
    { weights, digest }: { readonly weights: LoadedWeights; readonly digest: string },
    { header, clock, progress }: Making,
  ): Promise<Running> {
    const load = { id, quantize, precision, kv, yarn, contextLength };
    const config = stretched(header.config, yarn);
    const { compiler } = gpu;
    const makeChecked = async (chosen: Pick<LoadedWeights, "kernels" | "tuning">) => {
      const kernels = await withKvType(compiler, config, chosen.kernels, kv);
      return this.#checkedSession(gpu, config, { ...weights, ...chosen, kernels }, contextLength, clock);
    };
    progress({ phase: "warming" });
    let made = await makeChecked(weights);
    let replaced: string | null = null;
    if (!made.check.isRight) {
      made.scope.dispose();
      const plain = await makeChecked(await weights.untuned());
      if (!plain.check.isRight) {
        plain.scope.dispose();
        throw wrongNumbers(plain.check, precision);
      }
      replaced = made.check.from;
      made = plain;
    }
    const { scope, session } = made;
    const { difference, nTokens, isRemembered } = made.check;
    try {
      await clock.during("first token", () => session.warmUp());
      return {
        ...load,
        header,
        weights: made.weights,
        check: { difference, nTokens, isRemembered, replaced },
        digest,
        scope,
        session,
        owner: {
          modelId: id,
          modelName: header.description.name,
          fingerprint: fingerprintOf(digest, load, config),
        },
        chatInMemory: null,
        unsavedChat: null,
        lastAnswer: null,
      };
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  /** A session on these kernels, and whether they are right on this device. */
  async #checkedSession(
    gpu: Gpu,
    config: ModelConfig,
    weights: LoadedWeights,
    capacity: number,
    clock: StageClock,
  ): Promise<Pick<Running, "weights" | "scope" | "session"> & { readonly check: RememberedCheck }> {
    const scope = gpu.memory.scope();
    try {
      const session = await clock.during("context", () =>
        gpu.memory.checked(t("a context of {tokens}", { tokens: counted(capacity, "token") }), () => {
          const options = { capacity, room: FIRST_ROOM };
          const model = buildModel(gpu, scope, config, weights.weights, weights.kernels, options);
          const keeper = this.chatStates?.keeper;
          return new Session(gpu, model, scope, { keeper, budgetBytes: memoryBudgetBytes() });
        }),
      );
      const check = await clock.during("self-check", () => checkOnce(gpu, session.model, this.tunerStore));
      return { weights, scope, session, check };
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  async #unloadNow(): Promise<void> {
    await saveUnsaved(this.#running, this.chatStates);
    this.#running?.scope.dispose();
    this.#running?.weights.scope.dispose();
    this.#running = null;
  }
}
