import { describe, expect, it } from "vitest";
import { makeOle } from "../office/make-ole";
import { oleStreams } from "../office/ole";
import { parseMail, savedPageToText } from "./eml";
import { filesOf, mailToText } from "./mail";
import { isMail, isSavedPage } from "./mail-start";
import { messageOf } from "./msg";

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const lines = (...list: readonly string[]) => list.join("\r\n");

describe("a mail", () => {
  it("has its headers in any encoding, its text, and its files named", async () => {
    const eml = lines(
      "Received: from x",
      "From: =?utf-8?B?SsO8cmdlbg==?= <j@example.org>",
      "To: Anna <a@example.org>, b@example.org",
      "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=",
      "Date: Wed, 31 Jan 2024 12:00:00 +0100",
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=x",
      "",
      "--x",
      "Content-Type: text/plain; charset=windows-1251",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "=CA=EE=E4 4817.",
      "--x",
      "Content-Type: text/csv",
      'Content-Disposition: attachment; filename="prices.csv"',
      "",
      "tea,3",
      "--x--",
    );
    const mail = await parseMail(bytesOf(eml), "a.eml");
    const { text, notes } = mailToText(mail);
    expect(text).toBe(
      "# Grüße\n\nFrom: Jürgen <j@example.org>\nTo: Anna <a@example.org>, b@example.org\nDate: 2024-01-31T11:00:00.000Z\n\nКод 4817.\n\n[Attachment: prices.csv, 6 B]",
    );
    expect(notes.map(({ sentence }) => sentence)).toEqual([
      "The file that came with the mail is a document of its own.",
    ]);
    expect(filesOf(mail).map(({ name, bytes }) => [name, new TextDecoder().decode(bytes).trim()])).toEqual([
      ["prices.csv", "tea,3"],
    ]);
  });

  it("of HTML is read as its page, also where its text only says that there is one", async () => {
    const eml = lines(
      "From: a@example.org",
      "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=x",
      "",
      "--x",
      "Content-Type: text/plain",
      "",
      "See HTML.",
      "--x",
      "Content-Type: text/html",
      "",
      "<p>The long and whole text of the mail.</p><ul><li>one</ul>",
      "--x--",
    );
    expect(mailToText(await parseMail(bytesOf(eml), "a.eml")).text).toBe(
      "From: a@example.org\n\nThe long and whole text of the mail.\n\n- one",
    );
  });

  it("is told from text about mails", () => {
    expect(isMail("From: a@b\nTo: c@d\nDate: today\n\ntext")).toBe(true);
    expect(isMail("Dear all,\nFrom: now on\nTo: be or not\nDate: x\n\n")).toBe(false);
    expect(isMail("from: x\nname: y\n\n")).toBe(false);
  });

  it("with parts 10,000 deep in each other is refused with what to do", async () => {
    let eml = "MIME-Version: 1.0\r\n";
    for (let n = 0; n < 10_000; n++)
      eml += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
    await expect(parseMail(bytesOf(eml), "deep.eml")).rejects.toThrow(/could not be read as a mail/);
  });
});

it("a web page saved as one file is read as the page", async () => {
  const page = lines(
    "From: <Saved by Blink>",
    "Snapshot-Content-Location: https://example.org/",
    "MIME-Version: 1.0",
    'Content-Type: multipart/related; type="text/html"; boundary="x"',
    "",
    "--x",
    "Content-Type: text/html",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "<html><body><h1>Tea</h1><p>Gr=C3=BCn</p></body></html>",
    "--x",
    "Content-Type: text/css",
    "",
    "p { color: red }",
    "--x--",
  );
  expect(isSavedPage(page)).toBe(true);
  expect((await savedPageToText(bytesOf(page), "a.mhtml")).text).toBe("# Tea\n\nGrün");
});

describe("a mail of Outlook", () => {
  const wide = (text: string) => Uint8Array.from(Buffer.from(text, "utf16le"));
  const properties = (start: number, ...list: readonly (readonly [id: number, value: bigint])[]) => {
    const view = new DataView(new ArrayBuffer(start + 16 * list.length));
    list.forEach(([id, value], at) => {
      view.setUint16(start + 16 * at + 2, id, true);
      view.setBigUint64(start + 16 * at + 8, value, true);
    });
    return new Uint8Array(view.buffer);
  };
  /** 2024-01-31T11:00:00Z */
  const sent = (BigInt(Date.UTC(2024, 0, 31, 11)) + 11_644_473_600_000n) * 10_000n;

  it("has its headers, its text, its files, and the mails that it sends on", () => {
    const bytes = makeOle({
      "__properties_version1.0": properties(32, [0x39, sent], [0x3fde, 1251n]),
      "__substg1.0_0037001F": wide("Тема"),
      "__substg1.0_0C1A001F": wide("Anna"),
      "__substg1.0_5D01001F": wide("anna@example.org"),
      "__substg1.0_0E04001F": wide("Bo; Ci\0"),
      "__substg1.0_1000001E": Uint8Array.of(0xca, 0xee, 0xe4),
      "__attach_version1.0_#00000000/__substg1.0_3707001F": wide("a.txt"),
      "__attach_version1.0_#00000000/__substg1.0_37010102": bytesOf("hi"),
      "__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0": properties(24),
      "__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F": wide("Inner"),
      "__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_10130102": bytesOf("<p>inner text</p>"),
    });
    const mail = messageOf(oleStreams(bytes, "a.msg"));
    expect(mailToText(mail).text).toBe(
      "# Тема\n\nFrom: Anna <anna@example.org>\nTo: Bo; Ci\nDate: 2024-01-31T11:00:00.000Z\n\nКод\n\n[Attachment: a.txt, 2 B]\n\n# Inner\n\ninner text",
    );
    expect(filesOf(mail).map(({ name }) => name)).toEqual(["a.txt"]);
  });

  it("that is damaged is refused with what to do", () => {
    const bytes = makeOle({ "__properties_version1.0": properties(32) });
    expect(() => oleStreams(bytes.slice(0, 300), "a.msg")).toThrow(/damaged/);
  });
});
