import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { findBrowser } from "../../scripts/lib/browser.mjs";

const package_ = dirname(createRequire(import.meta.url).resolve("@wllama/wllama/package.json"));
const types = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

/** wllama in the Chromium that the app's own tests use, on this machine alone. */
export async function openWllama(modelPath) {
  const server = createServer(({ url }, response) => {
    // Both headers give the page threads.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.setHeader("Content-Type", types[url.split(".").at(-1)] ?? "application/octet-stream");
    if (url === "/index.html") response.end("<!doctype html><title>wllama</title>");
    else if (url === "/model.gguf") createReadStream(modelPath).pipe(response);
    else
      createReadStream(join(package_, "esm", url))
        .on("error", () => response.writeHead(404).end())
        .pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ["--no-sandbox", "--enable-unsafe-webgpu", "--enable-features=Vulkan", "--disable-quic"],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/index.html`);
  return {
    version: JSON.parse(readFileSync(join(package_, "package.json"), "utf8")).version,
    device: "Chromium",
    threads: null,
    run: (promptTokens, newTokens) => page.evaluate(measure, { promptTokens, newTokens }),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

/** Runs in the page. */
async function measure({ promptTokens, newTokens }) {
  const { Wllama } = await import("/index.js");
  const wllama = new Wllama({ default: "/wasm/wllama.wasm" });
  const blob = await (await fetch("/model.gguf")).blob();
  await wllama.loadModel([blob], {
    n_ctx: 2 * promptTokens + newTokens + 64,
    n_gpu_layers: 999,
    n_batch: 512,
  });
  // Digits are a token each, so this is a prompt of about as many tokens; the engine says how many it read.
  const prompt = (salt) => Array.from({ length: promptTokens }, (_, i) => (i * 7 + salt) % 10).join("");
  const complete = (salt, max_tokens) =>
    wllama.createCompletion({ prompt: prompt(salt), max_tokens, temperature: 0, cache_prompt: false });
  await complete(1, 2);
  const { timings } = await complete(3, newTokens);
  await wllama.exit();
  return { prefill: timings.prompt_per_second, decode: timings.predicted_per_second };
}
