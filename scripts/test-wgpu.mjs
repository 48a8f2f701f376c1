// npm run test:wgpu [-- FILES]: GPU tests over wgpu, the WebGPU of Firefox and Deno, on lavapipe. Vitest runs
// in Deno, whose `navigator.gpu` is wgpu's; npm has Deno as a package, installed under .cache when first
// needed.
import { arch, platform } from "node:process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findDrivers, runtimeFolder } from "./lib/adapters.mjs";
import { run } from "./lib/command.mjs";
import { runMain, ScriptError } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { prepareMachine } from "./lib/machine.mjs";
import { root } from "./lib/root.mjs";

const VERSION = "2.9.6";
/** wgpu has no subgroups on lavapipe: tests whose name says that they need them are left to Dawn. */
const WITHOUT_SUBGROUPS = "^(?!.*over subgroups)";
const folder = join(root, ".cache", `deno-${VERSION}`);

await runMain(async () => {
  await ensureInstalled();
  await prepareMachine();
  const { lavapipe } = await findDrivers();
  if (!lavapipe)
    throw new ScriptError(
      "Found no lavapipe.",
      "Install Mesa's software driver (Debian: mesa-vulkan-drivers).",
    );
  const deno = await findDeno();
  const env = { VK_ICD_FILENAMES: lavapipe, XDG_RUNTIME_DIR: runtimeFolder() };
  const tests = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "gpu-wgpu",
    "--testNamePattern",
    WITHOUT_SUBGROUPS,
  ];
  const files = process.argv.slice(2);
  process.exitCode = (
    await run([deno, "run", "--allow-all", "--unstable-webgpu", ...tests, ...files], { env })
  ).code;
});

/** The program itself: npm's own starter script needs a step after installing, which may be forbidden. */
async function findDeno() {
  const system = platform === "linux" ? `${platform}-${arch}-glibc` : `${platform}-${arch}`;
  const program = join(folder, "node_modules/@deno", system, platform === "win32" ? "deno.exe" : "deno");
  if (existsSync(program)) return program;
  const install = ["npm", "install", "--prefix", folder, "--no-save", "--no-fund", "--no-audit"];
  const { code } = await run([...install, `deno@${VERSION}`]);
  if (code !== 0 || !existsSync(program))
    throw new ScriptError(`npm installed no Deno ${VERSION} for ${system}.`, "What it said is above.");
  return program;
}
