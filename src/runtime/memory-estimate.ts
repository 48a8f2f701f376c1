import { fileBytes, fileTypes, keptFormat, type FileType } from "../kernels/repacking";
import { layoutOf } from "../kernels/weight-format";
import type { ModelConfig } from "../weights/config";
import type { GgmlType } from "../weights/ggml-types";
import { longestContext, planMemory } from "./memory-plan";

/** Contexts that a model is judged by before it is here, in tokens. */
const contextLengths: readonly number[] = [4096, 32_768, 131_072];

export interface MemoryEstimate {
  readonly contextLength: number;
  readonly totalBytes: number;
}

/** Whether matrices of this type can be brought to the GPU. */
export const runsType = (type: GgmlType): type is FileType =>
  (fileTypes as readonly GgmlType[]).includes(type);

/**
 * GPU memory of a model that is not here yet, from its sizes and the length of its files: the plan without the header, which
 * is 10 MB. Contexts that the model or the device does not allow are left out.
 *
 * @param type  of most of its matrices; where those lie larger on the GPU than in the file, all bytes are taken to
 */
export function estimateMemory(
  config: ModelConfig,
  sizeBytes: number,
  type: GgmlType | undefined,
  maxBindingBytes: number,
): MemoryEstimate[] {
  const weightBytes = sizeBytes * (type !== undefined && runsType(type) ? growthOf(type) : 1);
  return contextLengths
    .filter((contextLength) => contextLength <= longestContext(config, maxBindingBytes))
    .map((contextLength) => {
      const rows = planMemory(config, { sizeBytes: weightBytes }, contextLength, maxBindingBytes);
      return { contextLength, totalBytes: rows.reduce((sum, row) => sum + row.bytes, 0) };
    });
}

/** Bytes on the GPU for each in the file. */
function growthOf(type: FileType): number {
  const nSpans = 1024; // whole blocks of every type, and enough that a plane's padding does not count
  return layoutOf(keptFormat(type), nSpans).sizeBytes / fileBytes(type, nSpans);
}
