import "fake-indexeddb/auto";
import { beforeEach, expect, it } from "vitest";
import { startConversation, useChat } from "../../stores/chat/chat";
import { addPreset } from "../../stores/settings/edit-presets";
import { changeSettings, defaultSettings } from "../../stores/settings/settings";
import { commandsNow, findCommands } from "./commands";

const found = (query: string) => findCommands(commandsNow(), query).map(({ name }) => name);
const run = (name: string) =>
  commandsNow()
    .find((command) => command.name === name)!
    .run();

beforeEach(() => changeSettings(defaultSettings));

it("a preset, a folder and a language are found by their names, and run", () => {
  const id = startConversation("Lanterns");
  useChat.setState(({ summaries }) => ({
    summaries: [...summaries, { id: "other", title: "Other", createdAt: 1, updatedAt: 1, folder: "Work" }],
  }));
  addPreset("Keeper", {});
  expect(found("keeper")).toEqual(["Use the preset “Keeper”"]);
  run("Use the preset “Keeper”");
  expect(found("keeper")).toEqual([]);
  run("Use no preset");
  expect(found("keeper")).toEqual(["Use the preset “Keeper”"]);
  run("Move this chat to the folder “Work”");
  expect(useChat.getState().summaries.find((chat) => chat.id === id)!.folder).toBe("Work");
  expect(found("folder work")).toEqual([]);
  expect(found("chinese")).toEqual(["Language: 简体中文"]);
});

it("without words the usual ones are there, and none of which there may be many", () => {
  startConversation("Lanterns");
  addPreset("Keeper", {});
  const names = found("");
  expect(names).toContain("New chat");
  expect(
    names.filter((name) => /^(Use the preset|Language:|Move this chat to the folder)/.test(name)),
  ).toEqual([]);
});
