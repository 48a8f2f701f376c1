import type { HubChoice } from "../../../engine/weights/hub/hub-choices";
import { readText, type Disk } from "./disk";
import { modelsAmong } from "./folders";
import type { Found, FoundIn } from "./found";
import { looksLikeGguf, looksLikeSafetensors } from "./look";
import { t, type Sentence } from "../../../language/language";

interface CachedRepository {
  /** The path of its folder, with the slash. */
  readonly root: string;
  /** "owner/name" */
  readonly repo: string;
  readonly paths: string[];
}

/**
 * Finds the models in the cache that the hub's own tools keep: `models--owner--name` has the files as
 * `blobs/<hash>`, their names as links in `snapshots/<commit>`, and a branch's commit in `refs/main`. A page
 * sees links as files, or not at all: then the blobs are looked into.
 */
export async function hubCacheModels(disk: Disk): Promise<FoundIn> {
  const repositories = new Map<string, CachedRepository>();
  for (const path of disk.paths) {
    const match = /^((?:.*\/)?models--([^/]+?)--([^/]+)\/)(?:snapshots|blobs|refs)\//.exec(path);
    if (!match) continue;
    const [, root = "", owner = "", name = ""] = match;
    const known = repositories.get(root) ?? { root, repo: `${owner}/${name}`, paths: [] };
    known.paths.push(path);
    repositories.set(root, known);
  }
  const all = await Promise.all([...repositories.values()].map((one) => modelsOf(disk, one)));
  const roots = [...repositories.keys()];
  return {
    found: all.flatMap(({ found }) => found),
    leftOut: all.flatMap(({ leftOut }) => leftOut),
    isTaken: (path) => roots.some((root) => path.startsWith(root)) || /(^|\/)\.locks\//.test(path),
  };
}

async function modelsOf(
  disk: Disk,
  { root, repo, paths }: CachedRepository,
): Promise<Omit<FoundIn, "isTaken">> {
  const snapshots = `${root}snapshots/`;
  const commits = [
    ...new Set(paths.filter((path) => path.startsWith(snapshots)).map((path) => commitOf(path, snapshots))),
  ];
  const main = (await readText(disk, `${root}refs/main`))?.trim();
  const ordered = commits.toSorted((a, b) => Number(b === main) - Number(a === main));
  const found: Found[] = [];
  const leftOut: { name: string; reason: Sentence }[] = [];
  const seen = new Set<string>();
  for (const commit of ordered) {
    const folder = `${snapshots}${commit}/`;
    const inside = paths.filter((path) => path.startsWith(folder));
    const models = await modelsAmong(
      disk,
      inside,
      (choice) => nameOf(repo, choice, folder),
      t("the hub's cache"),
    );
    // Another commit has the same file again, as a rule.
    found.push(...models.found.filter(({ name }) => !seen.has(name)));
    for (const { name } of models.found) seen.add(name);
    leftOut.push(...models.leftOut);
  }
  if (found.length > 0) return { found, leftOut };
  return modelsOfBlobs(
    disk,
    repo,
    paths.filter((path) => path.startsWith(`${root}blobs/`)),
  );
}

const commitOf = (path: string, snapshots: string) => path.slice(snapshots.length).split("/")[0]!;

const nameOf = (repo: string, { name, format }: HubChoice, folder: string) =>
  format === "safetensors" && name.startsWith(folder.slice(0, -1))
    ? repo
    : `${repo} ${name.startsWith(folder) ? name.slice(folder.length) : name}`;

/** The cache's links are not seen: a GGUF tells all by itself, other files have lost their names. */
async function modelsOfBlobs(
  disk: Disk,
  repo: string,
  blobs: readonly string[],
): Promise<Omit<FoundIn, "isTaken">> {
  const found: Found[] = [];
  let hasSafetensors = false;
  for (const path of blobs.filter((blob) => !blob.endsWith(".incomplete"))) {
    const file = await disk.open(path);
    if (!file) continue;
    if (await looksLikeGguf(file))
      found.push({ name: repo, where: t("the hub's cache"), files: [path], companions: [], isUnnamed: true });
    else hasSafetensors ||= await looksLikeSafetensors(file);
  }
  const reason = t(
    "Its files lie there under links, which this browser does not show to a page. Pick the folder with “Pick a folder…”, which copies it.",
  );
  return { found, leftOut: hasSafetensors && found.length === 0 ? [{ name: repo, reason }] : [] };
}
