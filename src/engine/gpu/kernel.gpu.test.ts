import { expect, it } from "vitest";
import { gpu } from "../../testing/gpu/gpu";
import { KernelCompiler } from "./kernel";

const spec = (body: string) => ({
  label: "test",
  files: [`@compute @workgroup_size(1) fn main() { ${body} }`],
  params: {},
  buffers: {},
});

it("a module is compiled once, a broken one is told by name and counts for nothing", async () => {
  gpu.device.onuncapturederror = null; // the broken module is also told there
  const compiler = new KernelCompiler(gpu.device);
  const seen: (readonly [number, number])[] = [];
  compiler.watch((...counts) => seen.push(counts));
  const broken = spec("nothing();");
  for (let i = 0; i < 2; i++)
    await expect(compiler.compile(broken)).rejects.toMatchObject({
      code: "shader",
      message: expect.stringContaining('Shader "test" did not compile:\n  1:') as string,
    });
  await compiler.compile(spec("let a = 1;"));
  await compiler.compile(spec("let a = 1;"));
  expect(seen).toEqual([[1, 1]]);
});

it("a module that the device does not take is told by name, too", async () => {
  const compiler = new KernelCompiler(gpu.device);
  const files = ["override LANES: u32 = 1u; @compute @workgroup_size(LANES) fn main() {}"];
  const tooWide = {
    ...spec(""),
    files,
    overrides: { LANES: gpu.device.limits.maxComputeWorkgroupSizeX * 2 },
  };
  await expect(compiler.compile(tooWide)).rejects.toMatchObject({
    code: "shader",
    message: expect.stringContaining('Shader "test" did not compile:\n  ') as string,
  });
});
