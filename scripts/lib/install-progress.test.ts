import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { countInstalled, packageFolders, showProgress } from "./install-progress.mjs";

const lock = {
  "": {},
  "node_modules/a": { version: "1.0.0" },
  "node_modules/a/node_modules/b": { version: "2.0.0" },
  "node_modules/linked": { link: true },
  "node_modules/mac-only": { version: "1.0.0", optional: true, os: ["darwin"] },
  "node_modules/arm-only": { version: "1.0.0", optional: true, os: ["linux"], cpu: ["arm64"] },
  "node_modules/musl-only": { version: "1.0.0", optional: true, os: ["linux"], libc: ["musl"] },
  "node_modules/not-windows": { version: "1.0.0", os: ["!win32"] },
};

let root = "";
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "install-"))));
afterEach(() => {
  vi.useRealTimers();
  rmSync(root, { recursive: true });
});

function install(folder: string) {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, "package.json"), "{}");
}

it("expects what the lock has for this system, and no links", () => {
  expect(packageFolders(lock, { platform: "linux", arch: "x64", libc: "glibc" })).toEqual([
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/not-windows",
  ]);
  expect(packageFolders(lock, { platform: "win32", arch: "x64", libc: "glibc" })).not.toContain(
    "node_modules/not-windows",
  );
});

it("counts a package once its package.json is there", () => {
  const folders = packageFolders(lock, { platform: "linux", arch: "x64", libc: "glibc" });
  mkdirSync(join(root, "node_modules/a"), { recursive: true });
  expect(countInstalled(root, folders)).toBe(0);
  install("node_modules/a");
  install("node_modules/a/node_modules/b");
  expect(countInstalled(root, folders)).toBe(2);
});

it("prints a line every ten seconds into a log, and none after its end", () => {
  vi.useFakeTimers();
  const lines: string[] = [];
  const out = { isTTY: false, write: (text: string) => lines.push(text) };
  const stop = showProgress(root, ["node_modules/a", "node_modules/b"], out);
  install("node_modules/a");
  vi.advanceTimersByTime(20_000);
  expect(lines).toEqual(["  1 of 2 packages, 10 s\n", "  1 of 2 packages, 20 s\n"]);
  expect(stop()).toBe(20);
  vi.advanceTimersByTime(20_000);
  expect(lines).toHaveLength(2);
});
