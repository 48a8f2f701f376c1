import { describe, expect, it } from "vitest";
import { DownloadError } from "../../../ground/errors";
import { readReference } from "./hub-reference";

const repository = (repo: string, revision = "main", path = "") => ({
  kind: "repository",
  repo,
  revision,
  path,
});

describe("what a person may name a model by", () => {
  it.each([
    ["owner/name", repository("owner/name")],
    ["  unsloth/Qwen3.5-0.8B-GGUF\n", repository("unsloth/Qwen3.5-0.8B-GGUF")],
    ["owner/name@v1.0", repository("owner/name", "v1.0")],
    ["owner/name:Q4_K_M", repository("owner/name", "main", "Q4_K_M")],
    ["hf.co/owner/name:Q4_K_M", repository("owner/name", "main", "Q4_K_M")],
    ["huggingface.co/owner/name", repository("owner/name")],
    ["https://huggingface.co/owner/name/", repository("owner/name")],
    ["https://huggingface.co/owner/name?library=gguf#x", repository("owner/name")],
    ["https://huggingface.co/owner/name/tree/main", repository("owner/name")],
    ["https://huggingface.co/owner/name/tree/main/BF16", repository("owner/name", "main", "BF16")],
    ["https://huggingface.co/owner/name/discussions/3", repository("owner/name")],
    [
      "https://huggingface.co/owner/name/blob/refs/pr/7/a%20b.gguf",
      repository("owner/name", "refs/pr/7", "a b.gguf"),
    ],
    [
      "https://huggingface.co/owner/name/resolve/main/Q8/x-00001-of-00002.gguf?download=true",
      repository("owner/name", "main", "Q8/x-00001-of-00002.gguf"),
    ],
  ])("%s", (text, expected) => expect(readReference(text)).toEqual(expected));

  it("is a link where the host is no hub", () => {
    expect(readReference("https://models.example/a/b/x%20y.gguf")).toEqual({
      kind: "link",
      url: "https://models.example/a/b/x%20y.gguf",
      fileName: "x y.gguf",
    });
  });

  it("is on the hub of the settings, below its path, also when copied from Hugging Face", () => {
    const hub = "https://company.example/hub/";
    expect(readReference("https://company.example/hub/owner/name/tree/main", hub)).toEqual(
      repository("owner/name"),
    );
    expect(readReference("https://huggingface.co/owner/name", hub)).toEqual(repository("owner/name"));
    expect(readReference("https://company.example/files/x.gguf", hub)).toMatchObject({ kind: "link" });
  });

  it.each([
    ["", /Nothing/],
    ["qwen", /“qwen” is no repository/],
    ["a/b/c", /no repository/],
    ["https://huggingface.co/owner", /not the page of a model/],
    ["https://huggingface.co/datasets/owner/name", /not the page of a model/],
    ["http://models.example/x.gguf", /only https/],
    ["javascript:alert(1)", /only https/],
    ["https://user:secret@huggingface.co/owner/name", /user name or password/],
  ])("refuses “%s”", (text, message) => {
    expect(() => readReference(text)).toThrow(DownloadError);
    expect(() => readReference(text)).toThrow(message);
  });
});
