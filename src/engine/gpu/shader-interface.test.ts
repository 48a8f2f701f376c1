import { expect, it } from "vitest";
import { checkInterface } from "./shader-interface";

const shader = `
struct Section { first_row: u32, scale: f32 }
const N_SECTIONS = 2u;
struct Params {
  sections: array<Section, N_SECTIONS>, // three } of them
  n_rows: u32, // K / 32
  eps: f32,
}
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(1) var<storage, read> block_best: array<vec2<u32>>;
// @group(0) @binding(3) var<storage, read> gone: array<f32>;
`;
const section = { firstRow: "u32", scale: "f32" } as const;
const given = {
  label: "some product",
  params: { sections: { count: 2, of: section }, nRows: "u32", eps: "f32" },
  buffers: { blockBest: "read", y: "read_write" },
} as const;

it("a shader that declares what it is given passes", () => {
  expect(() => checkInterface(shader, given)).not.toThrow();
});

it("a shader without parameters and buffers passes", () => {
  expect(() => checkInterface("fn main() {}", { label: "empty", params: {}, buffers: {} })).not.toThrow();
});

// Each of these has as many bytes and bindings as the shader wants: WebGPU would take it.
it.each([
  ["parameters in another order", { ...given, params: { ...given.params, nRows: "f32", eps: "u32" } }],
  [
    "a parameter of another name",
    { ...given, params: { sections: given.params.sections, rows: "u32", eps: "f32" } },
  ],
  [
    "fields of an array's elements in another order",
    {
      ...given,
      params: { ...given.params, sections: { count: 2, of: { scale: "f32", firstRow: "u32" } } },
    },
  ],
  [
    "an array of another length",
    { ...given, params: { ...given.params, sections: { count: 3, of: section } } },
  ],
  ["buffers in another order", { ...given, buffers: { y: "read_write", blockBest: "read" } }],
  ["a buffer that may not be written", { ...given, buffers: { blockBest: "read", y: "read" } }],
  ["no buffer for a binding", { ...given, buffers: { blockBest: "read" } }],
] as const)("%s: no", (_, other) => {
  expect(() => checkInterface(shader, other)).toThrow(TypeError);
});

it("the error has both lists", () => {
  const other = { ...given, buffers: { best: "read", y: "read_write" } } as const;
  expect(() => checkInterface(shader, other)).toThrow(
    'Shader "some product" is given other buffers than it declares.\n' +
      "  given:    1 best: read, 2 y: read_write\n" +
      "  declared: 1 blockBest: read, 2 y: read_write",
  );
});
