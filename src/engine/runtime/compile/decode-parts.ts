import { layoutOf, SPAN_WEIGHTS, type WeightFormat } from "../../kernels/products/weight-format";
import type { LayerKind, ModelConfig } from "../../weights/config/model-config";
import type { TensorRole } from "../../weights/config/tensor-names";
import type { DecodeProductKind } from "./decode-mapping";
import type { PlannedMatrix, WeightsPlan } from "../weights/weights-plan";

/** A product of decode: matrices of one input in one dispatch. */
export interface DecodePart {
  readonly kind: DecodeProductKind;
  readonly formats: readonly WeightFormat[];
  /** Rows of each, of the first piece where it is split. */
  readonly rows: readonly number[];
  readonly k: number;
}

interface MixerProducts {
  /** Matrices of one input, whose products share a dispatch. */
  readonly joined: readonly TensorRole[];
  /** The matrix whose product adds to the residual stream. */
  readonly output: TensorRole;
}

/** The products of each kind of layer, before its MLP. */
const MIXER_PRODUCTS: Readonly<Record<LayerKind, MixerProducts>> = {
  linear: { joined: ["inProjQkv", "inProjZ", "inProjB", "inProjA"], output: "outProj" },
  full: { joined: ["qProj", "kProj", "vProj"], output: "oProj" },
};

/** Names the kernel that a part takes: what is tuned is a kernel for formats and length of a row. */
export const partKey = ({ kind, formats, k }: Pick<DecodePart, "kind" | "formats" | "k">) =>
  `${kind} ${formats.join(" ")} × ${k}`;

/** All products of a decoded token, layer by layer. */
export function decodeParts(config: ModelConfig, plan: WeightsPlan): readonly DecodePart[] {
  const matrixOf = (layer: number | null, role: TensorRole) =>
    plan.matrices.find(({ expected }) => expected.layer === layer && expected.role === role);
  const part = (kind: DecodeProductKind, matrices: readonly PlannedMatrix[]): DecodePart => ({
    kind,
    formats: matrices.map(({ format }) => format),
    k: matrices[0]!.k,
    rows: matrices.map(({ pieces }) => pieces[0]!.nRows),
  });
  // Further pieces of a split matrix are products on their own.
  const alone = (matrices: readonly PlannedMatrix[]) =>
    matrices.filter(({ pieces }) => pieces.length > 1).map((matrix) => part("norm-product", [matrix]));
  const routerOf = (layer: number) =>
    [matrixOf(layer, "router")!, matrixOf(layer, "sharedGate")].filter((matrix) => matrix !== undefined);
  const layers = config.layerKinds.flatMap((kind, layer) => {
    const of = (role: TensorRole) => matrixOf(layer, role)!;
    const { joined: roles, output } = MIXER_PRODUCTS[kind];
    const joined = roles.map(of);
    return [
      part("norm-product", joined),
      ...alone(joined),
      part("residual-product", [of(output)]),
      part("gate-up", [of("gateProj"), of("upProj")]),
      ...(config.experts ? [part("norm-product", routerOf(layer))] : []),
      part("residual-product", [of("downProj")]),
    ];
  });
  const head = matrixOf(null, "lmHead") ?? matrixOf(null, "embedTokens")!;
  return [...layers, part("norm-product", [head])];
}

/** One part for each kernel, the largest that takes it; kernels that read most in a token first. */
export function partsByBytes(parts: readonly DecodePart[]): readonly DecodePart[] {
  const bytesOf = ({ formats, rows, k }: DecodePart) =>
    formats.reduce((sum, format, i) => sum + layoutOf(format, (rows[i]! * k) / SPAN_WEIGHTS).sizeBytes, 0);
  const kernels = new Map<string, { part: DecodePart; largest: number; total: number }>();
  for (const part of parts) {
    const bytes = bytesOf(part);
    const known = kernels.get(partKey(part));
    const isLargest = !known || bytes > known.largest;
    kernels.set(partKey(part), {
      part: isLargest ? part : known.part,
      largest: isLargest ? bytes : known.largest,
      total: bytes + (known?.total ?? 0),
    });
  }
  return [...kernels.values()].sort((a, b) => b.total - a.total).map(({ part }) => part);
}
