import { HfFields, refuse, shown } from "./hf-fields";
import { t } from "../../../language/language";

/**
 * The scheme in which a safetensors model stores matrices. Which of them are stored so, in how many bits and
 * groups, their own tensors say (`safetensors-packed.ts`).
 */
export type HfQuantization =
  | { readonly kind: "none" }
  /**
   * `weight` u32, codes of 2 to 8 bits, with `scales` and `biases` a group: w = q scale + bias; or without
   * `biases`, MXFP4, MXFP8 or NVFP4.
   */
  | { readonly kind: "mlx" }
  /** `qweight` i32, codes of one column a word, with `scales` and `qzeros` a group: w = (q − zero) scale. */
  | {
      readonly kind: "gptq";
      readonly isSymmetric: boolean;
      /** True when each column has a group of its own, in `g_idx`. */
      readonly isReordered: boolean;
      /** The first format stores a zero less 1. */
      readonly addedToZero: 0 | 1;
    }
  /** The same with codes of eight rows a word. */
  | { readonly kind: "awq" }
  /**
   * compressed-tensors and NVIDIA's Model Optimizer: `weight_packed` i32 or u8, or `weight` I8, U8 or e4m3,
   * with `weight_scale`, and for NVFP4 a second scale.
   */
  | { readonly kind: "compressed" }
  /** `weight` e4m3 with `weight_scale_inv` a block of rows and columns: w = q scale_inv. */
  | { readonly kind: "fp8"; readonly blockShape: readonly [rows: number, columns: number] };

/** Returns whether matrices are read as plain numbers, which the person's choice quantizes. */
export const isReadAsPlain = (quantization: HfQuantization): boolean =>
  quantization.kind === "none" ||
  quantization.kind === "fp8" ||
  (quantization.kind === "gptq" && quantization.isReordered);

/**
 * Reads the scheme of the stored weights from config.json. docs/model.md#stored-formats
 *
 * @throws UnsupportedModelError  naming the field of a scheme that is not run
 */
export function readQuantization(top: HfFields, text: HfFields): HfQuantization {
  const config =
    top.object("quantization_config") ??
    text.object("quantization_config") ??
    top.object("quantization") ??
    text.object("quantization");
  if (!config) return { kind: "none" };
  const isMlx = top.has("quantization") || text.has("quantization");
  const method = config.text("quant_method") ?? (isMlx ? "mlx" : undefined);
  if (method === "gptq") return readGptq(config);
  if (method === "awq") return readAwq(config);
  if (method === "fp8") return readFp8(config);
  if (method === "modelopt") return readModelopt(config);
  if (method === "compressed-tensors") return readCompressed(config);
  // MLX writes the same object under both names, the second without a method.
  if (method === "mlx" || (method === undefined && config.has("group_size"))) return readMlx(config);
  refuse(
    t(
      '{field} is {method}; this app reads "gptq", "awq", "fp8", "compressed-tensors", "modelopt" and MLX\'s.',
      { field: config.nameOf("quant_method"), method: shown(method) },
    ),
  );
}

function readMlx(config: HfFields): HfQuantization {
  const mode = config.text("mode") ?? "affine";
  if (!["affine", "mxfp4", "mxfp8", "nvfp4"].includes(mode))
    refuse(
      t('{field} is {mode}; this app reads MLX\'s "affine", "mxfp4", "mxfp8" and "nvfp4".', {
        field: config.nameOf("mode"),
        mode: shown(mode),
      }),
    );
  return { kind: "mlx" };
}

function readGptq(config: HfFields): HfQuantization {
  return {
    kind: "gptq",
    isSymmetric: config.flag("sym") ?? true,
    isReordered: config.flag("desc_act") ?? false,
    addedToZero: config.text("checkpoint_format") === "gptq_v2" ? 0 : 1,
  };
}

function readAwq(config: HfFields): HfQuantization {
  checkIs(config, "bits", 4);
  const version = config.text("version")?.toLowerCase() ?? "gemm";
  if (version !== "gemm")
    refuse(
      t('{field} is {version}; this app reads "gemm".', {
        field: config.nameOf("version"),
        version: shown(version),
      }),
    );
  return { kind: "awq" };
}

function readModelopt(config: HfFields): HfQuantization {
  const algorithm = config.text("quant_algo");
  const known = ["NVFP4", "FP8", "MXFP8", "W4A16_NVFP4", "MIXED_PRECISION"];
  if (algorithm !== undefined && !known.includes(algorithm))
    refuse(
      t("{field} is {algorithm}; this app reads {shown}.", {
        field: config.nameOf("quant_algo"),
        algorithm: shown(algorithm),
        shown: known.map(shown).join(", "),
      }),
    );
  return { kind: "compressed" };
}

function readCompressed(config: HfFields): HfQuantization {
  const format = config.text("format");
  const known = [
    ...["pack-quantized", "int-quantized", "float-quantized", "naive-quantized", "mixed-precision"],
    ...["nvfp4-pack-quantized", "mxfp4-pack-quantized", "mxfp8-quantized"],
  ];
  if (format !== undefined && !known.includes(format))
    refuse(
      t("{field} is {format}; this app reads {shown}.", {
        field: config.nameOf("format"),
        format: shown(format),
        shown: known.map(shown).join(", "),
      }),
    );
  return { kind: "compressed" };
}

function readFp8(config: HfFields): HfQuantization {
  checkIs(config, "fmt", "e4m3");
  const shape = config.values["weight_block_size"];
  if (!Array.isArray(shape) || shape.length !== 2 || !shape.every((n) => Number.isInteger(n) && n > 0))
    refuse(
      t("{field} is {shape}; it must be two whole numbers, as in [128, 128].", {
        field: config.nameOf("weight_block_size"),
        shape: shown(shape),
      }),
    );
  return { kind: "fp8", blockShape: shape as [number, number] };
}

function checkIs(config: HfFields, key: string, value: unknown): void {
  if (config.has(key) && config.values[key] !== value)
    refuse(
      t("{field} is {value}; this app reads {value2} there.", {
        field: config.nameOf(key),
        value: shown(config.values[key]),
        value2: shown(value),
      }),
    );
}
