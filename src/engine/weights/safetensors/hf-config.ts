import { counted, formatCount } from "../../../ground/figures";
import type {
  AttentionConfig,
  DeltaNetConfig,
  LayerKind,
  ModelConfig,
  YarnConfig,
} from "../config/model-config";
import { HfFields, refuse, shown } from "./hf-fields";
import { readQuantization, type HfQuantization } from "./hf-quantization";
import { parseJson } from "../bytes/json-fields";
import { mark, t } from "../../../language/language";

/** A model's config.json, read. */
export interface HfConfig {
  /** `hasTiedHead` is undefined where the file does not say: the tensors do. */
  readonly model: Omit<ModelConfig, "hasTiedHead"> & { readonly hasTiedHead: boolean | undefined };
  /**
   * True when config.json says anywhere that the head is the embedding: the text's part and the whole's do
   * not always agree.
   */
  readonly mayTieHead: boolean;
  readonly quantization: HfQuantization;
}

const maxLayers = 1024;
const maxConfigChars = 4 << 20;
const hint = mark(
  "The file is damaged or is of another kind of model. Get it again from where the model is from.",
);

/**
 * The sizes of a dense Qwen3.5 from its config.json. The text model's stand under `text_config`, or at the
 * top in re-saves of the text alone.
 *
 * @throws ModelFormatError       if the text is no JSON object
 * @throws UnsupportedModelError  naming the field that is missing or not of a model this app runs
 */
export function readHfConfig(text: string, name: string): HfConfig {
  if (text.length > maxConfigChars)
    refuse(
      t("The config.json has {characters}; up to {maxConfigChars} are read.", {
        characters: counted(text.length, "character"),
        maxConfigChars: formatCount(maxConfigChars),
      }),
    );
  const top = new HfFields(parseJson(t("The config.json"), text, t(hint)));
  const fields = top.object("text_config") ?? top;
  checkKind(top, fields);
  const nLayers = fields.count("num_hidden_layers");
  if (nLayers > maxLayers)
    refuse(
      t("{field} is {nLayers}; this app runs up to {maxLayers}.", {
        field: fields.nameOf("num_hidden_layers"),
        nLayers,
        maxLayers,
      }),
    );
  return {
    model: {
      name,
      architecture: "qwen35",
      vocabSize: fields.count("vocab_size"),
      hiddenSize: fields.count("hidden_size"),
      intermediateSize: fields.count("intermediate_size"),
      nLayers,
      layerKinds: readLayerKinds(fields, nLayers),
      contextLength: fields.count("max_position_embeddings"),
      rmsNormEps: Math.fround(fields.positive("rms_norm_eps")),
      hasTiedHead: fields.flag("tie_word_embeddings") ?? top.flag("tie_word_embeddings"),
      attention: readAttention(fields),
      deltaNet: readDeltaNet(fields),
    },
    mayTieHead: fields.flag("tie_word_embeddings") === true || top.flag("tie_word_embeddings") === true,
    quantization: readQuantization(top, fields),
  };
}

function checkKind(top: HfFields, fields: HfFields): void {
  for (const at of new Set([top, fields])) {
    const type = at.text("model_type");
    if (type !== undefined && !["qwen3_5", "qwen3_5_text"].includes(type))
      refuse(
        type.includes("moe")
          ? t('{field} is {type}, a mixture of experts; this app runs dense Qwen3.5, "qwen3_5".', {
              field: at.nameOf("model_type"),
              type: shown(type),
            })
          : t('{field} is {type}; this app runs dense Qwen3.5, "qwen3_5".', {
              field: at.nameOf("model_type"),
              type: shown(type),
            }),
      );
  }
  if (!top.has("model_type") && !fields.has("model_type"))
    refuse(t('{field} is missing; this app runs "qwen3_5".', { field: fields.nameOf("model_type") }));
  if (fields.has("num_experts") && fields.values["num_experts"] !== 0)
    refuse(
      t("{field} is {experts}; this app runs dense Qwen3.5.", {
        field: fields.nameOf("num_experts"),
        experts: shown(fields.values["num_experts"]),
      }),
    );
  const fixed: readonly (readonly [string, unknown])[] = [
    ["hidden_act", "silu"],
    ["attention_bias", false],
    ["attn_output_gate", true],
  ];
  for (const [key, value] of fixed)
    if (fields.has(key) && fields.values[key] !== value)
      refuse(
        t("{field} is {value}; in Qwen3.5 it is {expected}.", {
          field: fields.nameOf(key),
          value: shown(fields.values[key]),
          expected: shown(value),
        }),
      );
}

/** `layer_types` names each layer's kind; else every `full_attention_interval`-th layer is full. */
function readLayerKinds(fields: HfFields, nLayers: number): LayerKind[] {
  const kindOf: Readonly<Record<string, LayerKind>> = { full_attention: "full", linear_attention: "linear" };
  const types = fields.values["layer_types"];
  if (types === undefined || types === null) {
    const interval = fields.count("full_attention_interval", 4);
    return Array.from({ length: nLayers }, (_, layer) => ((layer + 1) % interval === 0 ? "full" : "linear"));
  }
  if (!Array.isArray(types) || types.length !== nLayers)
    refuse(
      t("{field} is {types}; it must name the kind of each of {layers}.", {
        field: fields.nameOf("layer_types"),
        types: shown(types),
        layers: counted(nLayers, "layer"),
      }),
    );
  return types.map((type: unknown, layer) => {
    const kind = typeof type === "string" && Object.hasOwn(kindOf, type) ? kindOf[type] : undefined;
    if (kind === undefined)
      refuse(
        t("{field} is {type}; it must be {kindOf}.", {
          field: fields.nameOf(`layer_types[${layer}]`),
          type: shown(type),
          kindOf: Object.keys(kindOf).join(" or "),
        }),
      );
    return kind;
  });
}

function readAttention(fields: HfFields): AttentionConfig {
  const headDim = fields.count("head_dim");
  // Newer files have everything of the rotation in one object; older ones keep theta and the factor outside.
  const rope = fields.object("rope_parameters") ?? fields.object("rope_scaling");
  const from = (key: string) => (rope?.has(key) ? rope : fields);
  const share = from("partial_rotary_factor").positive("partial_rotary_factor");
  const rotaryDim = Math.round(headDim * share);
  if (share > 1 || rotaryDim !== headDim * share)
    refuse(
      t('{field} is {share}; of "head_dim" {headDim} it must be a whole number.', {
        field: from("partial_rotary_factor").nameOf("partial_rotary_factor"),
        share,
        headDim,
      }),
    );
  const yarn = rope && readYarn(rope);
  return {
    nHeads: fields.count("num_attention_heads"),
    nKvHeads: fields.count("num_key_value_heads"),
    headDim,
    rotaryDim,
    ropeTheta: from("rope_theta").positive("rope_theta"),
    ...(yarn && { yarn }),
  };
}

function readYarn(rope: HfFields): YarnConfig | undefined {
  const key = rope.has("rope_type") ? "rope_type" : "type";
  const type = rope.text(key) ?? "default";
  if (type === "default" || type === "mrope") return undefined;
  if (type !== "yarn")
    refuse(
      t('{field} is {type}; this app knows "default", "mrope" and "yarn".', {
        field: rope.nameOf(key),
        type: shown(type),
      }),
    );
  const factor = rope.positive("factor");
  if (factor < 1)
    refuse(t("{field} is {factor}; YaRN's is at least 1.", { field: rope.nameOf("factor"), factor }));
  return {
    factor,
    originalContextLength: rope.count("original_max_position_embeddings"),
    betaFast: rope.positive("beta_fast", 32),
    betaSlow: rope.positive("beta_slow", 1),
    attentionFactor: rope.positive("attention_factor", 0.1 * Math.log(factor) + 1),
  };
}

function readDeltaNet(fields: HfFields): DeltaNetConfig {
  return {
    nKeyHeads: fields.count("linear_num_key_heads"),
    nValueHeads: fields.count("linear_num_value_heads"),
    keyDim: fields.count("linear_key_head_dim"),
    valueDim: fields.count("linear_value_head_dim"),
    convKernel: fields.count("linear_conv_kernel_dim"),
  };
}
