import { expect, it } from "vitest";
import { subtitlesToText } from "./subtitles";

const textOf = (file: string) => subtitlesToText(file).text;

it("SubRip is read with short times, without numbers and tags, and what is said twice once", () => {
  expect(
    textOf(
      "1\n00:00:01,500 --> 00:00:03,000\n<i>Hello</i>\nthere.\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}Hello there.\n\n" +
        "3\n01:02:03,000 --> 01:02:05,000\n- 5 < 6\n4\n01:02:06,000 --> 01:02:07,000\nEnd\n",
    ),
  ).toBe("[0:01] Hello there.\n[1:02:03] - 5 < 6\n[1:02:06] End");
});

it("WebVTT is read with its speakers, without notes, styles and places", () => {
  expect(
    textOf(
      "WEBVTT Kind: captions\n\nNOTE not this\n\nSTYLE\n::cue { color: red }\n\nintro\n00:02.000 --> 00:04.000 align:start\n<v Anna>Tea &amp; <00:03.000>milk?\n\n00:05.000 --> 00:06.000\nYes.",
    ),
  ).toBe("[0:02] Anna: Tea & milk?\n[0:05] Yes.");
});

it("SubStation Alpha is read in the order of time, by the fields that it names", () => {
  expect(
    textOf(
      "[Script Info]\nTitle: x\n\n[Events]\nFormat: Layer, Start, End, Style, Name, Text\nDialogue: 0,0:00:09.00,0:00:10.00,Default,,Later, much\\Nlater\nComment: 0,0:00:01.00,0:00:02.00,Default,,no\nDialogue: 0,0:00:03.10,0:00:04.00,Default,Bo,{\\b1}Hi{\\b0}!",
    ),
  ).toBe("[0:03] Bo: Hi!\n[0:09] Later, much later");
});
