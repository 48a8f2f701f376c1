import { changeModel, discardChat } from "../../stores/chat/answer";
import { archiveChat, changeChat, newChat, useChat, type ConversationSummary } from "../../stores/chat/chat";
import { chatPreset } from "../../stores/chat/chat-answers";
import { followPreset } from "../../stores/chat/follow-preset";
import { folderNames } from "../../stores/chat/list/group-chats";
import { backUp, exportChats, openCarry } from "../../stores/carry/carry";
import { printChat } from "../../stores/carry/print-chat";
import { duplicateChat } from "../../stores/chat/shape";
import { install, useInstall } from "../../stores/device/install";
import { openInspect } from "../../stores/inspect/inspect";
import { loadedModelId } from "../../stores/models/engine";
import { useModels } from "../../stores/models/models";
import { openModelPanel } from "../../stores/models/plans";
import { openSettings } from "../../stores/open-settings";
import { changeSettings, useSettings } from "../../stores/settings/settings";
import { toggleSidebar } from "../../stores/sidebar";
import { openDialog, setTitleEdited } from "../../stores/view";
import type { ShortcutName } from "../parts/keys/shortcuts";
import { languageIds, languageNames } from "../../../language/languages";
import { t } from "../../../language/language";

export interface Command {
  /** Tells it from another of the same name. */
  readonly id?: string;
  readonly name: string;
  /** One of many of its kind: it is shown where it is looked for. */
  readonly isOneOfMany?: boolean;
  /** Other words that people look for it by. */
  readonly alsoKnownAs?: string;
  readonly shortcut?: ShortcutName;
  readonly run: () => void;
}

/** All commands; those about the open chat only where one is open. */
export function commandsNow(): readonly Command[] {
  return [
    { name: t("New chat"), shortcut: "newChat", run: newChat },
    ...chatCommands(),
    { name: t("Models"), alsoKnownAs: "load download switch", run: openModelPanel },
    ...modelCommands(),
    ...presetCommands(),
    {
      name: t("Settings"),
      alsoKnownAs: "preferences options system prompt temperature sampling",
      run: () => openSettings(loadedModelId()),
    },
    { name: t("Storage"), alsoKnownAs: "disk space delete", run: () => openDialog({ kind: "storage" }) },
    {
      name: t("Export, back up or import chats"),
      alsoKnownAs: "save download restore ChatGPT Open WebUI llama.cpp JSON Markdown",
      run: openCarry,
    },
    { name: t("Save a backup"), alsoKnownAs: "export everything archive", run: () => void backUp() },
    {
      name: t("Show or hide the list of chats"),
      alsoKnownAs: "sidebar",
      shortcut: "sidebar",
      run: toggleSidebar,
    },
    { name: t("Inspect"), alsoKnownAs: "debug memory state time engine", run: openInspect },
    { name: t("Lab"), alsoKnownAs: "linear attention memory", run: () => (location.hash = "lab") },
    { name: t("Bench"), alsoKnownAs: "benchmark measure speed", run: () => (location.hash = "bench") },
    { name: t("Light theme"), alsoKnownAs: "colour bright", run: () => changeSettings({ theme: "light" }) },
    { name: t("Dark theme"), alsoKnownAs: "colour night", run: () => changeSettings({ theme: "dark" }) },
    {
      name: t("Theme of the system"),
      alsoKnownAs: "colour auto",
      run: () => changeSettings({ theme: "system" }),
    },
    ...languageCommands(),
    ...(useInstall.getState().isOffered
      ? [{ name: t("Install as an app"), alsoKnownAs: "pwa desktop", run: () => void install() }]
      : []),
    {
      name: t("Keyboard shortcuts"),
      alsoKnownAs: "keys help",
      shortcut: "help",
      run: () => openDialog({ kind: "shortcuts" }),
    },
  ];
}

/** A change to each model that is here and not in use. */
function modelCommands(): readonly Command[] {
  const loadedId = loadedModelId();
  return useModels
    .getState()
    .models.filter(({ id }) => id !== loadedId)
    .map((model) => ({
      id: model.id,
      isOneOfMany: true,
      name: t("Use {name}", { name: model.name }),
      alsoKnownAs: "switch model load",
      run: () => void changeModel(model, null),
    }));
}

/** A change to each preset that the open or the new chat does not follow, and back to none. */
function presetCommands(): readonly Command[] {
  const { openId } = useChat.getState();
  const { presets } = useSettings.getState();
  const followed = chatPreset(openId);
  return [
    ...presets
      .filter(({ id }) => id !== followed?.id)
      .map((preset) => ({
        id: preset.id,
        isOneOfMany: true,
        name: t("Use the preset “{name}”", { name: preset.name }),
        alsoKnownAs: "instructions sampling switch",
        run: () => followPreset(openId, preset),
      })),
    ...(followed ? [{ name: t("Use no preset"), run: () => followPreset(openId, null) }] : []),
    {
      name: openId === null ? t("Settings of the new chat…") : t("Settings of this chat…"),
      alsoKnownAs: "own instructions system prompt sampling preset",
      run: () => openSettings(loadedModelId(), { kind: "chat", id: openId }),
    },
  ];
}

function languageCommands(): readonly Command[] {
  const { language } = useSettings.getState();
  const english = new Intl.DisplayNames("en", { type: "language" });
  return languageIds
    .filter((id) => id !== language)
    .map((id) => ({
      id,
      isOneOfMany: true,
      name: t("Language: {name}", { name: languageNames[id] }),
      alsoKnownAs: `translation ${english.of(id)}`,
      run: () => changeSettings({ language: id }),
    }));
}

/** Moves of a chat into each other folder, a new one, and out of its own. */
function folderCommands({ id, folder }: ConversationSummary): readonly Command[] {
  return [
    ...folderNames(useChat.getState().summaries)
      .filter((name) => name !== folder)
      .map((name) => ({
        id: `folder ${name}`,
        isOneOfMany: true,
        name: t("Move this chat to the folder “{name}”", { name }),
        run: () => changeChat(id, { folder: name }),
      })),
    {
      name: t("Move this chat to a new folder…"),
      run: () => openDialog({ kind: "folder", chatId: id, folder: null }),
    },
    ...(folder
      ? [
          {
            name: t("Take this chat out of its folder"),
            alsoKnownAs: "move",
            run: () => changeChat(id, { folder: null }),
          },
        ]
      : []),
  ];
}

function chatCommands(): readonly Command[] {
  const { openId: id, summaries } = useChat.getState();
  const chat = summaries.find((summary) => summary.id === id);
  if (!chat || id === null) return [];
  const { isPinned = false, isArchived = false } = chat;
  return [
    { name: t("Rename this chat"), alsoKnownAs: "title", run: () => setTitleEdited(true) },
    {
      name: isPinned ? t("Unpin this chat") : t("Pin this chat"),
      run: () => changeChat(id, { isPinned: !isPinned }),
    },
    {
      name: isArchived ? t("Take this chat out of the archive") : t("Archive this chat"),
      run: () => archiveChat(id, !isArchived),
    },
    ...folderCommands(chat),
    { name: t("Print this chat or save it as PDF"), alsoKnownAs: "paper", run: () => void printChat(id) },
    {
      name: t("Export this chat as Markdown"),
      alsoKnownAs: "save download",
      run: () => void exportChats([id], "markdown"),
    },
    {
      name: t("Export this chat as JSON"),
      alsoKnownAs: "save download",
      run: () => void exportChats([id], "json"),
    },
    { name: t("Duplicate this chat"), alsoKnownAs: "copy clone", run: () => void duplicateChat(id) },
    { name: t("Delete this chat"), alsoKnownAs: "remove", run: () => discardChat(id) },
  ];
}

/**
 * The commands in whose name, or other words, every word of the query stands. Without one, those of which
 * there are not many.
 */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ name, alsoKnownAs = "", isOneOfMany = false }) => {
    if (words.length === 0) return !isOneOfMany;
    const text = `${name} ${alsoKnownAs}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
