import { ModelFormatError } from "../../../ground/errors";
import { sizeBytesOf, type GgmlType } from "../types/type-facts";
import { t } from "../../../language/language";

/** A tensor as its description gives it. */
export interface DescribedTensor {
  readonly name: string;
  readonly type: GgmlType;
  readonly shape: readonly number[];
  readonly relativeOffset: number;
}

/**
 * Tells apart the two layouts that files have under type id 42: Q2_0 in groups of 64 weights, which is
 * ggml's, and the groups of 128 of PrismML's files before July 2026, which are PQ2_0's. Nothing in a header
 * says it; the bytes between one tensor and the next do.
 *
 * @throws ModelFormatError  when the tensors fit neither, or some one and some the other
 */
export function settleQ2Groups<T extends DescribedTensor>(
  infos: readonly T[],
  dataBytes: number,
  alignment: number,
): readonly T[] {
  const found = infos.filter(({ type }) => type === "Q2_0");
  if (found.length === 0) return infos;
  const offsets = infos.map(({ relativeOffset }) => relativeOffset).toSorted((a, b) => a - b);
  // The room of the last tensor ends with the file, which may be cut short: it counts where there is no
  // other.
  const followed = found.filter(({ relativeOffset }) => relativeOffset < offsets.at(-1)!);
  const telling = followed.length > 0 ? followed : found;
  const fits = (type: GgmlType) =>
    telling.every(({ shape, relativeOffset }) => {
      const next = offsets.find((offset) => offset > relativeOffset) ?? dataBytes;
      const room = next - relativeOffset;
      const needed = sizeBytesOf(
        type,
        shape.reduce((product, n) => product * n, 1),
      );
      return room >= needed && room < needed + alignment;
    });
  if (fits("Q2_0")) return infos;
  if (fits("PQ2_0")) return infos.map((info) => (info.type === "Q2_0" ? { ...info, type: "PQ2_0" } : info));
  throw new ModelFormatError(
    t(
      'The bytes of "{name}" and the other Q2_0 tensors are neither those of groups of 64 weights nor of 128.',
      { name: telling[0]!.name },
    ),
    { hint: t("The file is damaged. Get it again, or choose its PQ2_0 or Q2_0_g64 file.") },
  );
}
