import { fieldsOf, type StructLayout } from "./struct-layout";
import { buffersInWgsl, structInWgsl, withoutComments } from "./wgsl-declarations";

export type Access = "read" | "read_write";

/**
 * The inputs of a shader: the fields of `struct Params` at @binding(0), and the buffers from @binding(1) on,
 * in key order.
 */
export interface ShaderInterface {
  readonly label: string;
  readonly params: StructLayout;
  readonly buffers: Readonly<Record<string, Access>>;
}

/**
 * Compares what the host gives with what the linked shader declares, by name, type and order. WebGPU matches
 * by position alone: two u32 in the wrong order, or two read-only buffers, are no error to it.
 *
 * @throws TypeError  with both lists
 */
export function checkInterface(code: string, { label, params, buffers }: ShaderInterface): void {
  const text = withoutComments(code);
  const bindings = Object.entries(buffers).map(([name, access], i) => `${i + 1} ${name}: ${access}`);
  compare(label, "parameters", fieldsOf(params), structInWgsl(text, "Params") ?? []);
  compare(label, "buffers", bindings, buffersInWgsl(text));
}

function compare(label: string, what: string, host: readonly string[], shader: readonly string[]): void {
  const [given, declared] = [host.join(", "), shader.join(", ")];
  if (given === declared) return;
  throw new TypeError(
    `Shader "${label}" is given other ${what} than it declares.\n  given:    ${given}\n  declared: ${declared}`,
  );
}
