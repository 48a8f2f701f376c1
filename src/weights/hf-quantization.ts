import { HfFields, refuse, shown } from "./hf-fields";

/** How the matrices of a safetensors model are stored; which of them are, their own tensors say. */
export type HfQuantization =
  | { readonly kind: "none" }
  /** `weight` u32, eight codes a word, with `scales` and `biases` a group: w = q scale + bias. */
  | { readonly kind: "mlx"; readonly groupSize: number }
  /** `qweight` i32, eight codes of one column a word, with `scales` a group: w = (q − 8) scale. */
  | { readonly kind: "gptq"; readonly groupSize: number; readonly storedZero: 7 | 8 }
  /** `weight` e4m3 with `weight_scale_inv` a block of rows and columns: w = q scale_inv. */
  | { readonly kind: "fp8"; readonly blockShape: readonly [rows: number, columns: number] };

/**
 * What config.json says of the stored weights. Reference 4.7.
 *
 * @throws UnsupportedModelError  naming the field of a scheme that is not run
 */
export function readQuantization(top: HfFields, text: HfFields): HfQuantization {
  const config =
    top.object("quantization_config") ?? text.object("quantization_config") ?? top.object("quantization");
  if (!config) return { kind: "none" };
  const method = config.text("quant_method") ?? (top.has("quantization") ? "mlx" : undefined);
  if (method === "gptq") return readGptq(config);
  if (method === "fp8") return readFp8(config);
  // MLX writes the same object under both names, the second without a method.
  if (method === "mlx" || (method === undefined && config.has("group_size"))) return readMlx(config);
  refuse(
    `${config.nameOf("quant_method")} is ${shown(method)}; this app reads "gptq", "fp8" and MLX's affine.`,
  );
}

function readMlx(config: HfFields): HfQuantization {
  checkIs(config, "mode", "affine");
  checkIs(config, "bits", 4, true);
  const groupSize = config.count("group_size");
  if (groupSize % 32 !== 0 || groupSize > 128)
    refuse(`${config.nameOf("group_size")} is ${groupSize}; this app reads 32, 64, 96 and 128.`);
  return { kind: "mlx", groupSize };
}

function readGptq(config: HfFields): HfQuantization {
  checkIs(config, "bits", 4, true);
  checkIs(config, "sym", true);
  checkIs(config, "desc_act", false);
  const groupSize = config.count("group_size");
  if (groupSize % 32 !== 0)
    refuse(`${config.nameOf("group_size")} is ${groupSize}; it must be a multiple of 32.`);
  return { kind: "gptq", groupSize, storedZero: config.text("checkpoint_format") === "gptq_v2" ? 8 : 7 };
}

function readFp8(config: HfFields): HfQuantization {
  checkIs(config, "fmt", "e4m3");
  const shape = config.values["weight_block_size"];
  if (!Array.isArray(shape) || shape.length !== 2 || !shape.every((n) => Number.isInteger(n) && n > 0))
    refuse(
      `${config.nameOf("weight_block_size")} is ${shown(shape)}; it must be two whole numbers, as in [128, 128].`,
    );
  return { kind: "fp8", blockShape: shape as [number, number] };
}

function checkIs(config: HfFields, key: string, value: unknown, isNeeded = false): void {
  if (!isNeeded && !config.has(key)) return;
  if (config.values[key] !== value)
    refuse(`${config.nameOf(key)} is ${shown(config.values[key])}; this app reads ${shown(value)} there.`);
}
