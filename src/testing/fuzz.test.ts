import { expect, it } from "vitest";
import { fuzz, parsers } from "./fuzz";

// A sample; `npm run fuzz` runs 100,000 cases and more. The seeds themselves pass where nothing is cut off.
it.each(parsers)(
  "$name, mutated, is read or refused with an error that names what is wrong",
  async (parser) => {
    const { refused, read } = await fuzz(parser, 300, 20261121);
    expect(refused).toBeGreaterThan(20); // mutations reach the checks
    expect(refused + read).toBe(300);
  },
);
