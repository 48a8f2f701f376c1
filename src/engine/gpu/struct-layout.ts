export type Scalar = "u32" | "f32";

/** So many scalars, or structs of scalars, one behind another. */
export interface ArrayField {
  readonly count: number;
  readonly of: Scalar | Readonly<Record<string, Scalar>>;
}

/**
 * The fields of a WGSL struct that the host reads or writes, in their order. All scalars are four bytes, so
 * they lie without gaps. In a uniform buffer, WGSL wants elements of arrays in multiples of 16 bytes, and
 * arrays at such offsets.
 */
export type StructLayout = Readonly<Record<string, Scalar | ArrayField>>;

type ValueOf<F> = F extends { readonly of: infer E }
  ? readonly (E extends Scalar ? number : Readonly<Record<keyof E, number>>)[]
  : number;

/** A value for each field. An array may be shorter than its field: what is left out is 0. */
export type ValuesOf<L extends StructLayout> = { readonly [N in keyof L]: ValueOf<L[N]> };

const SCALAR_BYTES = 4;

const scalarsOf = (of: ArrayField["of"]) => (typeof of === "string" ? 1 : Object.keys(of).length);

/** Bytes of the struct. */
export const sizeOfLayout = (layout: StructLayout): number =>
  Object.values(layout).reduce(
    (sum, field) => sum + SCALAR_BYTES * (typeof field === "string" ? 1 : field.count * scalarsOf(field.of)),
    0,
  );

/**
 * Writes the struct as it lies in memory.
 *
 * @throws RangeError  where a value is no u32 and its field is, or an array is longer than its field
 */
export function packStruct<L extends StructLayout>(
  layout: L,
  values: ValuesOf<L>,
  sizeBytes = sizeOfLayout(layout),
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (name: string, type: Scalar, value: number) => {
    if (type === "f32") view.setFloat32(at, value, true);
    else if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) view.setUint32(at, value, true);
    else throw new RangeError(`Parameter ${name} is ${value}; it has to be a u32.`);
    at += SCALAR_BYTES;
  };
  const putElement = (name: string, of: ArrayField["of"], element: unknown) => {
    if (typeof of === "string") return put(name, of, element as number);
    for (const [field, type] of Object.entries(of))
      put(`${name}.${field}`, type, (element as Readonly<Record<string, number>>)[field]!);
  };
  for (const [name, field] of Object.entries(layout)) {
    const value: unknown = values[name];
    if (typeof field === "string") {
      put(name, field, value as number);
      continue;
    }
    const { count, of } = field;
    const elements = value as readonly unknown[];
    if (elements.length > count)
      throw new RangeError(`Parameter ${name} has ${elements.length} elements; at most ${count} fit.`);
    const end = at + count * scalarsOf(of) * SCALAR_BYTES;
    elements.forEach((element, i) => putElement(`${name}[${i}]`, of, element));
    at = end;
  }
  return bytes;
}

/** Reads a struct of scalars back. */
export function unpackStruct<N extends string>(
  layout: Readonly<Record<N, Scalar>>,
  bytes: ArrayBuffer,
): Readonly<Record<N, number>> {
  const view = new DataView(bytes);
  const entries = Object.entries<Scalar>(layout).map(([name, type], i) => {
    const at = i * SCALAR_BYTES;
    return [name, type === "f32" ? view.getFloat32(at, true) : view.getUint32(at, true)] as const;
  });
  return Object.fromEntries(entries) as Record<N, number>;
}

/**
 * The fields as `structInWgsl` writes those of a shader: the two are the same text where host and shader
 * agree.
 */
export const fieldsOf = (layout: StructLayout): readonly string[] =>
  Object.entries(layout).map(([name, field]) =>
    typeof field === "string"
      ? `${name}: ${field}`
      : `${name}: array<${typeof field.of === "string" ? field.of : `{${fieldsOf(field.of).join(", ")}}`}, ${field.count}>`,
  );
