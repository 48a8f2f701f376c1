import type { GgufFile } from "../gguf/gguf";
import { ConfigMetadata, refuse } from "./config-metadata";
import { mark, t, type Key } from "../../../language/language";

/** A kind of GGUF file that is no model to talk to, by what it says of itself. */
interface Kind {
  /** After "The file is". */
  readonly what: Key;
  readonly hint: Key;
}

const adapter: Kind = {
  what: mark("a LoRA adapter: changes to a model's weights, not the model"),
  hint: mark(
    "Choose the model that it was made for; this app runs it without the adapter. To have both, merge the adapter into the model and convert that to GGUF.",
  ),
};
const projector: Kind = {
  what: mark("a vision projector (mmproj), the part of a model that looks at images"),
  hint: mark(
    "Choose the model beside it, a .gguf file without “mmproj” in its name. This app reads and writes text.",
  ),
};
const drafter: Kind = {
  what: mark("a drafter: layers that guess several tokens ahead for a model, not the model"),
  hint: mark("Choose the model that it belongs to, a .gguf file without “mtp” or “draft” in its name."),
};
const statistics: Kind = {
  what: mark("an importance matrix (imatrix): statistics for those who quantize models, not a model"),
  hint: mark("Choose a model that was made with it, a .gguf file without “imatrix” in its name."),
};
const direction: Kind = {
  what: mark("a control vector: a direction to steer a model in, not the model"),
  hint: mark("Choose the model that it was made for; this app runs it without the vector."),
};
/** Refuses a file that is a part of a model, or goes with one, by its name for what it is. */
export function refuseParts({ metadata, tensors }: GgufFile): void {
  const kind = kindOf({ metadata, tensors });
  if (kind) refuse(t("The file is {what}.", { what: t(kind.what) }), t(kind.hint));
}

function kindOf({ metadata, tensors }: Pick<GgufFile, "metadata" | "tensors">): Kind | undefined {
  const texts = new ConfigMetadata(metadata, "");
  const type = texts.text("general.type");
  const architecture = texts.text("general.architecture");
  const names = [...tensors.keys()];
  if (type === "adapter" || metadata.has("adapter.type") || names.some((name) => /\.lora_[ab]$/.test(name)))
    return adapter;
  if (type === "mmproj" || architecture === "clip" || isAll(names, /^(v|mm|a)\./)) return projector;
  if (type === "imatrix" || architecture === "imatrix" || names.some((name) => name.endsWith(".in_sum2")))
    return statistics;
  if (architecture === "controlvector" || isAll(names, /^direction\.\d+$/)) return direction;
  if (/^(eagle|dflash|dspark|medusa)|[_-](mtp|draft)$/.test(architecture ?? "")) return drafter;
  return undefined;
}

const isAll = (names: readonly string[], pattern: RegExp) =>
  names.length > 0 && names.every((name) => pattern.test(name));
