import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text";
import { encodings, type Encoding } from "./encodings";
import fixture from "./encodings.fixture.json";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
/** The bytes of a string whose characters are all below U+0100. */
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
/** Encodings in which a text may be the same. */
const same: Record<string, readonly string[]> = {
  gb18030: ["gb18030", "gbk"],
  "windows-1253": ["windows-1253", "iso-8859-7"],
};

describe("a text that says nothing of its encoding", () => {
  it.each(fixture.map((one) => [one.encoding, one] as const))(
    "in %s is read",
    async (label, { text, base64 }) => {
      const read = await decodeText(fromBase64(base64), "contract.txt");
      expect(read.text).toBe(text.normalize("NFC"));
      expect(same[label] ?? [label]).toContain(read.encoding);
    },
  );

  it("is told as guessed, and nothing is said of UTF-8", async () => {
    const russian = fixture.find(({ encoding }) => encoding === "koi8-r")!;
    const { notes } = await decodeText(fromBase64(russian.base64), "contract.txt");
    expect(notes).toMatchObject([{ kind: "guessed", sentence: expect.stringContaining("KOI8-R") as string }]);
    expect((await decodeText(bytesOf("grün"), "a.txt")).notes).toEqual([]);
  });

  it("is read as the person chose", async () => {
    const greek = fixture.find(({ encoding }) => encoding === "windows-1253")!;
    const read = await decodeText(fromBase64(greek.base64), "a.txt", "iso-8859-5");
    expect(read).toMatchObject({ encoding: "iso-8859-5", notes: [] });
  });
});

describe("a text in UTF-8", () => {
  const line = "Die grüne Kiste, die blaue Tür und die weiße Straße. ";

  it("with a damaged byte stays UTF-8, and the place is told", async () => {
    const bytes = Uint8Array.of(...bytesOf(line), 0xfc, ...bytesOf("ber\n"));
    const read = await decodeText(bytes, "a.txt");
    expect(read).toMatchObject({ encoding: "utf-8", text: `${line}\ufffdber\n` });
    expect(read.notes).toMatchObject([
      {
        kind: "damaged",
        sentence: expect.stringContaining("One place is not valid Unicode (UTF-8)") as string,
      },
    ]);
  });

  it("that is cut off within a letter stays UTF-8", async () => {
    const { encoding, text } = await decodeText(bytesOf(`${line}für`).subarray(0, -2), "a.txt");
    expect({ encoding, text }).toEqual({ encoding: "utf-8", text: `${line}f\ufffd` });
  });

  it("is not taken for what it declares", async () => {
    const page = '<meta charset="iso-8859-1"><p>grün</p>';
    expect((await decodeText(bytesOf(page), "a.html")).text).toBe(page);
  });

  it("that holds U+FFFD itself is whole", async () =>
    expect((await decodeText(bytesOf("grün \ufffd"), "a.txt")).notes).toEqual([]));

  it("with a zero in it is read without", async () => {
    expect((await decodeText(bytesOf("grün\0e Kiste"), "a.txt")).text).toBe("grüne Kiste");
    expect((await decodeText(bytesOf("plain\0 text"), "a.txt")).text).toBe("plain text");
  });
});

describe("a declaration is believed", () => {
  const cyrillic = Uint8Array.of(0xca, 0xee, 0xe4); // Код in windows-1251, and letters in most encodings

  it.each([
    ["of XML", '<?xml version="1.0" encoding="windows-1251"?><a>'],
    ["of HTML", '<meta charset="windows-1251">'],
    ["of older HTML", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
    ["of Python", "#!/usr/bin/python\n# -*- coding: cp1251 -*-\n"],
    ["of Vim", "// vim: set fileencoding=cp1251 :\n"],
    ["of LaTeX", "\\documentclass{article}\n\\usepackage[cp1251]{inputenc}\n"],
    ["of a translation", 'msgid ""\n"Content-Type: text/plain; charset=windows-1251\\n"\n'],
  ])("%s", async (_, start) => {
    const { text, encoding } = await decodeText(Uint8Array.of(...bytesOf(start), ...cyrillic), "a.txt");
    expect({ text, encoding }).toEqual({ text: `${start}Код`, encoding: "windows-1251" });
  });

  it("but not of an encoding that nobody knows, or that it can not be in", async () => {
    const german = latin1('<meta charset="klingon"><p>Die Stra\xdfe ist gr\xfcn und sch\xf6n</p>');
    expect((await decodeText(german, "a.html")).text).toContain("Straße ist grün");
    const claims = bytesOf('<meta charset="utf-16"><p>plain</p>');
    expect((await decodeText(claims, "a.html")).text).toContain("plain");
  });
});

it("what is no text is refused, and what it looks like is said", async () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(64));
  await expect(decodeText(png, "a.txt")).rejects.toThrow("“a.txt” is not text: it looks like an image.");
  await expect(decodeText(new Uint8Array(400), "a.txt")).rejects.toThrow("is not text");
});

it("every encoding that is offered can be read", async () => {
  for (const encoding of Object.keys(encodings) as Encoding[])
    expect((await decodeText(bytesOf("a"), "a.txt", encoding)).encoding).toBe(encoding);
});
