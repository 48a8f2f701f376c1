import { describe, expect, it } from "vitest";
import { unpackFiles } from "../containers";
import { readDocument } from "../read-document";
import { isMailbox, mailsOf } from "./mailbox";

const utf8 = (text: string) => new TextEncoder().encode(text);
const mail = (subject: string, body: string) =>
  `From: a@example.org\nTo: b@example.org\nSubject: ${subject}\nDate: Wed, 31 Jan 2024 11:00:00 +0000\nMIME-Version: 1.0\n\n${body}\n`;
const from = "From a@example.org Wed Jan 31 11:00:00 2024\n";

describe("a mailbox", () => {
  const box = utf8(
    `${from}${mail("Tea: at noon?", "From here on.\nFrom the kettle.")}\n${from}${mail("=?utf-8?q?x?=", "Yes.")}`,
  );

  it("is a folder of its mails, which are documents of their own", async () => {
    const { files } = await unpackFiles(box, "all.mbox");
    expect(files.map(({ path }) => path)).toEqual(["all.mbox/1 Tea at noon.eml", "all.mbox/2.eml"]);
    const [{ bytes } = { bytes: utf8("") }] = files;
    const { document } = await readDocument({
      kind: "file",
      file: new File([bytes], "1.eml"),
      name: "1.eml",
    });
    expect(document.text).toContain("From here on.\nFrom the kettle.");
    expect(document.text).not.toContain("Yes.");
  });

  it("is told, when it is to be read, to be a folder of files", async () => {
    const reading = readDocument({ kind: "file", file: new File([box], "all.mbox"), name: "all.mbox" });
    await expect(reading).rejects.toMatchObject({ code: "document-archive" });
  });

  it("of one mail is that mail, and a text with such lines is none", () => {
    expect(isMailbox(utf8(from + mail("Tea", "One.")))).toBe(false);
    expect(isMailbox(utf8(`Notes\n\n${from}`))).toBe(false);
    expect(mailsOf(utf8(`${from}${mail("a", "x")}`), "a.mbox")).toHaveLength(1);
  });
});
