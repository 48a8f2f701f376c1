import { formatCount } from "../../../ground/figures";
import { ConfigMetadata, describe, refuse } from "./config-metadata";
import type { HadamardConfig } from "./model-config";
import type { GgufFile, GgufValue } from "../gguf/gguf";
import { listed, t, type Sentence } from "../../../language/language";

const prefix = "prism.hadamard.";
const embedding = "token_embd.weight";
const head = "output.weight";

const knownKeys = [
  "version",
  "block_size",
  "transform",
  "axis",
  "sign_mode",
  "weight_names",
  "inverse_weight_names",
  "sign_widths",
  "sign_values",
  "gdn_v_grouped",
  "tied_output",
];

/** The largest block that is turned: the values of one are a workgroup's memory. Files have 512 and 1024. */
const mostBlock = 4096;

const layerMatrices =
  /^blk\.\d+\.(attn_(q|k|v|qkv|gate|output)|ffn_(gate|up|down)|ssm_(out|alpha|beta))\.weight$/;

/** Matrices that share their input, and with it a dispatch of decode: all are folded, or none. */
const together: readonly (readonly string[])[] = [
  ["attn_q", "attn_k", "attn_v"],
  ["attn_qkv", "attn_gate"],
  ["ssm_alpha", "ssm_beta"],
  ["ffn_gate", "ffn_up"],
];

/**
 * Reads how a file's weights are folded, or undefined where they are not: `prism.hadamard.*` of versions 1
 * and 2, as PrismML's files have it. Run unfolded such a file gives fluent nonsense, so whatever is not
 * carried out refuses it. docs/model.md#folded-weights
 *
 * @throws UnsupportedModelError  for a key, a version or a value that is not carried out, and for a rule that
 *   is broken
 */
export function readHadamard({ metadata, tensors }: GgufFile): HadamardConfig | undefined {
  const other = [...metadata.keys()].find((key) => key.startsWith("onebit.hadamard"));
  if (other !== undefined)
    no(
      t('The weights are stored rotated, in a way that this app does not turn back ("{other}").', { other }),
    );
  const keys = [...metadata.keys()].filter((key) => key.startsWith(prefix));
  if (keys.length === 0) return undefined;
  const unknown = keys.find((key) => !knownKeys.includes(key.slice(prefix.length)));
  if (unknown !== undefined)
    no(
      t('The weights are stored rotated, and the file says more about it than this app knows: "{unknown}".', {
        unknown,
      }),
    );
  const value = (key: string) => metadata.get(prefix + key);

  const version = value("version");
  const flags = new ConfigMetadata(metadata, prefix);
  const tiedOutput = flags.flag("tied_output") ?? false;
  if (version !== 1 && version !== 2)
    no(
      t('The weights are stored rotated in version {version} of "{prefix}version"; this app knows 1 and 2.', {
        version: describe(version),
        prefix,
      }),
    );
  if ((version === 2) !== tiedOutput)
    wrong(
      t('"tied_output" is {tiedOutput} in version {version}; in version 1 it is false, in version 2 true', {
        tiedOutput: String(tiedOutput),
        version,
      }),
    );
  mustBe("transform", value("transform"), ["normalized-sylvester-walsh-hadamard"]);
  mustBe("axis", value("axis"), ["input-last-dimension"]);
  mustBe("sign_mode", value("sign_mode"), ["explicit", "identity"]);
  const blockSize = value("block_size");
  if (!(
    typeof blockSize === "number" &&
    blockSize >= 2 &&
    blockSize <= mostBlock &&
    Number.isInteger(Math.log2(blockSize))
  ))
    wrong(
      t('"block_size" is {blockSize}; a power of two from 2 to {mostBlock} is carried out', {
        blockSize: describe(blockSize),
        mostBlock,
      }),
    );

  const inputs = names(value("weight_names"), "weight_names");
  const rows = names(value("inverse_weight_names") ?? [], "inverse_weight_names");
  if (inputs.size === 0) wrong(t('"weight_names" names no tensor'));
  for (const name of inputs)
    if (name !== head && !layerMatrices.test(name))
      wrong(t('"{name}" is listed; its input is not one that is turned', { name }));
  for (const name of rows)
    if (name !== embedding)
      wrong(t('"{name}" is listed as a table; only "{embedding}" can be one', { name, embedding }));
  if (tiedOutput && tensors.has(head))
    wrong(t('"tied_output" is true, and the file has "{head}" too', { head }));
  if (tiedOutput && !rows.has(embedding))
    wrong(t('"tied_output" is true, and "{embedding}" is not listed as a table', { embedding }));
  if (!tiedOutput && rows.has(embedding) && !tensors.has(head))
    wrong(t('"{embedding}" is rotated and is the head too, which needs version 2', { embedding }));
  checkTogether(inputs, [...tensors.keys()]);

  const widths = new Set<number>();
  for (const name of [...inputs, ...rows]) {
    const width = tensors.get(name)?.shape.at(-1);
    if (width === undefined) wrong(t('"{name}" is listed, and the file does not have it', { name }));
    if (width % blockSize !== 0)
      wrong(
        t('"{name}" has {width} inputs, no multiple of the block, {blockSize}', {
          name,
          width: formatCount(width),
          blockSize,
        }),
      );
    widths.add(width);
  }
  const isExplicit = value("sign_mode") === "explicit";
  const signs = isExplicit
    ? readSigns(value("sign_widths"), value("sign_values"), blockSize)
    : new Map([...widths].map((width) => [width, new Int8Array(width).fill(1)] as const));
  for (const width of widths)
    if (!signs.has(width))
      wrong(t('"sign_widths" lacks {width}, the inputs of a listed tensor', { width: formatCount(width) }));
  const groupedValueHeads = flags.flag("gdn_v_grouped") ?? false;
  const plainOutput = [...tensors.keys()].find(
    (name) => /\.ssm_out\.weight$/.test(name) && !inputs.has(name),
  );
  if (groupedValueHeads && plainOutput !== undefined)
    wrong(
      t('"gdn_v_grouped" is true, and "{plainOutput}", whose columns it is about, is not listed', {
        plainOutput,
      }),
    );
  return {
    blockSize,
    signs,
    inputs,
    embedding: rows.has(embedding),
    tiedOutput,
    groupedValueHeads,
  };
}

function readSigns(
  widths: GgufValue | undefined,
  values: GgufValue | undefined,
  blockSize: number,
): ReadonlyMap<number, Int8Array> {
  const lengths = integers(widths, "sign_widths");
  const all = integers(values, "sign_values");
  const total = lengths.reduce((sum, width) => sum + width, 0);
  if (lengths.length === 0) wrong(t('"sign_widths" is empty, though "sign_mode" is explicit'));
  if (all.length !== total)
    wrong(
      t('"sign_values" has {length} numbers; "sign_widths" make it {total}', {
        length: formatCount(all.length),
        total: formatCount(total),
      }),
    );
  const signs = new Map<number, Int8Array>();
  let at = 0;
  for (const width of lengths) {
    if (width <= 0 || width % blockSize !== 0)
      wrong(t('"sign_widths" has {width}, no multiple of the block, {blockSize}', { width, blockSize }));
    if (signs.has(width)) wrong(t('"sign_widths" has {width} twice', { width }));
    signs.set(width, Int8Array.from(all.slice(at, at + width), signOf));
    at += width;
  }
  return signs;
}

/** Writers take any type of whole numbers; −1 of an unsigned one is its largest. */
function signOf(value: number): number {
  if (value === 1) return 1;
  if ([-1, 0xff, 0xffff, 0xffff_ffff].includes(value)) return -1;
  return wrong(t('"sign_values" has {value}; each is 1 or −1', { value }));
}

function checkTogether(inputs: ReadonlySet<string>, inFile: readonly string[]): void {
  const layers = new Set([...inputs].flatMap((name) => /^blk\.\d+\./.exec(name)?.[0] ?? []));
  for (const layer of layers)
    for (const group of together) {
      const there = group.map((name) => `${layer}${name}.weight`).filter((name) => inFile.includes(name));
      const listed = there.filter((name) => inputs.has(name));
      if (listed.length > 0 && listed.length < there.length)
        withoutIts(
          listed[0]!,
          there.find((name) => !inputs.has(name))!,
        );
    }
  // Decay and beta take what the projection of their layer had turned, or the plain input.
  for (const name of inputs) {
    const projection = name.replace(/ssm_(alpha|beta)/, "attn_qkv");
    if (!inputs.has(projection)) withoutIts(name, projection);
  }
}

function withoutIts(listed: string, other: string): never {
  no(
    t(
      'The weights are stored rotated, and "{listed}" is listed without "{other}"; this app turns their common input for both.',
      { listed, other },
    ),
  );
}

function names(value: GgufValue | undefined, key: string): ReadonlySet<string> {
  if (!Array.isArray(value) || !value.every((name) => typeof name === "string"))
    return wrong(t('"{key}" is {value}; it must be a list of names', { key, value: describe(value) }));
  const found = new Set<string>(value);
  if (found.size < value.length) wrong(t('"{key}" has a name twice', { key }));
  return found;
}

function integers(value: GgufValue | undefined, key: string): readonly number[] {
  if (!Array.isArray(value) || !value.every((each) => Number.isInteger(each)))
    return wrong(
      t('"{key}" is {value}; it must be a list of whole numbers', { key, value: describe(value) }),
    );
  return value as number[];
}

function mustBe(key: string, value: GgufValue | undefined, allowed: readonly string[]): void {
  if (typeof value !== "string" || !allowed.includes(value))
    wrong(
      t('"{key}" is {value}; this app carries out {allowed}', {
        key,
        value: describe(value),
        allowed: listed(allowed.map((each) => `"${each}"`)),
      }),
    );
}

function wrong(what: Sentence): never {
  no(
    t('The weights are stored rotated, and what "{prefix}*" says of it does not hold: {what}.', {
      prefix,
      what,
    }),
  );
}

function no(message: Sentence): never {
  refuse(message, t("Choose another file of the same model, or Q4_K_M of the model that it was made from."));
}
