import { counted, formatCount } from "../../../ground/figures";
import { checkLimits } from "./config-limits";
import { ConfigMetadata, refuse } from "./config-metadata";
import { checkTensors } from "./config-tensors";
import { readHadamard } from "./hadamard";
import type {
  AttentionConfig,
  DeltaNetConfig,
  ExpertsConfig,
  LayerKind,
  ModelConfig,
  YarnConfig,
} from "./model-config";
import type { GgufFile } from "../gguf/gguf";
import { refuseParts } from "./gguf-kind";
import { trunkLayers } from "./trunk-layers";
import { t } from "../../../language/language";

const defaultFullAttentionInterval = 4;

/**
 * The model a file holds, its sizes checked against its tensors and against what the kernels can do
 * (config-limits.ts). Metadata keys: docs/model.md#gguf.
 *
 * @throws UnsupportedModelError  if it is anything but a Qwen3.5, dense or of experts, in formats this engine
 *   runs
 */
export function readModelConfig(gguf: GgufFile): ModelConfig {
  const sizes = readSizes(gguf, () => vocabSizeOf(gguf));
  checkTensors(gguf, sizes);
  const hadamard = readHadamard(gguf);
  return hadamard ? { ...sizes, hadamard } : sizes;
}

/**
 * The sizes alone, of a header that need not list its tensors.
 *
 * @throws UnsupportedModelError  as {@link readModelConfig}, but for the tensors
 */
export function readSizes(gguf: GgufFile, vocabSize: () => number): ModelConfig {
  const architecture = checkArchitecture(gguf);
  const metadata = new ConfigMetadata(gguf.metadata, `${architecture}.`);
  const nLayers = trunkLayers(gguf, metadata);
  const layerKinds = readLayerKinds(metadata, nLayers);
  const experts = architecture === "qwen35moe" ? readExperts(gguf, metadata, nLayers) : undefined;
  const config: ModelConfig = {
    name: metadata.text("general.name") ?? "unnamed",
    architecture,
    vocabSize: vocabSize(),
    hiddenSize: metadata.count("embedding_length"),
    intermediateSize: metadata.countOfLayers(experts ? sharedWidthKey(metadata) : "feed_forward_length"),
    nLayers,
    layerKinds,
    contextLength: metadata.count("context_length"),
    rmsNormEps: metadata.positive("attention.layer_norm_rms_epsilon"),
    hasTiedHead: !gguf.tensors.has("output.weight"),
    attention: readAttention(metadata),
    deltaNet: readDeltaNet(metadata),
    ...(experts && { experts }),
  };
  checkLimits(config);
  return config;
}

const architectures: readonly string[] = ["qwen35", "qwen35moe"] satisfies ModelConfig["architecture"][];

/** @throws UnsupportedModelError  when what a file says of itself is no model that is run */
export function checkArchitecture(gguf: GgufFile): ModelConfig["architecture"] {
  refuseParts(gguf);
  const metadata = new ConfigMetadata(gguf.metadata, "qwen35.");
  const found = metadata.text("general.architecture");
  if (found === undefined || !architectures.includes(found))
    refuse(
      found === undefined
        ? t(
            'The file does not say its architecture; this app runs Qwen3.5, "qwen35", or with experts "qwen35moe".',
          )
        : t(
            'The file\'s architecture is "{found}"; this app runs Qwen3.5, "qwen35", or with experts "qwen35moe".',
            { found },
          ),
    );
  const nExperts = metadata.optionalNumber("expert_count") ?? 0;
  const expertTensor = [...gguf.tensors.keys()].find((name) => /_(exps|shexp|inp)\./.test(name));
  if (found === "qwen35" && (nExperts > 0 || expertTensor !== undefined))
    refuse(
      t('The model is a mixture of experts ({what}) by its tensors, and says it is dense, "qwen35".', {
        what:
          expertTensor === undefined
            ? counted(nExperts, "expert")
            : t('tensor "{name}"', { name: expertTensor }),
      }),
    );
  return found as ModelConfig["architecture"];
}

/** The key of the shared expert's width: where it has none of its own, it is as wide as the others. */
const sharedWidthKey = (metadata: ConfigMetadata) =>
  metadata.has("expert_shared_feed_forward_length")
    ? "expert_shared_feed_forward_length"
    : "expert_feed_forward_length";

function readExperts({ tensors }: GgufFile, metadata: ConfigMetadata, nLayers: number): ExpertsConfig {
  return {
    count: metadata.countOfLayers("expert_count"),
    used: metadata.countOfLayers("expert_used_count"),
    width: metadata.countOfLayers("expert_feed_forward_length"),
    hasSharedGate: tensors.size === 0 || tensors.has("blk.0.ffn_gate_inp_shexp.weight"),
    isFused: Array.from({ length: nLayers }, (_, layer) =>
      tensors.has(`blk.${layer}.ffn_gate_up_exps.weight`),
    ),
  };
}

function vocabSizeOf(gguf: GgufFile): number {
  if (gguf.tensors.size === 0)
    refuse(
      t("The file is a tokenizer alone: it has a header, and no weights."),
      t("Choose the model itself, a .gguf file of hundreds of megabytes or more."),
    );
  const embedding = gguf.tensors.get("token_embd.weight");
  if (!embedding) refuse(t('The file has no tensor "token_embd.weight"; every Qwen3.5 has one.'));
  const vocabSize = embedding.shape[0]!;
  const tokens = gguf.metadata.get("tokenizer.ggml.tokens");
  if (Array.isArray(tokens) && tokens.length > vocabSize)
    refuse(
      t('The tokenizer has {tokens}; "token_embd.weight" has rows for {vocabSize}.', {
        tokens: counted(tokens.length, "token"),
        vocabSize: formatCount(vocabSize),
      }),
    );
  return vocabSize;
}

/**
 * Newer files list the recurrent layers, some give linear layers 0 kv heads; else every fourth layer is full.
 */
function readLayerKinds(metadata: ConfigMetadata, nLayers: number): LayerKind[] {
  const kinds = (isLinear: (layer: number) => boolean) =>
    Array.from({ length: nLayers }, (_, layer): LayerKind => (isLinear(layer) ? "linear" : "full"));
  if (nLayers > 1024)
    refuse(
      t("The file says it has {layers}; this app runs up to 1,024.", { layers: counted(nLayers, "layer") }),
    );
  const recurrent = metadata.perLayer("attention.recurrent_layers", nLayers);
  if (recurrent) return kinds((layer) => recurrent[layer] !== 0);
  const nKvHeads = metadata.perLayer("attention.head_count_kv", nLayers);
  if (nKvHeads?.includes(0)) return kinds((layer) => nKvHeads[layer] === 0);
  const interval = metadata.optionalNumber("full_attention_interval") ?? defaultFullAttentionInterval;
  if (!(Number.isInteger(interval) && interval >= 1))
    refuse(
      t('"qwen35.full_attention_interval" is {interval}; it must be a whole number from 1.', { interval }),
    );
  return kinds((layer) => (layer + 1) % interval !== 0);
}

function readAttention(metadata: ConfigMetadata): AttentionConfig {
  const headDim = metadata.count("attention.key_length");
  const valueLength = metadata.optionalNumber("attention.value_length") ?? headDim;
  if (valueLength !== headDim)
    refuse(
      t("Attention values have {valueLength} dims and keys {headDim}; in Qwen3.5 they are equal.", {
        valueLength,
        headDim,
      }),
    );
  const yarn = readYarn(metadata);
  return {
    nHeads: metadata.countOfLayers("attention.head_count"),
    nKvHeads: metadata.countOfLayers("attention.head_count_kv"),
    headDim,
    rotaryDim: metadata.count("rope.dimension_count"),
    ropeTheta: metadata.positive("rope.freq_base"),
    ...(yarn && { yarn }),
  };
}

function readYarn(metadata: ConfigMetadata): YarnConfig | undefined {
  const type = metadata.ownText("rope.scaling.type") ?? "none";
  if (type === "none") return undefined;
  if (type !== "yarn")
    refuse(t('The file scales its rotation by "{type}"; this app knows "yarn" and "none".', { type }));
  const optional = (key: string, standard: number) =>
    metadata.optionalNumber(`rope.scaling.${key}`) ?? standard;
  const factor = metadata.positive("rope.scaling.factor");
  if (factor < 1) refuse(t('"qwen35.rope.scaling.factor" is {factor}; YaRN\'s is at least 1.', { factor }));
  // llama.cpp too multiplies the file's own factor by the paper's 0.1 ln(factor) + 1.
  const attentionFactor =
    (0.1 * Math.log(factor) + 1) * optional("attn_factor", optional("yarn_attn_factor", 1));
  return {
    factor,
    originalContextLength: metadata.count("rope.scaling.original_context_length"),
    betaFast: optional("yarn_beta_fast", 32),
    betaSlow: optional("yarn_beta_slow", 1),
    attentionFactor,
  };
}

function readDeltaNet(metadata: ConfigMetadata): DeltaNetConfig {
  const nValueHeads = metadata.count("ssm.time_step_rank");
  const innerSize = metadata.count("ssm.inner_size");
  if (innerSize % nValueHeads !== 0)
    refuse(
      t('"qwen35.ssm.inner_size" is {innerSize}, no multiple of the {nValueHeads} value heads.', {
        innerSize,
        nValueHeads,
      }),
    );
  const nKeyHeads = metadata.count("ssm.group_count");
  // Ollama's converter says whether it tiled the value heads; every other converter does.
  if (metadata.flag("ssm.v_head_reordered") === false && nKeyHeads !== nValueHeads)
    refuse(
      t(
        'The value heads are grouped by key head ("qwen35.ssm.v_head_reordered" is false); this app reads them tiled.',
      ),
    );
  return {
    nKeyHeads,
    nValueHeads,
    keyDim: metadata.count("ssm.state_size"),
    valueDim: innerSize / nValueHeads,
    convKernel: metadata.count("ssm.conv_kernel"),
  };
}
