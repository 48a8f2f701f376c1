import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { isZip, unpackFiles } from "../containers";
import { unpackFolder } from "./files";

const zip = (files: Readonly<Record<string, string | Uint8Array>>) =>
  Uint8Array.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([path, file]) => [path, typeof file === "string" ? strToU8(file) : file]),
      ),
    ),
  );

describe("an archive", () => {
  it("is a folder of its name, and archives in it are folders in that; documents stay whole", async () => {
    const word = zip({ "word/document.xml": "<w:document/>" });
    const { files, leftOut } = await unpackFiles(
      zip({ "a/": "", "a/b.txt": "text", "in.zip": zip({ "c.md": "# C" }), "d.docx": word, "../../e": "x" }),
      "all.zip",
    );
    expect(files.map(({ path }) => path).sort()).toEqual([
      "all.zip/a/b.txt",
      "all.zip/d.docx",
      "all.zip/e",
      "all.zip/in.zip/c.md",
    ]);
    expect(files.find(({ path }) => path.endsWith("b.txt"))!.bytes).toEqual(strToU8("text"));
    expect(leftOut).toEqual([]);
  });

  it("more than three deep in others stays as it is, and is named", async () => {
    let inner = zip({ "x.txt": "deep" });
    for (let n = 0; n < 5; n++) inner = zip({ "in.zip": inner });
    const { files, leftOut } = await unpackFiles(inner, "a.zip");
    expect(files).toEqual([]);
    expect(leftOut).toEqual(["a.zip/in.zip/in.zip/in.zip"]);
  });

  it("that unpacks to more than it may is refused, also where the bytes lie in archives in it", () => {
    const bomb = zip({ a: new Uint8Array(3e6) });
    const bombs = zip({ "1.zip": bomb, "2.zip": bomb });
    expect(() => unpackFolder(bomb, "bomb.zip", isZip, 2e6)).toThrow(/unpacks to more than 2\sMB/);
    expect(() => unpackFolder(bombs, "bombs.zip", isZip, 4e6)).toThrow(/unpacks to more than/);
  });

  it("with a password is refused with what to do", () => {
    const locked = zip({ "a.txt": "text" });
    locked[6]! |= 1;
    expect(() => unpackFolder(locked, "a.zip", isZip)).toThrow(/protected by a password/);
  });

  it("of no files, and a file that is no archive, give none", async () => {
    expect((await unpackFiles(zip({}), "a.zip")).files).toEqual([]);
    expect((await unpackFiles(strToU8("plain text"), "a.txt")).files).toEqual([]);
  });
});
