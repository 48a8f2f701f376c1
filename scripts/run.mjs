// Runs a TypeScript entry point of this folder: node scripts/run.mjs ENTRY_POINT [its arguments]
//
// Vite loads it, so that scripts import the same modules as the app, `.wgsl?raw` among them. Packages stay
// Node's own.
import { resolve } from "node:path";
import { ScriptError, runMain } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

await runMain(async () => {
  const [entry, ...argv] = process.argv.slice(2);
  if (!entry) throw new ScriptError("Usage: node scripts/run.mjs scripts/NAME.ts [arguments]");
  await ensureInstalled({ output: "stderr" }); // stdout belongs to the script

  const { createServer } = await import("vite");
  const vite = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  const { main, usage } = await vite.ssrLoadModule(resolve(entry));
  if (argv.includes("--help") && usage) return console.log(usage);
  if (typeof main !== "function") throw new ScriptError(`${entry} exports no function "main".`);
  await main(argv); // modules it imports on demand need Vite, so Vite stays until the end
  await vite.close();
});
process.exit(process.exitCode ?? 0); // Dawn's threads would keep the process alive
