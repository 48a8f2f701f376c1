/** A .gitignore, and the folder it is in: "" or "notes/2024". */
export interface IgnoreFile {
  readonly folder: string;
  readonly text: string;
}

/**
 * Reads the .gitignore files of a folder as git does: the deepest one that speaks of a path decides, and
 * nothing in a folder that is ignored comes back.
 */
export async function ignoredPaths(files: readonly IgnoreFile[]): Promise<(path: string) => boolean> {
  if (files.length === 0) return () => false;
  const { default: ignore } = await import("ignore");
  const rules = new Map(files.map(({ folder, text }) => [folder, ignore().add(text)] as const));
  const known = new Map<string, boolean>();

  const isIgnored = (path: string): boolean => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const parts = path.replace(/\/$/, "").split("/");
    const parent = parts.slice(0, -1).join("/");
    let result = parent !== "" && isIgnored(`${parent}/`);
    for (let depth = 0; depth < parts.length && !(depth === 0 && result); depth++) {
      const folder = parts.slice(0, depth).join("/");
      const inside = path.slice(folder === "" ? 0 : folder.length + 1);
      const said = rules.get(folder)?.test(inside);
      if (said?.ignored) result = true;
      else if (said?.unignored) result = false;
    }
    if (path.endsWith("/")) known.set(path, result);
    return result;
  };
  return isIgnored;
}
