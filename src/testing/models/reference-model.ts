import type { WeightType } from "../../engine/weights/types/type-facts";
import { dequantize } from "../../reference/weights/dequantize";
import type { ReferenceModel } from "../../reference/model";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import { withKnownNames } from "../../engine/weights/config/known-names";
import { readModelConfig } from "../../engine/weights/config/config";
import type { ModelConfig } from "../../engine/weights/config/model-config";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { expectedTensors, scaleName } from "../../engine/weights/config/tensor-names";

/**
 * A whole GGUF as the f64 reference takes it, every tensor dequantized. 8 bytes a weight: for small models.
 */
export async function readReferenceModel(
  source: ByteSource,
): Promise<ReferenceModel & { readonly config: ModelConfig }> {
  const gguf = withKnownNames(await readGguf(source));
  const config = readModelConfig(gguf);
  const tensors = new Map<string, Float64Array>();
  for (const { name } of expectedTensors(config)) {
    const { type, offset, sizeBytes } = gguf.tensors.get(name)!;
    const values = dequantize(type as WeightType, await source.read(offset, sizeBytes));
    const scale = type === "NVFP4" ? gguf.tensors.get(scaleName(name)) : undefined;
    const [factor = 1] = scale ? new Float32Array((await source.read(scale.offset, 4)).buffer) : [];
    tensors.set(
      name,
      values.map((w) => w * factor),
    );
  }
  return { config, tensor: (name) => tensors.get(name)! };
}
