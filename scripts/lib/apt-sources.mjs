import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names under which a release's main suite may stand in apt's sources, besides its own codename. */
const suiteAliases = ["stable", "oldstable", "oldoldstable", "testing", "unstable"];

/**
 * One place that apt takes packages from.
 *
 * @typedef {{ uri: string, suites: string[], components: string[], signedBy: string | undefined }} Source
 */

/** The sources of this machine; none on a system without apt. */
export function readSources(folder = "/etc/apt") {
  const parts = join(folder, "sources.list.d");
  const names = existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : [];
  return [join(folder, "sources.list"), ...names.sort()]
    .filter((path) => existsSync(path) && /\.(list|sources)$/.test(path))
    .flatMap((path) => parseSources(readFileSync(path, "utf8")));
}

/**
 * The sources that a file of apt names, in either of its formats: a line each ("deb [options] URI suite
 * component…"), or stanzas of fields (deb822). Sources of source code and disabled ones are left out.
 *
 * @returns {Source[]}
 */
export function parseSources(text) {
  const withoutComments = text.replaceAll(/^#.*\n?/gm, "");
  const isLines = /^\s*deb(-src)?\s/m.test(withoutComments);
  return isLines
    ? withoutComments.split("\n").flatMap(sourceOfLine)
    : withoutComments.split(/\n\s*\n/).flatMap(sourcesOfStanza);
}

/**
 * The source that holds the release's main suite; undefined where none does.
 *
 * @param {Source[]} sources
 * @param {string} codename
 * @returns {Source | undefined}
 */
export function findRelease(sources, codename) {
  const holds = (name) =>
    sources.find(({ suites, components }) => suites.includes(name) && components.includes("main"));
  return [codename, ...suiteAliases].map(holds).find((source) => source !== undefined);
}

function sourceOfLine(line) {
  const match = /^\s*deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+(\S+)\s*(.*)$/.exec(line);
  if (!match) return [];
  const [, options = "", uri, suite, components] = match;
  const signedBy = /signed-by=(\S+)/.exec(options)?.[1];
  return [{ uri, suites: [suite], components: words(components), signedBy }];
}

function sourcesOfStanza(stanza) {
  const fields = fieldsOf(stanza);
  if (!words(fields.types).includes("deb") || /^(no|false)$/i.test(fields.enabled ?? "")) return [];
  // A key may stand in the stanza itself, over several lines: it is passed on as it is.
  const signedBy = fields["signed-by"];
  return words(fields.uris).map((uri) => ({
    uri,
    suites: words(fields.suites),
    components: words(fields.components),
    signedBy,
  }));
}

/** Fields by their names in lower case. Lines that begin with a space go on with the field before them. */
function fieldsOf(stanza) {
  const matches = stanza.matchAll(/^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)/gm);
  return Object.fromEntries([...matches].map(([, name, value]) => [name.toLowerCase(), value.trimEnd()]));
}

const words = (text = "") => text.split(/\s+/).filter(Boolean);
