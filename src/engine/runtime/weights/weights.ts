import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { WeightFormat } from "../../kernels/products/weight-format";
import type { ModelConfig } from "../../weights/config/model-config";
import type { TensorRole } from "../../weights/config/tensor-names";
import { JOINED, type PlannedMatrix, type WeightsPlan } from "./weights-plan";

export interface MatrixPiece {
  readonly range: GpuRange;
  readonly firstRow: number;
  readonly nRows: number;
}

/** A matrix [nRows, k] on the GPU; products take one dispatch for each piece. */
export interface Matrix {
  readonly format: WeightFormat;
  readonly nRows: number;
  readonly k: number;
  readonly pieces: readonly MatrixPiece[];
  /** Its input is Hadamard-transformed; of the embedding: its rows are. */
  readonly isFolded: boolean;
}

export interface DeltaNetWeights {
  readonly kind: "linear";
  readonly inProjQkv: Matrix;
  readonly inProjZ: Matrix;
  readonly inProjA: Matrix;
  readonly inProjB: Matrix;
  readonly outProj: Matrix;
  readonly conv1d: GpuRange;
  /** f32 [a | dtBias] */
  readonly gates: GpuRange;
  readonly deltaNorm: GpuRange;
}

export interface AttentionWeights {
  readonly kind: "full";
  readonly qProj: Matrix;
  readonly kProj: Matrix;
  readonly vProj: Matrix;
  readonly oProj: Matrix;
  /** f32 [qNorm | kNorm] */
  readonly norms: GpuRange;
}

/** The experts of a layer; those of gate and up may be the rows of one matrix, and are the same one then. */
export interface ExpertWeights {
  readonly router: Matrix;
  readonly sharedGate: Matrix | undefined;
  readonly gate: Matrix;
  readonly up: Matrix;
  readonly down: Matrix;
  /** In one matrix, an expert's gate before its up. */
  readonly isFused: boolean;
}

export type LayerWeights = (DeltaNetWeights | AttentionWeights) & {
  readonly inputNorm: GpuRange;
  readonly postAttentionNorm: GpuRange;
  readonly gateProj: Matrix;
  readonly upProj: Matrix;
  readonly downProj: Matrix;
  /** Beside them in a mixture; the MLP itself is the shared expert. */
  readonly experts?: ExpertWeights;
};

export interface ModelWeights {
  readonly embedTokens: Matrix;
  readonly lmHead: Matrix;
  readonly outputNorm: GpuRange;
  readonly layers: readonly LayerWeights[];
}

/** The places for the bytes of each tensor; the loader fills them. */
export interface AllocatedWeights {
  readonly weights: ModelWeights;
  readonly matrices: readonly { readonly planned: PlannedMatrix; readonly matrix: Matrix }[];
  readonly vectors: readonly { readonly planned: WeightsPlan["vectors"][number]; readonly range: GpuRange }[];
}

/** Makes the buffers of a planned model and ties them to their roles. */
export function allocateWeights(
  scope: MemoryScope,
  config: ModelConfig,
  plan: WeightsPlan,
): AllocatedWeights {
  const matrices = plan.matrices.map((planned) => ({
    planned,
    matrix: allocateMatrix(scope, planned, isFolded(config, planned)),
  }));
  const layerNumbers = [null, ...Array.from({ length: config.nLayers }, (_, i) => i)];
  const shared = layerNumbers.map((layer) => [layer, allocateVectors(scope, layer, plan)] as const);
  const sections = new Map(
    shared.flatMap(([layer, s]) => [...s.named].map(([role, range]) => [key(layer, role), range])),
  );

  const matrixOf = (layer: number | null, role: TensorRole): Matrix | undefined =>
    matrices.find(({ planned: { expected } }) => expected.layer === layer && expected.role === role)?.matrix;
  const m = (layer: number | null, role: TensorRole) => required(matrixOf(layer, role), key(layer, role));
  const v = (layer: number | null, role: string) =>
    required(sections.get(key(layer, role)), key(layer, role));

  const expertsOf = (layer: number, isFused: boolean): ExpertWeights => ({
    router: m(layer, "router"),
    sharedGate: matrixOf(layer, "sharedGate"),
    gate: m(layer, isFused ? "gateUpExperts" : "gateExperts"),
    up: m(layer, isFused ? "gateUpExperts" : "upExperts"),
    down: m(layer, "downExperts"),
    isFused,
  });
  const layers = config.layerKinds.map((kind, i): LayerWeights => {
    const common = {
      inputNorm: v(i, "inputNorm"),
      postAttentionNorm: v(i, "postAttentionNorm"),
      gateProj: m(i, "gateProj"),
      upProj: m(i, "upProj"),
      downProj: m(i, "downProj"),
      ...(config.experts && { experts: expertsOf(i, config.experts.isFused[i]!) }),
    };
    if (kind === "full") {
      const [qProj, kProj, vProj, oProj] = [m(i, "qProj"), m(i, "kProj"), m(i, "vProj"), m(i, "oProj")];
      return { kind, ...common, qProj, kProj, vProj, oProj, norms: v(i, "norms") };
    }
    return {
      kind,
      ...common,
      inProjQkv: m(i, "inProjQkv"),
      inProjZ: m(i, "inProjZ"),
      inProjA: m(i, "inProjA"),
      inProjB: m(i, "inProjB"),
      outProj: m(i, "outProj"),
      conv1d: v(i, "conv1d"),
      gates: v(i, "gates"),
      deltaNorm: v(i, "deltaNorm"),
    };
  });
  const embedTokens = m(null, "embedTokens");
  return {
    matrices,
    vectors: shared.flatMap(([, s]) => s.all),
    weights: {
      embedTokens,
      lmHead: matrixOf(null, "lmHead") ?? { ...embedTokens, isFolded: config.hadamard?.tiedOutput ?? false },
      outputNorm: v(null, "outputNorm"),
      layers,
    },
  };
}

function isFolded({ hadamard }: ModelConfig, { expected: { name, role } }: PlannedMatrix): boolean {
  if (!hadamard) return false;
  return role === "embedTokens" ? hadamard.embedding : hadamard.inputs.has(name);
}

function allocateMatrix(
  scope: MemoryScope,
  { expected, format, nRows, k, pieces }: PlannedMatrix,
  isFolded: boolean,
): Matrix {
  return {
    isFolded,
    format,
    nRows,
    k,
    pieces: pieces.map((piece) => {
      const label = { layer: expected.layer, kind: "weights", name: expected.role } as const;
      const range = scope.storage(label, piece.sizeBytes);
      return { range, firstRow: piece.firstRow, nRows: piece.nRows };
    }),
  };
}

/** One buffer for a layer's small tensors; those of JOINED lie without a gap and get a range of their own. */
function allocateVectors(scope: MemoryScope, layer: number | null, plan: WeightsPlan) {
  const mine = plan.vectors.filter((vector) => vector.expected.layer === layer);
  const groups: (readonly [name: string, members: typeof mine])[] = [];
  for (const vector of mine) {
    const joined = Object.entries(JOINED).find(([, roles]) =>
      roles.some((role) => role === vector.expected.role),
    );
    if (!joined) groups.push([vector.expected.role, [vector]]);
    else if (joined[1][0] === vector.expected.role) {
      groups.push([joined[0], joined[1].map((role) => mine.find((other) => other.expected.role === role)!)]);
    }
  }
  const sizes = groups.map(([, members]) => members.reduce((sum, { length }) => sum + length * 4, 0));
  const offsets: number[] = [];
  let end = 0;
  for (const size of sizes) {
    offsets.push(end);
    end = Math.ceil((end + size) / 256) * 256;
  }
  const { buffer } = scope.storage({ layer, kind: "weights", name: "small tensors" }, end);
  const named = new Map<string, GpuRange>();
  const all: { planned: (typeof mine)[number]; range: GpuRange }[] = [];
  groups.forEach(([name, members], i) => {
    named.set(name, { buffer, offset: offsets[i]!, sizeBytes: sizes[i]! });
    let offset = offsets[i]!;
    for (const planned of members) {
      all.push({ planned, range: { buffer, offset, sizeBytes: planned.length * 4 } });
      offset += planned.length * 4;
    }
  });
  return { named, all };
}

const key = (layer: number | null, role: string) => `${layer ?? ""}.${role}`;

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`No tensor for ${name}: the plan and the layer disagree.`);
  return value;
}
