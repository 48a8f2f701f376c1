/**
 * The declarations of a shader, read off its text. Names come as the host spells them: `first_row` as
 * `firstRow`.
 */

const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export const withoutComments = (code: string): string => code.replace(/\/\/.*$/gm, "");

/**
 * The fields of `struct NAME`, as {@link fieldsOf} writes those of the host.
 *
 * @param code without comments
 * @returns undefined where there is no such struct
 */
export function structInWgsl(code: string, name: string): readonly string[] | undefined {
  const body = new RegExp(`\\bstruct ${name}\\s*\\{([^}]*)\\}`).exec(code)?.[1];
  if (body === undefined) return undefined;
  return [...body.matchAll(/(\w+)\s*:\s*(array<.+?,\s*\w+\s*>|\w+(?:<\w+>)?)/g)].map(
    ([, field, type]) => `${camelCase(field!)}: ${typeInWgsl(code, type!)}`,
  );
}

/** Arrays with the fields of their elements and their length as a number, other types as they are written. */
function typeInWgsl(code: string, type: string): string {
  const array = /^array<(.+),\s*(\w+?)u?\s*>$/.exec(type);
  if (!array) return type;
  const [, element, count] = array as unknown as [string, string, string];
  const fields = structInWgsl(code, element);
  return `array<${fields ? `{${fields.join(", ")}}` : element}, ${constInWgsl(code, count) ?? count}>`;
}

/** The value of `const NAME = 4u;`. */
export function constInWgsl(code: string, name: string): number | undefined {
  const value = new RegExp(`\\bconst ${name}(?:\\s*:\\s*u32)?\\s*=\\s*(\\d+)u?;`).exec(code)?.[1];
  return value === undefined ? undefined : Number(value);
}

/**
 * The bindings at @binding(1), (2), … of group 0: `name: read` or `name: read_write`; the uniform at 0 is
 * not among them.
 */
export function buffersInWgsl(code: string): readonly string[] {
  const declared = /@group\(0\)\s*@binding\((\d+)\)\s*var<storage(?:,\s*(\w+))?>\s*(\w+)/g;
  return [...code.matchAll(declared)]
    .map(([, binding, access = "read", name]) => ({
      binding: Number(binding),
      access,
      name: camelCase(name!),
    }))
    .sort((a, b) => a.binding - b.binding)
    .map(({ binding, access, name }) => `${binding} ${name}: ${access}`);
}
