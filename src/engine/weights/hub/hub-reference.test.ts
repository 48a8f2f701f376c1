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
    [
      "https://huggingface.co/owner/name-GGUF?show_file_info=name-Q4_K_M.gguf",
      repository("owner/name-GGUF", "main", "name-Q4_K_M.gguf"),
    ],
    [
      "https://huggingface.co/owner/name/tree/v2/BF16?show_file_info=BF16%2Fx-00001-of-00002.gguf",
      repository("owner/name", "v2", "BF16/x-00001-of-00002.gguf"),
    ],
    ["https://huggingface.co/owner/name/raw/main/x.gguf", repository("owner/name", "main", "x.gguf")],
    ["https://huggingface.co/owner/name.git", repository("owner/name")],
    ["hf://owner/name/resolve/main/x.gguf", repository("owner/name", "main", "x.gguf")],
    ["ollama run hf.co/owner/name:Q4_K_M", repository("owner/name", "main", "Q4_K_M")],
    ["ollama pull huggingface.co/owner/name", repository("owner/name")],
    ["llama-server -hf owner/name:Q8_0 -c 8192", repository("owner/name", "main", "Q8_0")],
    ["hf download owner/name x-Q4_0.gguf --local-dir .", repository("owner/name", "main", "x-Q4_0.gguf")],
    ["lms get https://huggingface.co/owner/name", repository("owner/name")],
    ["git clone https://huggingface.co/owner/name", repository("owner/name")],
    ["https://modelscope.cn/models/owner/name", repository("owner/name")],
    ["https://www.modelscope.cn/models/owner/name/files", repository("owner/name")],
    [
      "https://modelscope.cn/models/owner/name/file/view/master/x.gguf?status=2",
      repository("owner/name", "main", "x.gguf"),
    ],
    [
      "https://modelscope.cn/models/owner/name/resolve/master/BF16/x.gguf",
      repository("owner/name", "main", "BF16/x.gguf"),
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
    ["https://hf-mirror.com/owner/name-GGUF", ""],
    ["hf-mirror.com/owner/name-GGUF", ""],
    ["https://hf-mirror.com/owner/name-GGUF/blob/main/x.gguf", "x.gguf"],
    ["https://hf-mirror.com/owner/name-GGUF?show_file_info=x.gguf", "x.gguf"],
  ])("a mirror's page is a repository, and the mirror is asked for it: %s", (text, path) => {
    const onMirror = { ...repository("owner/name-GGUF", "main", path), hubUrl: "https://hf-mirror.com" };
    expect(readReference(text)).toEqual(onMirror);
    // It is the hub of the settings: nothing else is meant.
    expect(readReference(text, "https://hf-mirror.com")).toEqual(repository("owner/name-GGUF", "main", path));
  });

  it.each([
    ["", /Nothing/],
    ["asdf", /“asdf” is not a repository: that has an owner and a name/],
    ["a/b/c", /not a repository/],
    ["two words", /not a repository/],
    ["model.gguf", /“model.gguf” is a file's name, without the repository/],
    ["qwen3.5:9b", /Ollama's library/],
    ["ollama run qwen3.5", /“qwen3.5” is not a repository/],
    ["https://ollama.com/library/qwen3.5", /Ollama's library/],
    ["C:\\models\\x.gguf", /a place on this computer/],
    ["C:/models/x.gguf", /a place on this computer/],
    ["/home/me/x.gguf", /a place on this computer/],
    ["file:///home/me/x.gguf", /a place on this computer/],
    ["https://modelscope.cn/datasets/owner/name", /not the page of a model/],
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
