import { KernelCompiler, type KernelSpec } from "../../engine/gpu/kernel";
import type { StructLayout } from "../../engine/gpu/struct-layout";
import { gpu } from "./gpu";

/** Compiles kernels with one text replaced, to see that a wrong term is caught. */
export class MutatingCompiler extends KernelCompiler {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super(gpu.device);
  }
  nReplaced = 0;
  override compile<B extends string, const P extends StructLayout>(spec: KernelSpec<B, P>) {
    const texts = spec.files.map((file) => (typeof file === "string" ? file : file[0]));
    if (!texts.some((text) => text.includes(this.from))) return gpu.compiler.compile(spec); // compiled before
    const mutate = (text: string) => {
      if (!text.includes(this.from)) return text;
      this.nReplaced++;
      return text.replace(this.from, this.to);
    };
    const files = spec.files.map((file) =>
      typeof file === "string" ? mutate(file) : ([mutate(file[0]), file[1]] as const),
    );
    return super.compile({ ...spec, files });
  }
}
