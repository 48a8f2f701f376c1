import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/lib/browser.mjs";

const browser = await findBrowser();
if (!browser) throw new Error("Found no Chromium. Run npm test, which installs one, or set CHROMIUM_PATH.");

/**
 * The built app in a real Chromium, its WebGPU on SwiftShader. Each spec starts the servers it needs:
 * e2e/support/server.ts.
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 1, // two at most in a run, and named at its end: scripts/lib/steps.mjs
  forbidOnly: Boolean(process.env["CI"]),
  ...(!process.env["NIGHTLY"] && { grepInvert: /@nightly/ }), // scripts/nightly.mjs
  timeout: 480_000, // a software adapter shares the cores with the page
  expect: { timeout: 120_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    contextOptions: { reducedMotion: "reduce" }, // what moves is drawn by the same two cores
    // Storing the whole app takes 4.5 s of CPU at each first visit; specs that go without a network allow it.
    serviceWorkers: "block",
    actionTimeout: 120_000, // what is not there by then will not come; without it a test waits to its end
    // Playwright's own trace takes DOM snapshots on the page's main thread:
    // docs/decisions/tests-and-tools.md.
    trace: "off",
    launchOptions: {
      executablePath: browser,
      args: [
        "--no-sandbox", // containers run as root
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        // Set for the reason given in src/testing/gpu/node-gpu.ts.
        "--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension",
        // A quarter less to compile for each page; the GPU tests run with the checks that a person's page
        // has.
        "--enable-dawn-features=disable_robustness",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
        // Two pages of the address bar's own, which nobody sees here: 2 s of CPU for each window.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
        "--js-flags=--expose-gc", // e2e/chat/collected.spec.ts
      ],
    },
  },
});
