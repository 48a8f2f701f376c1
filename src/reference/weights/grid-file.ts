import { readFileSync } from "node:fs";

/** Reads a grid off its shader: by Node, since Playwright loads this file too and knows no `?raw`. */
export const gridFile = (name: string): string =>
  readFileSync(new URL(`../../../shaders/lib/grid/${name}.wgsl`, import.meta.url), "utf8");

/** The runs of levels of a grid file, each 16 bits. */
export function runsOf(file: string): readonly number[] {
  return [...file.matchAll(/0x([0-9a-f]{4})([0-9a-f]{4})u/g)].flatMap(([, second, first]) => [
    parseInt(first!, 16),
    parseInt(second!, 16),
  ]);
}
