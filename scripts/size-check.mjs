// npm run size-check: the whole 0.8B in Chromium. Makes a random model of that shape (524 MB), serves it,
// has the built app download it into IndexedDB and put it on the GPU, and checks that
// - the renderer process never takes more than 300 MB above what it took before, and
// - the ids it then draws, greedily, are those that Node draws on lavapipe from the same file and prompt.
// It also prints where the time of the load went, and its rate against a bare loop that reads the same Blobs.
// With -- --safetensors: the 0.8B as BF16 safetensors (1.5 GB), quantized to 8 bits on the way; its ids are
// not compared. With -- --folded: the 2B as a Hadamard-folded PTQ1_0 (421 MB). On SwiftShader; some minutes
// on two cores. Not part of npm test.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, builtFolder } from "./lib/build.mjs";
import { findBrowser } from "./lib/browser.mjs";
import { run } from "./lib/command.mjs";
import { ScriptError, runMain } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";
import { serveFolder } from "./lib/static-server.mjs";
import { MemoryWatch } from "./size-check-memory.mjs";
import { spellOutIds } from "./size-check-model.mjs";

const maxGrowthBytes = 300e6;
const nNewTokens = 4;
const prompt = "the in an"; // three merges and two spaces
const contextLength = 512;
const isSafetensors = process.argv.includes("--safetensors");
const isFolded = process.argv.includes("--folded");
const folder = join(root, ".cache/size-check");
const gguf = (config, quant) => ({
  config,
  quant,
  out: `${config}-${quant}.gguf`,
  fileName: `${config}-${quant}.gguf`,
});
const made = isSafetensors
  ? { config: "qwen35-0.8b", quant: "BF16", out: "safetensors", fileName: "safetensors/model.safetensors" }
  : isFolded
    ? gguf("qwen35-2b", "PTQ1_0")
    : gguf("qwen35-0.8b", "MIX");
/** The app's name for it. */
const modelName = isSafetensors ? "safetensors" : `random ${made.config}`;

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const executablePath = await findBrowser();
  if (!executablePath) throw new ScriptError("Found no Chromium.", "Run npm test, which installs one.");
  mkdirSync(folder, { recursive: true });
  const modelPath = join(folder, made.fileName);
  if (!existsSync(modelPath)) await makeModel();

  const inBrowser = await loadAndAsk(executablePath);
  const inNode = isSafetensors ? null : await askNode(modelPath);
  report(inBrowser, inNode);
});

async function makeModel() {
  const path = join(folder, made.out);
  const options = ["--config", made.config, "--quant", made.quant, "--seed", "1", "--out", path];
  if (isSafetensors) options.push("--format", "safetensors");
  if (isFolded) options.push("--hadamard");
  console.log(`npm run -s make-model -- ${options.join(" ")}`);
  const { code } = await run(["npm", "run", "-s", "make-model", "--", ...options]);
  if (code !== 0) throw new ScriptError(`make-model ended with code ${code}.`);
  if (!isSafetensors) spellOutIds(path);
}

/** Runs the app with a profile on disk, so that IndexedDB is where it would be, and measures its renderer. */
async function loadAndAsk(executablePath) {
  const profile = join(folder, "profile");
  rmSync(profile, { recursive: true, force: true });
  const app = await serveFolder(builtFolder);
  const models = await serveFolder(folder, { allowAllOrigins: true });
  const { chromium } = await import("@playwright/test");
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [
      ...["--no-sandbox", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
      // as in src/testing/gpu/node-gpu.ts
      "--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension",
    ],
  });
  context.setDefaultTimeout(10 * 60_000);
  try {
    const page = context.pages()[0];
    await chooseSettings(page, app.origin);
    const memory = new MemoryWatch(profile);

    // A link that is refused: the page waits with nothing loaded.
    await page.goto(`${app.origin}/?model=none`);
    await page.getByRole("button", { name: "Close" }).waitFor();
    await page.waitForTimeout(3000);
    memory.phase("page without a model");
    await page.waitForTimeout(1000);
    await page.getByRole("button", { name: "Close" }).click();
    await isReady(page);
    await page.waitForTimeout(3000);
    memory.phase("idle, demo model loaded");
    await page.waitForTimeout(1000);

    memory.phase("download");
    await page.getByRole("button", { name: /^Models/ }).click();
    await page.getByRole("menuitem", { name: "More models…" }).click();
    await page
      .getByRole("textbox", { name: "Model repository, link or file" })
      .fill(`${models.origin}/${made.fileName}`);
    await page.getByRole("button", { name: "Look up" }).click();
    const card = page.getByRole("dialog").getByRole("article", { name: modelName, exact: true });
    await ends(page, card);
    memory.phase("load");
    await ends(page, card.getByText("in use"));
    memory.phase("answer");
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Message" }).fill(prompt);
    await page.keyboard.press("Enter");
    const answer = page.getByRole("log").locator("article[aria-busy=false]").last();
    await ends(page, answer);
    // Padding tokens, which show nothing, are ordinary ones only in the GGUF (size-check-model.mjs).
    const text = isSafetensors ? "" : await answer.locator("[data-text]").innerText();
    const { usage } = await page.evaluate(() => navigator.storage.estimate());
    const phases = memory.stop();
    return { text, usage, phases, rates: await compareRates(page) };
  } finally {
    await context.close();
    await Promise.all([app.close(), models.close()]);
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Reads the bench page's rates of the load and of a bare loop over the same Blobs. */
async function compareRates(page) {
  await page.evaluate(() => void (globalThis.location.hash = "#bench"));
  await page.getByRole("button", { name: "Compare with a bare read" }).click();
  const against = page.getByText(/^A bare loop reads/);
  await against.waitFor();
  return [await page.getByText(/^Loaded in/).innerText(), await against.innerText()];
}

/**
 * Sets what the settings dialog would, before the page's first start: greedy, a short context, few tokens.
 */
async function chooseSettings(page, origin) {
  const state = { contextLength, maxNewTokens: nNewTokens, sampling: { temperature: 0 } };
  await page.addInitScript(
    ([at, settings]) => {
      if (globalThis.location.origin === at && !localStorage.getItem("settings"))
        localStorage.setItem("settings", settings);
    },
    [origin, JSON.stringify({ state, version: 0 })],
  );
}

function isReady(page) {
  return page.getByText("Ready", { exact: true }).waitFor();
}

/** Waits for `target`; an alert on the page is an error. */
async function ends(page, target) {
  const alert = page.getByRole("alert");
  await target.or(alert).first().waitFor();
  if (await alert.count()) throw new ScriptError(`The page says: ${await alert.first().innerText()}`);
}

async function askNode(modelPath) {
  const { code, output } = await run(
    [
      process.execPath,
      join(root, "scripts/run.mjs"),
      "scripts/size-check-node.ts",
      ...["--model", modelPath, "--prompt", prompt, "--context", String(contextLength)],
      ...["--new", String(nNewTokens)],
    ],
    { output: "capture" },
  );
  const line = output.split("\n").findLast((line) => line.startsWith("{"));
  if (code !== 0 || !line) throw new ScriptError(`Node's run ended with code ${code}:\n${output}`);
  return JSON.parse(line);
}

function report({ text, usage, phases, rates }, inNode) {
  const mb = (bytes) => `${(bytes / 1e6).toFixed(0).padStart(5)} MB`;
  console.log(`\nChromium on SwiftShader, f32${inNode ? `; Node on ${inNode.device}, f32` : ""}`);
  console.log(`IndexedDB holds ${mb(usage).trim()}\n`);
  console.log("highest RSS               renderer  (kernel's mark)  GPU process");
  for (const { name, rendererBytes, rendererMarkBytes, gpuBytes } of phases)
    console.log(
      `${name.padEnd(26)}${mb(rendererBytes)}${mb(rendererMarkBytes).padStart(17)}${mb(gpuBytes).padStart(13)}`,
    );
  const isIdle = ({ name }) => name.startsWith("idle");
  const peakBytes = Math.max(...phases.flatMap((phase) => [phase.rendererBytes, phase.rendererMarkBytes]));
  const growthBytes = peakBytes - phases.find(isIdle).rendererBytes;
  console.log(`\npeak − idle: ${mb(growthBytes).trim()} (limit ${mb(maxGrowthBytes).trim()})`);

  console.log(`\n${rates.join("\n")}`);

  const problems = [];
  if (phases.slice(1).some(({ rendererBytes }) => rendererBytes === 0))
    problems.push("the page's process was not found, so its memory was not measured");
  if (growthBytes > maxGrowthBytes) problems.push("the renderer grew by more than the limit");
  if (inNode) problems.push(...compareIds(text, inNode));
  if (problems.length > 0) throw new ScriptError(`\nsize-check FAILED: ${problems.join("; ")}.`);
  console.log("\nsize-check passed");
}

/** Prints the ids of both sides. @returns what is wrong with them */
function compareIds(text, { promptIds, ids }) {
  const shownIds = [...text.matchAll(/\[PAD(\d+)\]/g)].map(([, id]) => Number(id));
  console.log(`\nprompt ids     ${promptIds.join(" ")}`);
  console.log(`ids, Chromium  ${shownIds.join(" ")}`);
  console.log(`ids, Node      ${ids.join(" ")}`);

  const problems = [];
  if (promptIds.length > 8) problems.push(`the prompt is ${promptIds.length} tokens, more than 8`);
  if (shownIds.length < 3) problems.push(`the page showed ${shownIds.length} ids, fewer than 3: “${text}”`);
  if (shownIds.join() !== ids.join()) problems.push("the ids differ");
  return problems;
}
