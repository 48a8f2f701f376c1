import { expect, it } from "vitest";
import { gzipSync } from "node:zlib";
import { recognise, whatItIs } from "./not-a-model";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const pointer =
  "version https://git-lfs.github.com/spec/v1\n" + `oid sha256:${"ab".repeat(32)}\nsize 532517120\n`;

it.each<[string, Uint8Array, RegExp, RegExp]>([
  ["a Git LFS pointer", bytesOf(pointer), /^a Git LFS pointer.* has 532,517,120 bytes$/, /git lfs pull/],
  [
    "a page to log in",
    bytesOf("\n<!DOCTYPE html>\n<html><head><title>Access restricted</title></head>"),
    /^a web page \(“Access restricted”\), not a model$/,
    /sign in/,
  ],
  [
    "a page without a title",
    bytesOf("\ufeff<html lang=en>"),
    /^a web page, not a model$/,
    /download the file/,
  ],
  [
    "a hub's error",
    bytesOf('{"error":"Repository not found"}'),
    /^a server's error in JSON, not a model: “Repository not found”$/,
    /download the file again/,
  ],
  ["a config.json", bytesOf('{\n  "model_type": "qwen3_5"\n}'), /^text in JSON, not a model$/, /folder/],
  [
    "a storage's error",
    bytesOf('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message>'),
    /^a server's error in XML, not a model: “AccessDenied”$/,
    /new link/,
  ],
  [
    "a server's word",
    bytesOf("Entry not found"),
    /^a text, not a model; it begins “Entry not found”$/,
    /again/,
  ],
  ["a PDF", latin1("%PDF-1.7\n%\xe2\xe3"), /^a PDF document, not a model$/, /Attach it/],
  ["a zip", latin1("PK\x03\x04\x14\0"), /^a zip archive/, /Unpack/],
  ["an empty zip", latin1("PK\x05\x06\0\0"), /^a zip archive/, /Unpack/],
  ["gzip", gzipSync("GGUF"), /^packed with gzip/, /Unpack/],
  ["a 7z archive", latin1("7z\xbc\xaf\x27\x1c\0\x04"), /^a 7z archive/, /Unpack/],
  ["zstd", latin1("\x28\xb5\x2f\xfd\x04"), /^packed with zstd/, /Unpack/],
  ["a pickle", latin1("\x80\x02}q\0X\x05\0\0\0a.b"), /^a Python pickle/, /safetensors/],
  ["GGML of 2023", latin1("tjgg\x03\0\0\0"), /^a model in GGML/, /\.gguf/],
  ["a program", latin1("MZ\x90\0\x03\0"), /^a program/, /Do not run it/],
  ["a file of zeros", new Uint8Array(512), /^not downloaded yet: .* 4,096 bytes/, /Wait/],
])("%s is named, with what to do", (_, start, what, hint) => {
  const found = recognise(start, start.every((byte) => byte === 0) ? 4096 : start.length);
  expect(found?.what).toMatch(what);
  expect(found?.hint).toMatch(hint);
  expect(found!.what + found!.hint).not.toContain("damaged");
});

it("an empty file is called empty", () => {
  expect(whatItIs(new Uint8Array(), 0).what).toBe("empty: it has 0 bytes");
});

it("bytes known by nothing are shown, with what a model starts with", () => {
  expect(whatItIs(latin1("\x01\x02\xff\xfe\0"), 5).what).toContain('not with "GGUF"');
  expect(whatItIs(latin1("GG"), 2).what).toMatch(/^only 2 bytes long, and starts with "GG"/);
});
