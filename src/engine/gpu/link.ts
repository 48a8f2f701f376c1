/** A WGSL file, or a file together with the name its `weight…` identifiers get in this module. */
export type ShaderFile = string | readonly [file: string, name: string];

const isDirective = (line: string) => /^(enable|requires|diagnostic)\b/.test(line);

/**
 * Joins WGSL files into one module. Declarations may stand in any order; directives must stand first.
 *
 * A file given with a name has every identifier `weight` and `weight_*` renamed to that name, so one module
 * can hold views of several weight formats. That and the constants the model fixes are the only rewriting
 * there is.
 *
 * @param constants sizes fixed by the model, declared as `const NAME = 256u;` (private arrays take no
 *   overrides)
 */
export function link(files: readonly ShaderFile[], constants: Readonly<Record<string, number>> = {}): string {
  const texts = new Set(
    files.map((file) => (typeof file === "string" ? file : file[0].replace(/\bweight(?=_|\b)/g, file[1]))),
  );
  const lines = [...texts].flatMap((text) => text.split("\n"));
  const directives = new Set(lines.filter(isDirective));
  const declared = Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`);
  return [...directives, ...declared, ...lines.filter((line) => !isDirective(line))].join("\n");
}
