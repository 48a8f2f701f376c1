import { findDrivers, tryDriver } from "./adapters.mjs";
import { findBrowser } from "./browser.mjs";
import { nodeProgram, run } from "./command.mjs";
import { canInstallPackages, installPackages } from "./debian.mjs";
import { findFirefox } from "./firefox.mjs";

const downloadLimitMs = 5 * 60_000;

/**
 * Finds what the tests need beside npm's packages, and installs what is missing and may be installed.
 *
 * @returns {Promise<{ browser: string | undefined, adapters: Adapters }>}
 * @typedef {{ swiftshader: Adapter, lavapipe: Adapter }} Adapters  without f16; with f16
 * @typedef {{ icd: string | undefined, problem: string | undefined }} Adapter  usable when `problem` is
 *   undefined
 */
export async function prepareMachine() {
  const browser = await findOrInstallBrowser();
  const swiftshader = await findOrInstall(findBaseline, () => installPackages(["chromium", "libvulkan1"]));
  const lavapipe = await findOrInstall(findF16, () =>
    installPackages(["mesa-vulkan-drivers"], { fromBackports: true }),
  );
  return { browser, adapters: { swiftshader, lavapipe } };
}

/** Finds Firefox, which only the nightly tests start, or installs it. @returns its path, or undefined */
export async function prepareFirefox() {
  if (!findFirefox() && canInstallPackages()) await installPackages(["firefox-esr"]);
  return findFirefox();
}

async function findOrInstallBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log("No Chromium found. Downloading Playwright's…");
  const download = nodeProgram("@playwright/test/cli.js", "install", "chromium");
  await run(download, { timeoutMs: downloadLimitMs });
  const downloaded = await findBrowser();
  if (downloaded || !canInstallPackages()) return downloaded;
  await installPackages(["chromium"]);
  return findBrowser();
}

async function findOrInstall(find, install) {
  const found = await find();
  if (found.problem === undefined || !canInstallPackages()) return found;
  await install();
  return find();
}

async function findBaseline() {
  const icd = (await findDrivers()).swiftshader;
  const { problem } = await tryDriver(icd);
  return { icd, problem };
}

async function findF16() {
  const icd = (await findDrivers()).lavapipe;
  const { problem, description, hasF16 } = await tryDriver(icd);
  return {
    icd,
    problem: problem ?? (hasF16 ? undefined : `${description} has no f16; Mesa 25 or later has`),
  };
}
