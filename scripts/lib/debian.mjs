import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { findRelease, readSources } from "./apt-sources.mjs";
import { run } from "./command.mjs";
import { ScriptError } from "./fail.mjs";

const sourcesFolder = "/etc/apt/sources.list.d";

/** Returns whether Debian packages can be installed here. */
export const canInstallPackages = () => process.getuid?.() === 0 && release().ID === "debian";

/**
 * Installs Debian packages; from the release's backports where they are newer there and that is asked for.
 * What goes wrong is printed: whoever needs the packages looks for them afterwards.
 */
export async function installPackages(packages, { fromBackports = false } = {}) {
  const codename = release().VERSION_CODENAME;
  // Later releases have Mesa 25 themselves.
  const backports = fromBackports && codename === "bookworm" ? `${codename}-backports` : undefined;
  if (backports && !addSuite(backports)) return;
  const target = backports ? ["-t", backports] : [];
  console.log(`Installing Debian's ${packages.join(", ")}${backports ? ` from ${backports}` : ""}…`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  for (const command of [
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-q", "-y", "--no-install-recommends", ...target, ...packages],
  ]) {
    const { code } = await run(command, { env });
    if (code !== 0) return console.error(`${command.join(" ")} ended with code ${code}.`);
  }
}

/**
 * The mirror that this machine takes Debian's packages from, with the key its lists are signed by.
 *
 * @throws {ScriptError}  when apt's sources name none
 */
export function findMirror() {
  const { VERSION_CODENAME: codename } = release();
  const source = findRelease(readSources(), codename);
  if (source) return source;
  throw new ScriptError(
    `The apt sources of this machine name no mirror for "${codename}".`,
    "Add Debian's mirror to the sources in /etc/apt, and run this again.",
  );
}

/** Makes apt know the suite, by the machine's own mirror, and returns whether it does now. */
function addSuite(suite) {
  if (readSources().some(({ suites }) => suites.includes(suite))) return true;
  try {
    const { uri, signedBy } = findMirror();
    const lines = ["Types: deb", `URIs: ${uri}`, `Suites: ${suite}`, "Components: main"];
    if (signedBy) lines.push(`Signed-By: ${signedBy}`);
    writeFileSync(`${sourcesFolder}/${suite}.sources`, [...lines, ""].join("\n"));
    return true;
  } catch (error) {
    console.error(`Could not add ${suite} to apt's sources: ${error.message}`);
    return false;
  }
}

/** The fields of /etc/os-release; none on other systems. */
function release() {
  const path = "/etc/os-release";
  if (!existsSync(path)) return {};
  const fields = readFileSync(path, "utf8").matchAll(/^(\w+)="?(.*?)"?$/gm);
  return Object.fromEntries([...fields].map(([, key, value]) => [key, value]));
}
