import { writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { create, globals } from "webgpu";
import { openGpu } from "../../src/engine/gpu/device";
import type { KernelCompiler, KernelSpec } from "../../src/engine/gpu/kernel";
import type { StructLayout } from "../../src/engine/gpu/struct-layout";
import { kernelsOf, type NamedKernel } from "./kernels";

/** Held here: Dawn does not outlive its collection as garbage. */
let instance: GPU;

/**
 * Compiles every kernel on the device that the environment leads to, one after another, with a line on stderr
 * before each: the driver writes its statistics there too. The child of scripts/machine-code.mjs.
 */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { only: { type: "string", default: "" }, toggles: { type: "string", default: "" } },
  });
  Object.assign(globalThis, globals);
  const toggles = ["allow_unsafe_apis", ...values.toggles.split(",").filter(Boolean)];
  instance = create([`enable-dawn-features=${toggles.join(",")}`]);
  const gpu = await openGpu(instance);
  const { info, hasF16, hasInt8Dot, subgroupMatrices } = gpu;
  note({ device: info, hasF16, hasInt8Dot, subgroupMatrices });
  const only = new RegExp(values.only);
  for (const kernel of kernelsOf(gpu)) if (only.test(kernel.name)) await compileOne(gpu.compiler, kernel);
}

async function compileOne(compiler: KernelCompiler, { name, compile }: NamedKernel): Promise<void> {
  let before: Promise<unknown> = Promise.resolve();
  let part = 0;
  const inTurn = {
    device: compiler.device,
    compile: (spec: KernelSpec<string, StructLayout>) => {
      const label = part++ === 0 ? name : `${name} #${part}`;
      const compiled = before.then(() => {
        note({ kernel: label });
        return compiler.compile(spec);
      });
      before = compiled.catch(() => undefined);
      return compiled;
    },
  } as unknown as KernelCompiler;
  try {
    await compile(inTurn);
  } catch (error) {
    note({ kernel: name, error: String(error).slice(0, 300) });
  }
}

/** A line written at once: the driver's own lines have to come after it. */
const note = (fields: object) => writeSync(2, `\n@@ ${JSON.stringify(fields)}\n`);
