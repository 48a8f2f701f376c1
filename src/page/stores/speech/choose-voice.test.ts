import { expect, it } from "vitest";
import { chooseVoice } from "./choose-voice";

const voice = (name: string, lang: string, localService: boolean, isDefault = false) => ({
  name,
  lang,
  localService,
  default: isDefault,
});

it("a voice on this device is taken before one elsewhere, even of the right country", () => {
  const voices = [
    voice("far", "en-GB", false, true),
    voice("near", "en_US", true),
    voice("german", "de-DE", true),
  ];
  expect(chooseVoice(voices, "en-GB")?.name).toBe("near");
  expect(chooseVoice([...voices, voice("here", "en-GB", true)], "en-GB")?.name).toBe("here");
  expect(chooseVoice(voices, "de")?.name).toBe("german");
  expect(chooseVoice(voices, "zh-CN")).toBeUndefined();
});
