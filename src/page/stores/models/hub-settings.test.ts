import "fake-indexeddb/auto";
import { beforeEach, expect, it } from "vitest";
import { usualHubUrl } from "../../../ground/model-origin";
import { readHubAccess, writeHubAccess } from "../../../storage/hub-access";
import { changeHubUrl, changeToken, readAccess, useHubAccess } from "./hub-settings";

beforeEach(async () => {
  await writeHubAccess({ hubUrl: usualHubUrl, token: null });
  await readAccess();
});

it("keeps the hub and the token for the next visit, and shows the page only that there is one", async () => {
  expect(await changeHubUrl(" https://hub.example/base/ ")).toBeNull();
  expect(await changeToken("hf_secret")).toBeNull();
  expect(await readHubAccess()).toEqual({ hubUrl: "https://hub.example/base", token: "hf_secret" });
  useHubAccess.setState({ hubUrl: usualHubUrl, hasToken: false });
  await readAccess();
  expect(useHubAccess.getState()).toEqual({ hubUrl: "https://hub.example/base", hasToken: true });
});

it("a token does not go with the person to another hub, but to another path of the same", async () => {
  await changeHubUrl("https://hub.example");
  await changeToken("hf_secret");
  await changeHubUrl("https://hub.example/base");
  expect(await readHubAccess()).toEqual({ hubUrl: "https://hub.example/base", token: "hf_secret" });
  await changeHubUrl("https://other.example");
  expect(await readHubAccess()).toEqual({ hubUrl: "https://other.example", token: null });
  expect(useHubAccess.getState().hasToken).toBe(false);
});

it("an empty address is Hugging Face's, and a bad one changes nothing", async () => {
  await changeHubUrl("https://hub.example");
  expect(await changeHubUrl("http://hub.example")).toMatch(/over http/);
  expect(await changeHubUrl("hub")).toMatch(/not a complete address/);
  expect((await readHubAccess())!.hubUrl).toBe("https://hub.example");
  expect(await changeHubUrl("  ")).toBeNull();
  expect((await readHubAccess())!.hubUrl).toBe(usualHubUrl);
});

it("a token can be forgotten", async () => {
  await changeToken("hf_secret");
  await changeToken(null);
  expect(await readHubAccess()).toEqual({ hubUrl: usualHubUrl, token: null });
});

it("a token is kept without what was copied along, and what no browser sends is refused", async () => {
  expect(await changeToken(" Bearer hf_secret\n")).toBeNull();
  expect(await readHubAccess()).toEqual({ hubUrl: usualHubUrl, token: "hf_secret" });
  for (const token of ["hf_\u200bsecret", "hf_secret…", "hf secret"])
    expect(await changeToken(token)).toMatch(/letters, digits and signs/);
  expect((await readHubAccess())!.token).toBe("hf_secret");
});
