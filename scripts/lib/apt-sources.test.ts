import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findRelease, parseSources, readSources } from "./apt-sources.mjs";

const stanzas = `# the machine's own
Types: deb deb-src
# a comment between fields
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm
Components: main

Types: deb-src
URIs: http://code.example/debian
Suites: bookworm
Components: main
`;

describe("parseSources", () => {
  it("reads stanzas, without source code and what is disabled", () => {
    expect(parseSources(stanzas)).toEqual([
      {
        uri: "http://mirror.example/debian",
        suites: ["bookworm", "bookworm-updates"],
        components: ["main", "contrib"],
        signedBy: "/usr/share/keyrings/archive.gpg",
      },
    ]);
  });

  it("reads lines, with options and without", () => {
    const text = `# deb http://old.example/debian bookworm main
deb http://mirror.example/debian bookworm main contrib
deb-src http://mirror.example/debian bookworm main
deb [arch=amd64 signed-by=/keys/a.gpg] https://other.example/repo ./
`;
    expect(parseSources(text)).toEqual([
      {
        uri: "http://mirror.example/debian",
        suites: ["bookworm"],
        components: ["main", "contrib"],
        signedBy: undefined,
      },
      { uri: "https://other.example/repo", suites: ["./"], components: [], signedBy: "/keys/a.gpg" },
    ]);
  });

  it("keeps a key that stands in the stanza over several lines", () => {
    const key = "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\nComponents: main\n";
    const [source] = parseSources(`Types: deb\nURIs: http://m.example\nSuites: trixie\n${key}`);
    expect(source?.signedBy).toBe("\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc");
    expect(source?.components).toEqual(["main"]);
  });
});

describe("findRelease", () => {
  it("takes the main suite, not its updates, its security or another vendor's", () => {
    const sources = parseSources(`deb http://vendor.example/apt bookworm stable
deb http://security.example/debian-security bookworm-security main
deb http://mirror.example/debian bookworm main
`);
    expect(findRelease(sources, "bookworm")?.uri).toBe("http://mirror.example/debian");
  });

  it("takes a suite by its alias where the codename is not used", () => {
    expect(findRelease(parseSources("deb http://m.example/debian stable main\n"), "bookworm")?.uri).toBe(
      "http://m.example/debian",
    );
  });

  it("finds none where apt knows other vendors only", () => {
    expect(findRelease(parseSources("deb http://v.example/apt nodistro main\n"), "bookworm")).toBeUndefined();
  });
});

it("reads both places apt looks at, and only the files it reads", () => {
  const folder = mkdtempSync(join(tmpdir(), "apt-"));
  try {
    mkdirSync(join(folder, "sources.list.d"));
    writeFileSync(join(folder, "sources.list"), "deb http://a.example bookworm main\n");
    writeFileSync(join(folder, "sources.list.d/b.sources"), stanzas);
    writeFileSync(join(folder, "sources.list.d/c.list.save"), "deb http://c.example bookworm main\n");
    expect(readSources(folder).map(({ uri }) => uri)).toEqual([
      "http://a.example",
      "http://mirror.example/debian",
    ]);
    expect(readSources(join(folder, "none"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
