import type { Locator, Page } from "@playwright/test";
import { expect, inventory, test } from "../support/app";
import { storeChats } from "../support/stored-chats";

/** Presses Tab until the element has the focus: it is reached, and nothing on the way holds the focus. */
async function tabTo(page: Page, wanted: Locator, most = 200): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let at = 0; at < most; at++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(wanted, `reached by ${most} presses of Tab`).toBeFocused({ timeout: 1 });
}

/** Runs a command of the palette, which is the first that its words find. */
async function runCommand(page: Page, words: string, option: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole("option", { name: option }).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Find a chat or a command" })).toHaveCount(0);
}

/** Says that something is drawn around what has the focus, or around the field that it stands in. */
const isFocusSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    let element = document.activeElement;
    for (let at = 0; at < 4 && element && element !== document.body; at++, element = element.parentElement) {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      if ((outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none") return true;
    }
    return false;
  });

test(
  "a first visit by keyboard alone, from the first question to a chat deleted and put back",
  {
    tag: "@nightly",
  },
  async ({ app, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await app.openReady();
    const { keyboard } = page;
    const dialog = page.getByRole("dialog");
    const reach = async (wanted: Locator) => {
      await tabTo(page, wanted);
      expect(await isFocusSeen(page), `the focus of ${String(wanted)} is seen`).toBe(true);
    };
    const closed = async () => {
      await keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    };

    await test.step("a question, its answer, and the question edited with ↑", async () => {
      await reach(app.box);
      await keyboard.type(`${inventory} What does the red lantern cost?`);
      await keyboard.press("Enter");
      await expect(app.messages).toHaveCount(2);
      await expect(app.messages.nth(1)).toHaveAttribute("aria-busy", "false");
      await expect(app.messages.nth(1)).toContainText("17");
      await expect(app.box).toBeFocused();
      await keyboard.press("ArrowUp");
      const editor = page.getByRole("textbox", { name: "Edit the message" });
      await expect(editor).toBeFocused();
      await keyboard.press("Control+a");
      await keyboard.type(`${inventory} What is the code of the green crate?`);
      await keyboard.press("Enter");
      await expect(editor).toHaveCount(0);
      await expect(app.messages.nth(1)).toContainText("48213");
      await expect(app.messages.nth(1)).toHaveAttribute("aria-busy", "false");
    });

    await test.step("the chat is renamed", async () => {
      await runCommand(page, "rename this", "Rename this chat");
      await expect(page.getByRole("textbox", { name: "Name of the chat" })).toBeFocused();
      await keyboard.press("Control+a");
      await keyboard.type("Crates");
      await keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Crates", exact: true })).toBeVisible();
    });

    await test.step("settings, models, storage: in, a control of each, and out", async () => {
      await runCommand(page, "preferences", "Settings");
      await reach(page.getByRole("dialog", { name: "Settings" }).getByRole("button", { name: "New preset" }));
      await closed();
      await reach(app.modelButton);
      await keyboard.press("Enter");
      await keyboard.press("End");
      await expect(page.getByRole("menuitem", { name: "More models…" })).toBeFocused();
      await keyboard.press("Enter");
      await reach(page.getByRole("dialog", { name: "Models" }).getByRole("button", { name: "Storage" }));
      await keyboard.press("Enter");
      await reach(page.getByRole("slider", { name: "Room for saved reading" }));
      await closed();
    });

    await test.step("the panel, by its tabs, and closed", async () => {
      await reach(page.getByRole("button", { name: "Inspect" }));
      await keyboard.press("Enter");
      await reach(page.getByRole("tab", { selected: true }));
      await keyboard.press("End");
      const engine = page.getByRole("tab", { name: "Engine" });
      await expect(engine).toBeFocused();
      await expect(engine).toHaveAttribute("aria-selected", "true");
      await reach(page.getByRole("button", { name: "Close the panel" }));
      await keyboard.press("Enter");
      await expect(engine).toHaveCount(0);
      expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    });

    await test.step("the chat is exported, deleted and put back", async () => {
      const saved = page.waitForEvent("download");
      await runCommand(page, "as markdown", "Export this chat as Markdown");
      expect((await saved).suggestedFilename()).toMatch(/^Crates.*\.md$/);
      await runCommand(page, "delete this", "Delete this chat");
      await expect(app.chats.getByRole("listitem")).toHaveCount(0);
      await reach(page.getByRole("button", { name: "Undo" }));
      await keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Crates", exact: true })).toBeVisible();
      await expect(app.messages).toHaveCount(2);
    });
  },
);

test(
  "chats are found, shaped, kept apart and carried by keyboard alone",
  { tag: "@nightly" },
  async ({ app, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await app.openWithoutModel();
    await storeChats(page, 5);
    await page.reload();
    await expect(app.chats.getByRole("listitem")).toHaveCount(5);
    const { keyboard } = page;
    const run = (words: string, option: string) => runCommand(page, words, option);
    const group = (name: string) => app.chats.getByRole("list", { name, exact: true });
    const row = app.chats.locator('[aria-current="page"]');
    const dialog = page.getByRole("dialog");
    const closed = async () => {
      await keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    };

    await test.step("found, pinned, put into a folder and out of it, archived, duplicated", async () => {
      await run("serial3x1.", "serial3x1");
      await expect(app.messages).toHaveCount(20);
      await run("pin this", "Pin this chat");
      await expect(group("Pinned").getByRole("listitem")).toHaveCount(1);
      await run("unpin", "Unpin this chat");
      await run("new folder", "Move this chat to a new folder…");
      await expect(page.getByRole("textbox", { name: "Name of the folder" })).toBeFocused();
      await keyboard.type("Work");
      await keyboard.press("Enter");
      await expect(group("Work").getByRole("listitem")).toHaveCount(1);
      await run("out of its folder", "Take this chat out of its folder");
      await expect(group("Work")).toHaveCount(0);
      await run("archive this", "Archive this chat");
      await run("out of the archive", "Take this chat out of the archive");
      await run("duplicate", "Duplicate this chat");
      await expect(page.getByRole("heading", { name: /^Copy of/ })).toBeVisible();
      await expect(app.messages).toHaveCount(20);
    });

    await test.step("the options of a row, by its arrow keys", async () => {
      await tabTo(page, row);
      await keyboard.press("ArrowRight");
      await keyboard.press("Enter");
      await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      await expect(group("Pinned").getByRole("listitem")).toHaveCount(1);
    });

    await test.step("an answer's figures, and an answer edited by hand", async () => {
      const answer = app.messages.nth(1);
      const figures = answer.getByRole("button", { name: /^50 tokens/ });
      await tabTo(page, figures);
      await keyboard.press("Enter");
      await expect(page.getByRole("dialog", { name: "Figures of the answer" })).toBeVisible();
      await closed();
      await expect(figures).toBeFocused();
      await tabTo(page, answer.getByRole("button", { name: "More for this answer" }));
      await keyboard.press("Enter");
      await keyboard.press("Enter"); // the first of the menu
      const editor = page.getByRole("textbox", { name: "Edit the answer" });
      await expect(editor).toBeFocused();
      await keyboard.press("Control+a");
      await keyboard.type("Seventeen coins.");
      await tabTo(page, page.getByRole("button", { name: "Keep this version" }));
      await keyboard.press("Enter");
      await expect(answer).toContainText("Seventeen coins.");
      await expect(app.messages).toHaveCount(2);
    });

    await test.step("a preset is made in the settings and used; a chat's own settings are reset and put back", async () => {
      const settings = page.getByRole("dialog", { name: "Settings" });
      await run("preferences", "Settings");
      await tabTo(page, settings.getByRole("button", { name: "New preset" }));
      await keyboard.press("Enter");
      await tabTo(page, settings.getByRole("textbox", { name: "Name of the preset" }));
      await keyboard.press("Control+a");
      await keyboard.type("Keeper");
      await closed();
      await run("keeper", "Use the preset “Keeper”");
      await expect(page.getByRole("button", { name: /^Preset of this chat.*Keeper/ })).toBeVisible();
      await run("settings of this chat", "Settings of this chat…");
      const prompt = settings.getByRole("textbox", { name: "System prompt" });
      await tabTo(page, prompt);
      await keyboard.type("Answer briefly.");
      const reset = settings.getByRole("button", { name: "Reset all of this chat's own" });
      await expect(reset).toBeEnabled();
      await tabTo(page, reset);
      await keyboard.press("Enter");
      await expect(prompt).toHaveValue("");
      await expect(page.getByText("The chat's own settings are reset.")).toBeVisible();
      await closed();
      await tabTo(page, page.getByRole("button", { name: "Undo" }).last());
      await keyboard.press("Enter");
      await run("settings of this chat", "Settings of this chat…");
      await expect(prompt).toHaveValue("Answer briefly.");
      await closed();
    });

    await test.step("exported, and taken in again", async () => {
      const saved = page.waitForEvent("download");
      await run("export this chat as json", "Export this chat as JSON");
      const path = await (await saved).path();
      await run("import", "Export, back up or import chats");
      const chosen = page.waitForEvent("filechooser");
      await tabTo(page, dialog.getByRole("button", { name: "Choose a file…" }));
      await keyboard.press("Enter");
      await (await chosen).setFiles(path);
      await expect(dialog.getByRole("button", { name: "Import the chats" })).toBeFocused();
      await keyboard.press("Enter");
      await expect(dialog).toContainText("1 chat had been here already");
      await expect(dialog.getByRole("button", { name: "Done" })).toBeFocused();
      await keyboard.press("Enter");
      await expect(dialog).toHaveCount(0);
    });

    await test.step("the models' dialog, and the storage behind it", async () => {
      await run("models", "Models");
      await tabTo(page, dialog.getByRole("button", { name: "Storage" }));
      await keyboard.press("Enter");
      await expect(page.getByRole("dialog", { name: "Storage" })).toBeVisible();
      await closed();
    });

    await test.step("the page's language", async () => {
      await run("中文", "Language: 简体中文");
      await expect(page.getByRole("textbox", { name: "Message" })).toHaveCount(0);
      await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    });
  },
);

test(
  "chats that a newer version stored are left as they are, and said so",
  { tag: "@nightly" },
  async ({ app, page }) => {
    await app.openWithoutModel();
    await storeChats(page, 2);
    const inStore = (write: boolean) =>
      page.evaluate(async (write) => {
        const opening = indexedDB.open("conversations");
        await new Promise((resolve) => (opening.onsuccess = resolve));
        const store = opening.result.transaction("conversations", "readwrite").objectStore("conversations");
        if (write) store.put(99, "format");
        const all = store.getAll();
        await new Promise((resolve) => (all.onsuccess = resolve));
        opening.result.close();
        return JSON.stringify(all.result);
      }, write);
    const before = await inStore(true);
    await page.reload();
    await expect(page.getByText("The chats here were stored by a newer version of this app.")).toBeVisible();
    await expect(app.chats.getByRole("listitem")).toHaveCount(0);
    await page.getByRole("button", { name: "Export and import chats" }).click();
    const chat = { id: "c0ffee00", name: "Rivers", lastModified: 1_700_000_500_000, currNode: "q" };
    const messages = [{ id: "q", role: "user", content: "Which is longest?", parent: null, timestamp: 1 }];
    await page.getByLabel("Files with chats").setInputFiles({
      name: "chats.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify([{ conv: chat, messages }])),
    });
    await page.getByRole("button", { name: "Import the chats" }).click();
    await expect(page.getByRole("dialog")).toContainText("stored by a newer version of this app");
    expect(await inStore(false)).toBe(before);
  },
);
