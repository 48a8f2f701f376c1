import { describe, expect, it } from "vitest";
import { chooseFiles } from "./choose-files";

const named = (...paths: readonly string[]) => paths.map((path) => ({ path, sizeBytes: 350 }));
const offered = async (...args: Parameters<typeof chooseFiles>) =>
  (await chooseFiles(...args)).offered.map(({ path }) => path);

describe("of a folder", () => {
  it("130 notes are offered, whatever lies between them, in the order of their paths", async () => {
    const notes = Array.from({ length: 130 }, (_, n) => `notes/${n + 1}.md`);
    const pictures = Array.from({ length: 20 }, (_, n) => `notes/${n + 1}.png`);
    const { offered, left } = await chooseFiles(named(...pictures, ...notes.toReversed()), []);
    expect(offered.map(({ path }) => path)).toEqual(notes);
    expect(left).toHaveLength(20);
    expect(new Set(left.map(({ why }) => why))).toEqual(new Set(["picture"]));
  });

  it("what no one reads is left out, with the reason", async () => {
    const paths = [
      "a/.git/config",
      "a/node_modules/x.js",
      "a/.env",
      "a/b.MP3",
      "a/c.woff2",
      "a/d.zip",
      "a/e",
      "a/f.so",
      "a/g.exe",
      "a/h.bin",
    ];
    const { left, offered } = await chooseFiles(
      [...named(...paths), { path: "a/empty.txt", sizeBytes: 0 }],
      [],
    );
    expect(left.map(({ path, why }) => [path, why])).toEqual([
      ["a/.env", "hidden"],
      ["a/.git/config", "hidden"],
      ["a/b.MP3", "sound or film"],
      ["a/c.woff2", "font"],
      ["a/empty.txt", "empty"],
      ["a/f.so", "compiled code"],
      ["a/g.exe", "program"],
      ["a/h.bin", "binary data"],
      ["a/node_modules/x.js", "hidden"],
    ]);
    expect(offered.map(({ path }) => path)).toEqual(["a/d.zip", "a/e"]);
  });
});

describe(".gitignore", () => {
  const files = named(
    "p/a.log",
    "p/keep.log",
    "p/build/x.js",
    "p/src/a.log",
    "p/src/b.tmp",
    "p/src/out/y.js",
  );
  it.each([
    [
      "of the top",
      [{ folder: "p", text: "*.log\n!keep.log\n/build/\n" }],
      ["p/keep.log", "p/src/b.tmp", "p/src/out/y.js"],
    ],
    [
      "of each level, the deeper one last",
      [
        { folder: "p", text: "*.log\nbuild" },
        { folder: "p/src", text: "!a.log\n*.tmp\n/out\n" },
      ],
      ["p/src/a.log"],
    ],
    [
      "inside a folder that is ignored brings nothing back",
      [
        { folder: "p", text: "src/\n*.log\n/build" },
        { folder: "p/src", text: "!*" },
      ],
      [],
    ],
    ["of a folder beside says nothing", [{ folder: "q", text: "*" }], files.map(({ path }) => path).sort()],
  ])("%s", async (_, ignoreFiles, expected) => {
    expect(await offered(files, ignoreFiles)).toEqual(expected);
  });

  it("of 20,000 files takes less than two seconds of CPU", async () => {
    const many = named(...Array.from({ length: 20_000 }, (_, n) => `p/${n % 50}/${n % 7}/${n}.txt`));
    const started = process.cpuUsage();
    const { offered } = await chooseFiles(many, [{ folder: "p", text: "*.log\n/3/\n" }]);
    const { user, system } = process.cpuUsage(started);
    expect(offered).toHaveLength(19_600);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});
