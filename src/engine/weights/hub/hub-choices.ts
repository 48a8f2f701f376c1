import type { HubFile } from "../../../ground/model-origin";
import type { GgmlType } from "../types/type-facts";
import { bySize, instead, readQuantization, type Quantization } from "./quantizations";
import { asideReason, readShardName } from "../../../ground/model-file-names";
import { counted } from "../../../ground/figures";
import { t, type Sentence } from "../../../language/language";

/** A model that a repository offers: one file with weights, or several shards. */
export interface HubChoice {
  /** Short: its quantization or, where that is not clear or not unique, the file's name. */
  readonly name: string;
  readonly format: "gguf" | "safetensors";
  readonly explanation: string;
  readonly quantization?: Quantization;
  /** Those with weights in order, then what belongs to them. */
  readonly files: readonly HubFile[];
  /** The size of the files with weights. */
  readonly sizeBytes: number;
  readonly isRunnable: boolean;
  /** Why it can not be run, with what can; absent when it can. */
  readonly refusal?: Sentence;
}

/** A file that is no model by itself. */
export interface SetAside {
  readonly path: string;
  readonly sizeBytes: number;
  readonly reason: Sentence;
}

export interface Offer {
  /** The smallest first. */
  readonly choices: readonly HubChoice[];
  readonly setAside: readonly SetAside[];
}

export interface Runs {
  readonly type: (type: GgmlType) => boolean;
  readonly safetensors: boolean;
}

/** Files that belong to the weights in the same folder. */
const companionNames: readonly string[] = [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "chat_template.jinja",
  "generation_config.json",
  "model.safetensors.index.json",
];

/**
 * Sorts a repository's files into models to choose from and what is none. What is neither, such as a readme,
 * is left out.
 */
export function chooseFiles(files: readonly HubFile[], runs: Runs): Offer {
  const weights = files.filter(({ path }) => /\.(gguf|safetensors)$/i.test(path));
  const setAside = weights.flatMap((file): SetAside[] => {
    // All that an index names is one model; its parts have names of many kinds.
    const isPart = isIndexed(file, files) && !/^adapter/i.test(nameOf(file.path));
    const reason = isPart ? undefined : asideReason(asNamed(file), weights.map(asNamed));
    return reason === undefined ? [] : [{ ...file, reason }];
  });
  const aside = new Set(setAside.map(({ path }) => path));
  const groups = new Map<string, HubFile[]>();
  for (const file of weights) {
    if (aside.has(file.path)) continue;
    const key = folderOf(file.path) + groupOf(nameOf(file.path), isIndexed(file, files));
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const found = [...groups.values()].map((group) => choiceOf(group, files, runs));
  const named = withUniqueNames(found);
  return { choices: bySize(named.map((choice) => withProposal(choice, named))), setAside };
}

/** The name that the files of one model share. */
function groupOf(name: string, isIndexed: boolean): string {
  const shard = readShardName(name);
  if (shard) return `${shard.stem} of ${shard.count}${name.slice(name.lastIndexOf(".")).toLowerCase()}`;
  return isIndexed ? ".safetensors" : name;
}

/**
 * Returns whether an index beside safetensors says which file has which tensor: all of them are one model
 * then, whatever their names.
 */
const isIndexed = ({ path }: HubFile, files: readonly HubFile[]) =>
  /\.safetensors$/i.test(path) &&
  files.some((file) => file.path === `${folderOf(path)}model.safetensors.index.json`);

function choiceOf(group: readonly HubFile[], all: readonly HubFile[], runs: Runs): HubChoice {
  const weights = group.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const { path } = weights[0]!;
  const folder = folderOf(path);
  const beside = all.filter(
    (file) => folderOf(file.path) === folder && companionNames.includes(nameOf(file.path)),
  );
  const files = [...weights, ...beside];
  const sizeBytes = weights.reduce((sum, file) => sum + file.sizeBytes, 0);
  const missing = missingShards(weights);
  if (/\.safetensors$/i.test(path)) {
    const hasConfig = beside.some((file) => nameOf(file.path) === "config.json");
    const refusal =
      missing ??
      (hasConfig ? undefined : t("There is no config.json beside it, which tells the model's sizes.")) ??
      (runs.safetensors ? undefined : t("This app does not read safetensors."));
    return {
      name: folder === "" ? "safetensors" : folder.slice(0, -1),
      format: "safetensors",
      explanation: t(
        "The weights as they were published; how exact they are kept is chosen when they are loaded",
      ),
      files,
      sizeBytes,
      isRunnable: refusal === undefined,
      ...(refusal !== undefined && { refusal }),
    };
  }
  const quantization = readQuantization(path);
  const refusal =
    missing ??
    (quantization && (quantization.isOfFork || !runs.type(quantization.type))
      ? t("Its numbers are {type}, which this app does not run.", {
          type: quantization.isOfFork ? quantization.name : quantization.type,
        })
      : undefined);
  return {
    name: quantization?.name ?? nameOf(path),
    format: "gguf",
    explanation: quantization?.explanation ?? t("The name does not say how its numbers are stored"),
    ...(quantization && { quantization }),
    files,
    sizeBytes,
    isRunnable: refusal === undefined,
    ...(refusal !== undefined && { refusal }),
  };
}

function missingShards(weights: readonly HubFile[]): Sentence | undefined {
  const shard = readShardName(nameOf(weights[0]!.path));
  if (!shard || shard.count === weights.length) return undefined;
  return t("It is split into {files}, of which the repository has {nWeights}.", {
    files: counted(shard.count, "file"),
    nWeights: weights.length,
  });
}

/** Gives each of two choices with the same name that of its file. */
function withUniqueNames(choices: readonly HubChoice[]): HubChoice[] {
  return choices.map((choice) => {
    const isUnique = choices.filter(({ name }) => name === choice.name).length === 1;
    return isUnique ? choice : { ...choice, name: choice.files[0]!.path };
  });
}

/** A model that is refused says which one of the repository to take instead. */
export function withProposal<Choice extends HubChoice>(choice: Choice, all: readonly HubChoice[]): Choice {
  if (choice.refusal === undefined) return choice;
  const other = instead(choice, all);
  return other
    ? {
        ...choice,
        refusal: t("{refusal} Take {name} instead.", { refusal: choice.refusal, name: other.name }),
      }
    : choice;
}

const asNamed = ({ path, sizeBytes }: HubFile) => ({ name: nameOf(path), sizeBytes });
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
/** With the slash; "" for the repository's own. */
const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
