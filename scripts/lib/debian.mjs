import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "./command.mjs";

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
const sourcesFolder = "/etc/apt/sources.list.d";

/** Whether Debian packages can be installed here. */
export const canInstallPackages = () => process.getuid?.() === 0 && release().ID === "debian";

/** Installs Debian packages; from the release's backports where they are newer there and that is asked for. */
export async function installPackages(packages, { fromBackports = false } = {}) {
  const codename = release().VERSION_CODENAME;
  // Later releases have Mesa 25 themselves.
  const backports = fromBackports && codename === "bookworm" ? `${codename}-backports` : undefined;
  if (backports) addSuite(backports);
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

function addSuite(suite) {
  const sources = readdirSync(sourcesFolder).map((name) => `${sourcesFolder}/${name}`);
  const isThere = ["/etc/apt/sources.list", ...sources].some(
    (path) =>
      /\.(list|sources)$/.test(path) && existsSync(path) && readFileSync(path, "utf8").includes(suite),
  );
  if (isThere) return;
  const lines = ["Types: deb", "URIs: http://deb.debian.org/debian", `Suites: ${suite}`, "Components: main"];
  writeFileSync(`${sourcesFolder}/${suite}.sources`, [...lines, `Signed-By: ${keyring}`, ""].join("\n"));
}

/** The fields of /etc/os-release; none on other systems. */
function release() {
  const path = "/etc/os-release";
  if (!existsSync(path)) return {};
  const fields = readFileSync(path, "utf8").matchAll(/^(\w+)="?(.*?)"?$/gm);
  return Object.fromEntries([...fields].map(([, key, value]) => [key, value]));
}
