import { describe, expect, it } from "vitest";
import { readModelLink, readModelUrl } from "./model-url";

describe("readModelUrl", () => {
  it.each([
    ["https://example.org/a/model.gguf", "example.org", "model.gguf"],
    ["  https://example.org:8443/a%20b.gguf?download=true ", "example.org:8443", "a b.gguf"],
    ["http://localhost:8080/m.gguf", "localhost:8080", "m.gguf"],
    ["http://127.0.0.1/m.gguf", "127.0.0.1", "m.gguf"],
    ["http://[::1]:9000/m.gguf", "[::1]:9000", "m.gguf"],
    ["https://example.org/", "example.org", "example.org"],
    ["https://example.org/%E0%A4%A.gguf", "example.org", "%E0%A4%A.gguf"],
  ])("accepts %s", (text, host, fileName) => {
    expect(readModelUrl(text)).toMatchObject({ kind: "accepted", host, fileName });
  });

  it.each([
    "",
    "model.gguf",
    "http://example.org/m.gguf",
    "http://localhost.example.org/m.gguf",
    "http://127.0.0.1.example.org/m.gguf",
    "http://localhost@example.org/m.gguf",
    "ftp://example.org/m.gguf",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/plain,hello",
    "blob:https://example.org/0d9c",
    "https://me:secret@example.org/m.gguf",
  ])("refuses %j with a reason", (text) => {
    const read = readModelUrl(text);
    expect(read.kind).toBe("refused");
    expect(read).toHaveProperty("reason", expect.stringMatching(/\w{3}/));
  });

  it("does not repeat a password in its reason", () => {
    expect(JSON.stringify(readModelUrl("https://me:secret@example.org/m.gguf"))).not.toContain("secret");
  });

  it("turns the page of a file on Hugging Face into the file", () => {
    expect(readModelUrl("https://huggingface.co/u/r/blob/main/m.gguf#x")).toMatchObject({
      url: "https://huggingface.co/u/r/resolve/main/m.gguf",
    });
  });
});

describe("readModelLink", () => {
  it("is null without the parameter", () => expect(readModelLink("?other=1")).toBeNull());
  it("decodes the parameter once", () => {
    const url = "https://example.org/a%20b.gguf?x=1&y=2";
    expect(readModelLink(`?model=${encodeURIComponent(url)}`)).toMatchObject({ kind: "accepted", url });
  });
});
