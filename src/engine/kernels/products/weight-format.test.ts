import { expect, it } from "vitest";
import { link } from "../../gpu/link";
import { fileBytes } from "../load/repacking";
import { dotOf, hasDot, layoutOf, weightFormats } from "./weight-format";

// Bytes of 256 weights in the file, and in the planes: equal but for padding of the f16 planes.
it.each([
  ["F32", 1024, 1024],
  ["F16", 512, 512],
  ["BF16", 512, 512],
  ["Q8_0", 272, 272],
  ["Q4_0", 144, 144],
  ["Q4_1", 160, 160],
  ["Q5_1", 192, 192],
  ["Q2_K", 84, 96],
  ["Q4_K", 144, 144],
  ["Q5_K", 176, 176],
  ["Q6_K", 210, 224],
  ["MLX_Q8", 288, 288],
  ["AWQ_Q4", 160, 160],
] as const)("256 weights in %s are %i bytes in the file and %i in planes", (format, inFile, inPlanes) => {
  expect(fileBytes(format, 8)).toBe(inFile);
  expect(layoutOf(format, 8).sizeBytes).toBe(inPlanes);
  expect(layoutOf(format, 64).sizeBytes).toBe(inFile * 8);
});

// The plane of d is padded where there are fewer than 8 blocks; the table comes on top.
it.each([
  ["Q3_K", 128, 912], // 3.5625 bits a weight, in the file 3.4375
  ["Q4_TABLE", 176, 1296], // 5 bits a weight
] as const)("256 weights in %s take %i bytes on the GPU, 2048 take %i", (format, few, many) => {
  expect(layoutOf(format, 8).sizeBytes).toBe(few);
  expect(layoutOf(format, 64).sizeBytes).toBe(many);
});

it.each(weightFormats)("planes of %s follow one another, each at a multiple of 16 bytes", (format) => {
  const { planes, sizeBytes } = layoutOf(format, 24);
  let end = 0;
  for (const plane of planes) {
    expect(plane.offset).toBe(end);
    expect(plane.sizeBytes % 16).toBe(0);
    end += plane.sizeBytes;
  }
  expect(sizeBytes).toBe(end);
});

const products = weightFormats.flatMap((format) =>
  (["f32", "f16", "int8"] as const)
    .filter((arithmetic) => hasDot(format, arithmetic))
    .map((arithmetic) => [format, arithmetic] as const),
);

it.each(products)(
  "the view of %s with its product in %s declares names that begin with weight only, so that two fit one module",
  (format, arithmetic) => {
    const declared = (code: string) =>
      [...code.matchAll(/^(?:fn|struct|const|alias|var\S*) (\w+)/gm)].map((m) => m[1]!);
    const text = dotOf(format, arithmetic);
    const names = declared(text);
    expect(names).toEqual(expect.arrayContaining(["weight_span", "weight_dot"]));
    expect(names.filter((name) => !name.startsWith("weight_"))).toEqual([]);
    const both = declared(
      link([
        [text, "gate"],
        [text, "up"],
      ]),
    );
    expect(both).toHaveLength(names.length * 2);
    expect(new Set(both).size).toBe(both.length);
  },
);
