import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const otherPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A Chromium that starts: CHROMIUM_PATH, the system's, or Playwright's; its path, or undefined. */
export async function findBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return starts(chosen) ? chosen : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...otherPlaces, await playwrightsBrowser()].find(
    (path) => existsSync(path) && starts(path),
  );
}

/** The description that a Vulkan loader needs to use SwiftShader, which comes with Chromium; or undefined. */
export async function findSwiftshader() {
  const browser = process.env.CHROMIUM_PATH ?? (await playwrightsBrowser());
  const beside = existsSync(browser) ? [dirname(realpathSync(browser))] : [];
  const folders = ["/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/google/chrome", ...beside];
  const descriptions = folders.map((folder) => join(folder, "vk_swiftshader_icd.json"));
  return [process.env.SWIFTSHADER_ICD, ...descriptions].find((path) => path && existsSync(path));
}

/** The path at which Playwright puts its Chromium, whether it is there or not. */
async function playwrightsBrowser() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

/** False also for a browser whose libraries are missing. */
function starts(path) {
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}
