import { expect, it } from "vitest";
import { stepsForSoftware, stepsForStorage } from "./visit-advice";

const chrome =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

it("without a graphics card each browser is told where its own switch is", () => {
  expect(stepsForSoftware(chrome).join(" ")).toMatch(/chrome:\/\/settings\/system.*chrome:\/\/gpu/);
  expect(stepsForSoftware(firefox).join(" ")).toMatch(/hardware acceleration.*about:support/);
  expect(stepsForSoftware(firefox).join(" ")).not.toMatch(/chrome:/);
});

it("with site data blocked each browser is told where to allow it, and that a reload starts anew", () => {
  for (const agent of [chrome, firefox]) expect(stepsForStorage(agent).at(-1)).toMatch(/reload the page/);
  expect(stepsForStorage(chrome).join(" ")).toContain("chrome://settings/content/siteData");
});
