import { expect, it } from "vitest";
import { asTitle } from "./suggest-title";

it.each([
  ["Prices of lanterns", "Prices of lanterns"],
  ["  “Prices of lanterns.”\n", "Prices of lanterns"],
  ["**Title: Prices of lanterns**", "Title: Prices of lanterns"],
  ["Title: Prices of lanterns", "Prices of lanterns"],
  ["# Prices", "Prices"],
  ["标题：灯笼的价格", "灯笼的价格"],
  ["《灯笼的价格》", "灯笼的价格"],
  ["What's new in C++?", "What's new in C++?"],
])("of “%s” the title is “%s”", (written, title) => {
  expect(asTitle(written)).toBe(title);
});

it.each(["", "\n", "…", "Sure! Here is one:\nPrices of lanterns", "word ".repeat(20)])(
  "“%s” is no title",
  (written) => {
    expect(asTitle(written)).toBeNull();
  },
);
