// npm run test:matrices: products on subgroup matrices, on lavapipe of Mesa 26 or later, which has them.
// Debian 12 and its backports have no such Mesa; there, as root, the tests run in a Debian 13 of their own
// under .cache.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findDrivers, runtimeFolder, tryDriver } from "./lib/adapters.mjs";
import { nodeProgram, run } from "./lib/command.mjs";
import { canInstallPackages, findMirror, installPackages } from "./lib/debian.mjs";
import { runMain, ScriptError } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

const debian = join(root, ".cache/debian-13");
const tests = nodeProgram("vitest/vitest.mjs", "run", "--project", "matrices");

await runMain(async () => {
  await ensureInstalled();
  const { hasMatrices } = await tryDriver((await findDrivers()).lavapipe);
  process.exitCode = hasMatrices ? (await run(tests)).code : await runInDebian();
});

async function runInDebian() {
  if (!canInstallPackages()) {
    throw new ScriptError(
      "No lavapipe with subgroup matrices was found.",
      "Install Mesa 26 or later with its software driver (Debian: mesa-vulkan-drivers), or run this as root on Debian.",
    );
  }
  if (!existsSync(join(debian, "done"))) await install();
  const env = `PATH=/usr/local/bin:/usr/bin:/bin HOME=/root XDG_RUNTIME_DIR=${runtimeFolder()}`;
  const inside = tests.map((part) => (part === process.execPath ? "/usr/local/bin/node" : part));
  // The mount is seen by this process and its children alone, and goes with them: what deletes the folder can
  // not reach the project.
  const script = `mkdir -p "$1$2" "$1${runtimeFolder()}" && mount --bind "$2" "$1$2" && chroot "$1" sh -c 'cd "$0" && env ${env} ${inside.join(" ")}' "$2"`;
  return (await run(["unshare", "--mount", "sh", "-c", script, "sh", debian, root])).code;
}

async function install() {
  const { uri: mirror } = findMirror();
  await installPackages(["debootstrap"]);
  mkdirSync(debian, { recursive: true });
  await must(["debootstrap", "--variant=minbase", "trixie", debian, mirror]);
  writeFileSync(
    join(debian, "etc/apt/sources.list.d/backports.list"),
    `deb ${mirror} trixie-backports main\n`,
  );
  const packages = "-t trixie-backports mesa-vulkan-drivers libvulkan1";
  const install = `apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ${packages}`;
  await must(["chroot", debian, "sh", "-c", install]);
  copyFileSync(process.execPath, join(debian, "usr/local/bin/node"));
  writeFileSync(join(debian, "done"), "");
}

async function must(command) {
  const { code } = await run(command);
  if (code !== 0) throw new ScriptError(`${command[0]} ended with code ${code}.`, "What it said is above.");
}
