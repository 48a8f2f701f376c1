import { isObject, isString } from "../../../ground/record-checks";
import { readObject, type Disk } from "./disk";
import type { Found, FoundIn } from "./found";
import { t, verbatim, type Sentence } from "../../../language/language";

interface Layer {
  readonly kind: string;
  /** "sha256:…" */
  readonly digest: string;
}

const modelLayer = "application/vnd.ollama.image.model";
const tensorLayer = "application/vnd.ollama.image.tensor";

/**
 * Finds the models that Ollama has: `manifests/host/owner/name/tag` is a JSON of layers, each a file
 * `blobs/sha256-…`, which one of them is the model in GGUF.
 */
export async function ollamaModels(disk: Disk): Promise<FoundIn> {
  const found: Found[] = [];
  const leftOut: { name: string; reason: Sentence }[] = [];
  const roots = new Set<string>();
  for (const path of disk.paths) {
    const manifest = /^((?:.*\/)?)manifests\/(.+)$/.exec(path);
    if (!manifest) continue;
    const [, root = "", place = ""] = manifest;
    const layers = readLayers(await readObject(disk, path));
    if (!layers) continue;
    roots.add(root);
    const name = nameOf(place);
    const files = layers
      .filter(({ kind }) => kind === modelLayer)
      .map(({ digest }) => blobOf(disk, root, digest));
    if (files.length === 0) leftOut.push({ name, reason: whyNoFile(layers) });
    else if (files.every((file) => file !== undefined))
      found.push({ name, where: verbatim("Ollama"), files, companions: [] });
    else leftOut.push({ name, reason: t("Its file is not there: Ollama has not finished downloading it.") });
  }
  const isTaken = (path: string) =>
    [...roots].some((root) => path.startsWith(`${root}blobs/`) || path.startsWith(`${root}manifests/`));
  return { found: onceEach(found), leftOut, isTaken };
}

function readLayers(manifest: Readonly<Record<string, unknown>> | undefined): readonly Layer[] | undefined {
  const layers = manifest?.["layers"];
  if (!Array.isArray(layers)) return undefined;
  return layers.flatMap((layer: unknown) => {
    if (!isObject(layer)) return [];
    const { mediaType, digest } = layer;
    return isString(mediaType) && isString(digest) ? [{ kind: mediaType, digest }] : [];
  });
}

/** Ollama on Linux and macOS wrote the colon of a digest into the file's name until 2024. */
const blobOf = (disk: Disk, root: string, digest: string): string | undefined =>
  [digest.replace(":", "-"), digest].map((name) => `${root}blobs/${name}`).find((path) => disk.has(path));

const whyNoFile = (layers: readonly Layer[]) =>
  layers.some(({ kind }) => kind === tensorLayer)
    ? t("Ollama keeps it tensor by tensor, for Apple's MLX. Get its GGUF instead.")
    : t("It runs on Ollama's servers; no file of it is here.");

/** The name that Ollama knows a manifest by: "qwen3.5:9b", "owner/name:tag", "hf.co/owner/name:Q4_K_M". */
function nameOf(place: string): string {
  const [host = "", ...parts] = place.split("/");
  const tag = parts.pop() ?? "latest";
  const isOwnLibrary = parts[0] === "library";
  const isOfHub = /^(hf\.co|huggingface\.co)$/.test(host);
  return `${isOfHub ? `${host}/` : ""}${parts.slice(isOwnLibrary ? 1 : 0).join("/")}:${tag}`;
}

/** Puts tags of the same file together: one model with all their names. */
function onceEach(models: readonly Found[]): readonly Found[] {
  const byFile = new Map<string, Found>();
  for (const model of models) {
    const key = model.files.join();
    const before = byFile.get(key);
    byFile.set(key, before ? { ...before, name: `${before.name}, ${model.name}` } : model);
  }
  return [...byFile.values()];
}
