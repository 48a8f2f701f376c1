import type { StoredFile } from "../../storage/models/part-store";
import { listRepository } from "../../engine/weights/hub/hub";
import type { HubFile, HubOrigin } from "../../ground/model-origin";

/**
 * Asks whether the branch that a model came from has newer files for it.
 *
 * @returns where the newer ones are; `null` when they are the same, are gone, or the model is from no hub
 * @throws DownloadError as {@link listRepository}
 */
export async function findUpdate(
  file: StoredFile | undefined,
  signal?: AbortSignal,
): Promise<HubOrigin | null> {
  if (file?.origin.kind !== "hub") return null;
  const { origin } = file;
  const { revision, files } = await listRepository(
    origin.hubUrl,
    { repo: origin.repo, revision: origin.branch },
    signal,
  );
  if (revision === origin.revision) return null;
  // A commit may change a readme only: what counts is whether a file of this model did.
  const newer = origin.files.map(({ path }) => files.find((candidate) => candidate.path === path));
  const isWhole = newer.every((found): found is HubFile => found !== undefined);
  if (!isWhole || newer.every((found, i) => isSame(found, origin.files[i]!))) return null;
  return { ...origin, revision, files: newer };
}

const isSame = (a: HubFile, b: HubFile) => a.sizeBytes === b.sizeBytes && a.sha256 === b.sha256;
