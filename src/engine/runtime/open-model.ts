import type { MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import type { ByteSource } from "../weights/bytes/byte-source";
import { readModelConfig } from "../weights/config/config";
import type { ModelConfig } from "../weights/config/model-config";
import type { KvType } from "../../ground/kv-type";
import { counted } from "../../ground/figures";
import type { GgufFile } from "../weights/gguf/gguf";
import { withKnownNames } from "../weights/config/known-names";
import { readModelFile } from "../weights/gguf/split-gguf";
import type { DecodeMapping } from "./compile/decode-mapping";
import type { MatmulChoice, Precision } from "./compile/prefill-products";
import { loadWeights, type LoadedWeights, type LoadProgress } from "./load";
import { longestContext } from "./memory-plan";
import type { DeltaRuleForm } from "../kernels/delta-net/delta-rule-forms";
import { buildModel, type Model } from "./model";
import type { ChooseFormat } from "./weights/weights-plan";
import { t } from "../../language/language";

export interface OpenModelOptions {
  /** Tokens of context; less where the model holds less. */
  readonly contextLength: number;
  /** f16 where the device has it, unless said otherwise. */
  readonly precision?: Precision;
  /** f16 unless said otherwise. */
  readonly kvType?: KvType;
  /**
   * Tokens to allocate keys and values for at once, and of a segment of them at most; as {@link buildModel}
   * takes them.
   */
  readonly room?: number;
  readonly segmentTokens?: number;
  readonly chooseFormat?: ChooseFormat;
  /** Prefill's delta rule; the tuner chooses unless this says. */
  readonly deltaRule?: DeltaRuleForm;
  /**
   * The mapping of decode's products where the tuner does not choose; the adapter's own unless said
   * otherwise.
   */
  readonly decodeMapping?: DecodeMapping;
  /**
   * All of prefill's products; the precision's baseline, and what the tuner finds to be faster, unless this
   * says.
   */
  readonly matmul?: MatmulChoice | undefined;
  readonly allLogits?: boolean;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

export interface OpenModel {
  readonly gguf: GgufFile;
  readonly config: ModelConfig;
  readonly loaded: LoadedWeights;
  readonly model: Model;
  /** State, working memory and what is made for them. */
  readonly scope: MemoryScope;
  dispose(): void;
}

/** A model whose header has been read; offsets of `gguf` are into `source`. */
export interface ReadModel {
  readonly gguf: GgufFile;
  readonly config: ModelConfig;
  readonly source: ByteSource;
}

/** From the bytes of a GGUF to a model that can run. */
export async function openModel(gpu: Gpu, source: ByteSource, options: OpenModelOptions): Promise<OpenModel> {
  const gguf = withKnownNames(await readModelFile(source));
  return openReadModel(gpu, { gguf, config: readModelConfig(gguf), source }, options);
}

/** The same for a model of any file format, once its header has been read. */
export async function openReadModel(
  gpu: Gpu,
  { gguf, config, source }: ReadModel,
  options: OpenModelOptions,
): Promise<OpenModel> {
  const precision = options.precision ?? (gpu.hasF16 ? "f16" : "f32");
  const {
    room,
    segmentTokens,
    allLogits = false,
    kvType,
    chooseFormat,
    deltaRule,
    decodeMapping,
    matmul,
    onProgress,
    signal,
  } = options;
  const loaded = await loadWeights(gpu, source, gguf, config, {
    precision,
    ...(kvType && { kvType }),
    ...(chooseFormat && { chooseFormat }),
    ...(deltaRule && { deltaRule }),
    ...(decodeMapping && { decodeMapping }),
    matmul,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const scope = gpu.memory.scope();
  try {
    const capacity = Math.max(1, Math.min(options.contextLength, longestContext(config)));
    const model = await gpu.memory.checked(
      t("a context of {tokens}", { tokens: counted(capacity, "token") }),
      () =>
        buildModel(gpu, scope, config, loaded.weights, loaded.kernels, {
          capacity,
          allLogits,
          ...(room !== undefined && { room }),
          ...(segmentTokens !== undefined && { segmentTokens }),
        }),
    );
    return {
      gguf,
      config,
      loaded,
      model,
      scope,
      dispose: () => {
        scope.dispose();
        loaded.scope.dispose();
      },
    };
  } catch (error) {
    scope.dispose();
    loaded.scope.dispose();
    throw error;
  }
}
