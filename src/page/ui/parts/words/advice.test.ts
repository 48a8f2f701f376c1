import { describe, expect, it } from "vitest";
import { stepsFor } from "./advice";

const agents = {
  chromeLinux:
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  chromeAndroid:
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  firefoxLinux: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  firefoxMac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
  safari:
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
};

describe("steps without WebGPU", () => {
  it.each([
    ["chromeLinux", /enable-unsafe-webgpu/],
    ["chromeAndroid", /Android since 121/],
    ["firefoxLinux", /dom\.webgpu\.enabled/],
    ["firefoxMac", /145 or newer/],
    ["safari", /Safari 26/],
  ] as const)("for %s name what that browser needs", (agent, expected) => {
    expect(stepsFor("no-webgpu", agents[agent], true).join(" ")).toMatch(expected);
  });

  it("do not send a phone to a Linux flag", () => {
    expect(stepsFor("no-webgpu", agents.chromeAndroid, true).join(" ")).not.toMatch(/unsafe/);
  });

  it("over plain http name https first and alone", () => {
    expect(stepsFor("no-webgpu", agents.chromeLinux, false).join(" ")).toMatch(/https/);
    expect(stepsFor("no-webgpu", agents.chromeLinux, false)).toHaveLength(1);
  });
});

it("errors whose hint says it all get no steps", () => {
  expect(stepsFor("download", agents.safari, true)).toEqual([]);
});
