import type { Gpu } from "../../src/engine/gpu/device";
import type { KernelCompiler } from "../../src/engine/gpu/kernel";
import {
  compileAttention,
  compileAttentionMerge,
  compileAttentionPrepare,
} from "../../src/engine/kernels/attention/attention";
import { compileAttentionToken } from "../../src/engine/kernels/attention/attention-token";
import { compileCausalConv } from "../../src/engine/kernels/delta-net/causal-conv";
import { compileDeltaNetToken } from "../../src/engine/kernels/delta-net/delta-net-token";
import { compileDeltaRule } from "../../src/engine/kernels/delta-net/delta-rule";
import { compileDeltaRuleBlocks } from "../../src/engine/kernels/delta-net/delta-rule-blocks";
import { compileGatedNorm } from "../../src/engine/kernels/delta-net/gated-norm";
import { compileEmbed } from "../../src/engine/kernels/embed";
import { compileEmbedToken } from "../../src/engine/kernels/embed-token";
import { compileGateUp } from "../../src/engine/kernels/products/gate-up";
import { compileMatmul, matmulTiles, type Arithmetic } from "../../src/engine/kernels/products/matmul";
import { compileMatvec } from "../../src/engine/kernels/products/matvec";
import { compileNormProduct } from "../../src/engine/kernels/products/norm-product";
import { compileResidualProduct } from "../../src/engine/kernels/products/residual-product";
import type { WeightFormat } from "../../src/engine/kernels/products/weight-format";
import { compileRmsNorm } from "../../src/engine/kernels/rms-norm";
import { compileSample } from "../../src/engine/kernels/sample";
import { compileSwiglu } from "../../src/engine/kernels/swiglu";
import {
  mappingOf,
  type DecodeChoice,
  type DecodeProductKind,
} from "../../src/engine/runtime/compile/decode-mapping";
import type { MatmulChoice } from "../../src/engine/runtime/compile/prefill-products";
import { decodeCandidates, nameOfDecode } from "../../src/engine/runtime/compile/tuner/decode-product";
import { matmulCandidates, nameOfMatmul } from "../../src/engine/runtime/compile/tuner/matmul";
import { configOf } from "../../src/testing/models/make-model-configs";
import { kvTypes } from "../../src/ground/kv-type";

/** A kernel to look at, by a name that says its formats and its variant. */
export interface NamedKernel {
  readonly name: string;
  readonly compile: (compiler: KernelCompiler) => Promise<unknown>;
}

/** The formats of the files that most people load. */
const FORMATS: readonly WeightFormat[] = ["Q4_K", "Q6_K", "Q8_0"];
/** Formats of three values a weight, to set beside Q4_K. */
const TERNARY: readonly WeightFormat[] = ["PQ2_0", "PTQ1_0"];
const SIZES = ["0.8b", "9b"] as const;

/** Every kernel and variant that the tuner may choose on this device. */
export const kernelsOf = (gpu: Gpu): readonly NamedKernel[] => [
  ...decodeProducts(gpu),
  ...decodeRest(),
  ...prefillProducts(gpu),
  ...prefillRest(),
];

function decodeProducts(gpu: Gpu): NamedKernel[] {
  const parts: readonly (readonly [DecodeProductKind, readonly WeightFormat[]])[] = [
    ...FORMATS.flatMap((format) => [
      ["residual-product", [format]] as const,
      ["gate-up", [format, format]] as const,
      ["norm-product", [format]] as const,
      ["norm-product", [format, format, format]] as const,
    ]),
    ...TERNARY.map((format) => ["residual-product", [format]] as const),
    ["norm-product", ["Q4_K", "Q4_K", "F32", "F32"]],
    ["norm-product", ["Q8_0", "Q4_K", "F32", "F32"]],
    ["norm-product", ["Q4_K", "Q4_K", "Q6_K"]],
  ];
  return parts.flatMap(([kind, formats]) =>
    decodeCandidates(gpu, { kind, formats }, "int8")
      .filter(({ laneShift }) => laneShift === 0) // the same module: lanes a row are a parameter
      .map((choice) => ({
        name: `${kind} ${formats.join(" ")}, ${nameOfDecode(choice)}`,
        compile: (compiler: KernelCompiler) => compileDecodeProduct(compiler, kind, formats, choice),
      })),
  );
}

function compileDecodeProduct(
  compiler: KernelCompiler,
  kind: DecodeProductKind,
  formats: readonly WeightFormat[],
  choice: DecodeChoice,
): Promise<unknown> {
  const mapping = mappingOf(choice);
  switch (kind) {
    case "norm-product":
      return compileNormProduct(compiler, formats, mapping);
    case "gate-up":
      return compileGateUp(compiler, { gate: formats[0]!, up: formats[1]! }, mapping);
    case "residual-product":
      return compileResidualProduct(compiler, formats[0]!, mapping);
  }
}

const decodeRest = (): NamedKernel[] => [
  ...SIZES.flatMap((size) => {
    const { deltaNet, attention } = configOf(`qwen35-${size}`);
    return [
      { name: `delta-net-token ${size}`, compile: (c: KernelCompiler) => compileDeltaNetToken(c, deltaNet) },
      ...kvTypes.map((kv) => ({
        name: `attention-token ${size} kv ${kv}`,
        compile: (c: KernelCompiler) => compileAttentionToken(c, attention, kv),
      })),
    ];
  }),
  { name: "attention-merge", compile: compileAttentionMerge },
  { name: "embed-token Q6_K", compile: (c) => compileEmbedToken(c, "Q6_K") },
  { name: "sample", compile: compileSample },
];

/** Full precision, then what the person may choose; products on matrices at every size of a subgroup. */
const prefillProducts = (gpu: Gpu): NamedKernel[] =>
  FORMATS.flatMap((format) => {
    const arithmetics: readonly Arithmetic[] = ["f32", "f16", "int8"];
    const tiles = arithmetics.flatMap((arithmetic): MatmulChoice[] =>
      matmulTiles[arithmetic].map((tile) => ({ arithmetic, tile })),
    );
    const onMatrices = matmulCandidates(gpu, "f16").filter(({ arithmetic }) => arithmetic === "matrix");
    return [...tiles, ...onMatrices].map((choice) => ({
      name: `matmul ${format} ${nameOfMatmul(choice).replaceAll("×", "x")}`,
      compile: (c: KernelCompiler) => compileMatmul(c, { format, ...choice }),
    }));
  });

const prefillRest = (): NamedKernel[] => [
  ...SIZES.flatMap((size) => {
    const { deltaNet, attention } = configOf(`qwen35-${size}`);
    return [
      { name: `delta-rule ${size}`, compile: (c: KernelCompiler) => compileDeltaRule(c, deltaNet) },
      {
        name: `delta-rule-blocks ${size}`,
        compile: (c: KernelCompiler) => compileDeltaRuleBlocks(c, deltaNet),
      },
      ...kvTypes.flatMap((kv) => [
        {
          name: `attention-prepare ${size} kv ${kv}`,
          compile: (c: KernelCompiler) => compileAttentionPrepare(c, attention, kv),
        },
        {
          name: `attention ${size} kv ${kv}`,
          compile: (c: KernelCompiler) => compileAttention(c, attention, kv),
        },
      ]),
    ];
  }),
  { name: "causal-conv", compile: compileCausalConv },
  { name: "gated-norm", compile: compileGatedNorm },
  { name: "rms-norm", compile: compileRmsNorm },
  { name: "swiglu", compile: compileSwiglu },
  { name: "embed Q6_K", compile: (c) => compileEmbed(c, "Q6_K") },
  { name: "matvec Q6_K", compile: (c) => compileMatvec(c, "Q6_K") },
];
