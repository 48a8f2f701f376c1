// The compilers: Mesa's drivers of Debian's newest release, unpacked under .cache beside the C library they
// need. Nothing is installed in the system. The two shared objects of this folder are built here too.
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../lib/command.mjs";
import { findMirror } from "../lib/debian.mjs";
import { ScriptError } from "../lib/fail.mjs";
import { root as project } from "../lib/root.mjs";

const sources = join(project, "scripts/machine-code");
const folder = process.env.MACHINE_CODE_CACHE ?? join(project, ".cache/machine-code");
const unpacked = join(folder, "root");
const libraries = join(unpacked, "usr/lib/x86_64-linux-gnu");
/**
 * The release whose Mesa has stand-ins for the kernel's side of Apple's, NVIDIA's, Adreno's and AMD's
 * drivers.
 */
const SUITE = "sid";
const PACKAGES = ["mesa-vulkan-drivers", "mesa-drm-shim", "libvulkan1", "libvulkan-dev", "libstdc++6"];
const HEADERS = ["linux-libc-dev"];

/**
 * Makes the compilers ready, once.
 *
 * @returns {Promise<{ environment: Record<string, string>, library: (name: string) => string, loader:
 *   string[] }>} the variables that lead a Vulkan program to the driver around Mesa's, a library's path, and
 *   the command that starts a program on the unpacked C library
 */
export async function readyToolchain() {
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync("/usr/bin/apt-get"))
    throw new ScriptError("Mesa's compilers are made ready on Debian for amd64 alone.", "Run this there.");
  if (!existsSync(join(unpacked, "done"))) await unpack();
  const statistics = await build("pipeline-statistics", []);
  const intel = await build("intel-device", [join(unpacked, "usr/include/x86_64-linux-gnu")]);
  const manifest = join(folder, "driver.json");
  const driver = { library_path: statistics, api_version: "1.4.305" };
  writeFileSync(manifest, JSON.stringify({ file_format_version: "1.0.0", ICD: driver }));
  const runtime = join(folder, "runtime");
  mkdirSync(runtime, { recursive: true });
  const node = join(runtime, "intel-memory"); // sparse
  writeFileSync(node, "");
  truncateSync(node, 256 * 2 ** 30);
  return {
    environment: {
      VK_DRIVER_FILES: manifest,
      XDG_RUNTIME_DIR: runtime,
      MESA_SHADER_CACHE_DISABLE: "true",
      INTEL_DEVICE_MEMORY: node,
    },
    library: (name) => (name === "intel-device" ? intel : join(libraries, name)),
    loader: [join(unpacked, "usr/lib64/ld-linux-x86-64.so.2"), "--library-path", libraries],
  };
}

async function unpack() {
  console.error(`Unpacking Mesa of Debian ${SUITE} under .cache/machine-code (90 MB)…`);
  const apt = join(folder, "apt");
  for (const part of ["lists/partial", "archives/partial"]) mkdirSync(join(apt, part), { recursive: true });
  mkdirSync(unpacked, { recursive: true });
  const { uri, signedBy } = findMirror();
  const lines = ["Types: deb", `URIs: ${uri}`, `Suites: ${SUITE}`, "Components: main"];
  if (signedBy) lines.push(`Signed-By: ${signedBy}`);
  writeFileSync(join(apt, "mirror.sources"), [...lines, ""].join("\n"));
  writeFileSync(join(apt, "status"), ""); // as if nothing were installed, so that everything comes along
  const options = {
    "Dir::Etc::sourcelist": join(apt, "mirror.sources"),
    "Dir::Etc::sourceparts": "/nonexistent",
    "Dir::State::Lists": join(apt, "lists"),
    "Dir::State::status": join(apt, "status"),
    "Dir::Cache": apt,
    "Dir::Cache::archives": join(apt, "archives"),
    "APT::Sandbox::User": "root",
  };
  const get = [
    "apt-get",
    "-q",
    ...Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]),
  ];
  await must([...get, "update"]);
  await must([...get, "install", "-y", "-d", "--no-install-recommends", ...PACKAGES, ...HEADERS]);
  const archives = readdirSync(join(apt, "archives")).filter((name) => name.endsWith(".deb"));
  for (const name of archives) await must(["dpkg", "-x", join(apt, "archives", name), unpacked]);
  writeFileSync(join(unpacked, "done"), "");
}

/** A shared object of this folder's C file, built again when the file changes. */
async function build(name, includes) {
  const source = join(sources, `${name}.c`);
  const object = join(folder, `${name}.so`);
  const built = join(folder, `${name}.built.c`);
  const text = readFileSync(source, "utf8");
  if (existsSync(built) && readFileSync(built, "utf8") === text) return object;
  const include = [join(unpacked, "usr/include"), ...includes].flatMap((path) => ["-idirafter", path]);
  await must([
    "gcc",
    "-O1",
    "-Wall",
    "-shared",
    "-fPIC",
    ...include,
    "-o",
    object,
    source,
    "-ldl",
    "-lpthread",
  ]);
  writeFileSync(built, text);
  return object;
}

async function must(command) {
  const { code, output } = await run(command, { output: "capture" });
  if (code !== 0) throw new ScriptError(`${command[0]} ended with code ${code}.`, output.slice(-2000));
}
