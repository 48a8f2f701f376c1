import type { Losses } from "../losses";

/** Counts the files of macros in a package: programs, which are never read. */
export function countMacros(paths: readonly string[], losses: Losses): void {
  losses.add("macro", paths.filter((path) => /(?:^|\/)vbaproject\.bin$/i.test(path)).length);
}
