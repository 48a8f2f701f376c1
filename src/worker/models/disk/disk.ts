import { isObject } from "../../../ground/record-checks";
import type { DiskFile } from "../../rpc/protocol/disk";

/** A folder on the person's disk, whose files are opened when they are asked for. */
export interface Disk {
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** @returns undefined for a file that is not there, such as a link whose target was deleted */
  open(path: string): Promise<File | undefined>;
}

export function openDisk(files: readonly DiskFile[]): Disk {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  const opened = new Map<string, Promise<File | undefined>>();
  const open = async (path: string): Promise<File | undefined> => {
    const file = byPath.get(path);
    if (file === undefined || !("getFile" in file)) return file;
    return file.getFile().catch(() => undefined);
  };
  return {
    paths: [...byPath.keys()].sort(),
    has: (path) => byPath.has(path),
    open: (path) => {
      const file = opened.get(path) ?? open(path);
      opened.set(path, file);
      return file;
    },
  };
}

/** Manifests and the like have a few kilobytes; past this it is something else. */
const maxTextBytes = 1 << 20;

/** @returns undefined where there is no such file, or it is too long for what is looked for */
export async function readText(disk: Disk, path: string): Promise<string | undefined> {
  const file = await disk.open(path);
  return file && file.size <= maxTextBytes ? file.text().catch(() => undefined) : undefined;
}

/** @returns undefined where there is no such file, or it holds no JSON object */
export async function readObject(
  disk: Disk,
  path: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const value: unknown = JSON.parse((await readText(disk, path)) ?? "");
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
