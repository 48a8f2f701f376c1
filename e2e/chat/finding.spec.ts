import { expect, test, type App } from "../support/app";
import { isFit } from "../support/fit";
import { storeChats } from "../support/stored-chats";
import { withoutLongTasks } from "../support/trace";

test(
  "a thousand chats are listed, searched and switched without holding up the page",
  { tag: "@nightly" },
  async ({ app, page, browser }) => {
    await app.openWithoutModel();
    await storeChats(page, 1000);
    const open = async (name: string) => {
      await app.chats.getByRole("button", { name, exact: true }).click();
      await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
      await expect(app.messages).toHaveCount(20);
    };
    await withoutLongTasks(browser, page, async () => {
      await page.reload();
      await expect(app.chats.getByRole("listitem").first()).toBeVisible();

      await search(app, "serial777x13");
      await expect(page.getByRole("option", { name: /serial777x13/ })).toBeVisible();
      await page.keyboard.press("Enter");
      await expect(app.messages).toHaveCount(20);
      await expect(app.log.getByText("serial777x13.")).toBeInViewport();

      await app.chats.getByRole("button").first().scrollIntoViewIfNeeded();
      const names = await app.chats.getByRole("listitem").allInnerTexts();
      for (const name of names.filter((text) => !text.startsWith("The same")).slice(0, 3)) await open(name);
    });
    // What is scrolled to is drawn, not all there is.
    expect(await app.chats.getByRole("listitem").count()).toBeLessThan(300);

    const rows = app.chats.locator("[data-row]");
    const heapAfter = async (from: number, to: number) => {
      for (let at = from; at < to; at++) {
        await rows.nth(at).click();
        await expect(app.chats.locator('[aria-current="page"]')).toHaveAttribute(
          "data-row",
          (await rows.nth(at).getAttribute("data-row"))!,
        );
        await expect(app.messages).toHaveCount(20);
      }
      const session = await page.context().newCDPSession(page);
      await session.send("HeapProfiler.collectGarbage");
      const { usedSize } = await session.send("Runtime.getHeapUsage");
      await session.detach();
      return usedSize;
    };
    // The eight opened last stay in memory; another round through twenty leaves nothing.
    const before = await heapAfter(0, 20);
    const grown = (await heapAfter(0, 20)) - before;
    console.log(
      `heap after 20 chats ${(before / 1e6).toFixed(1)} MB, 20 later ${(grown / 1e6).toFixed(2)} MB more`,
    );
    expect(grown).toBeLessThan(0.5e6);
  },
);

test("chats are found, kept apart and shaped", { tag: "@nightly" }, async ({ app, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.openWithoutModel();
  await storeChats(page, 60);
  await page.reload();
  const row = (name: string | RegExp) => app.chats.getByRole("button", { name, exact: true });
  const group = (name: string) => app.chats.getByRole("list", { name, exact: true });
  const choose = async (title: string, ...items: readonly string[]) => {
    await app.chats.getByRole("button", { name: `Options for “${title}”`, exact: true }).click();
    for (const name of items) await page.getByRole("menuitem", { name, exact: true }).click();
  };
  await expect(app.chats.getByRole("listitem").first()).toBeVisible();
  const titles = await app.chats.getByRole("listitem").allInnerTexts();
  const [first = "", second = "", third = ""] = titles.filter((text) => text.startsWith("Chat "));

  await test.step("equal titles are told apart by when they began", async () => {
    const same = app.chats.getByRole("button", { name: /^The same title/ });
    await expect(same).toHaveCount(2);
    expect(new Set(await same.allInnerTexts()).size).toBe(2);
  });

  await test.step("pinned, in a folder, archived and taken back", async () => {
    await choose(third, "Pin");
    await expect(group("Pinned").getByRole("listitem")).toHaveText([third]);
    await choose(second, "Move to folder", "New folder…");
    await page.getByRole("textbox", { name: "Name of the folder" }).fill("Work");
    await page.keyboard.press("Enter");
    await expect(group("Work").getByRole("listitem")).toHaveText([second]);
    await choose(first, "Archive");
    await expect(row(first)).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(row(first)).toBeVisible();
  });

  await test.step("the header renames the open chat, and Escape leaves the name as it is", async () => {
    await row(first).click();
    const heading = page.getByRole("heading", { name: first });
    await heading.getByRole("button").click();
    const name = page.getByRole("textbox", { name: "Name of the chat" });
    await name.fill("Something else");
    await page.keyboard.press("Escape");
    await expect(heading.getByRole("button")).toBeFocused();
    await heading.getByRole("button").click();
    await name.fill("Lanterns");
    await page.keyboard.press("Enter");
    await expect(row("Lanterns")).toHaveAttribute("aria-current", "page");
  });

  await test.step("all figures of an answer, on demand", async () => {
    await app.messages
      .nth(1)
      .getByRole("button", { name: /^50 tokens/ })
      .click();
    const figures = page.getByRole("dialog", { name: "Figures of the answer" });
    await expect(figures.getByRole("row", { name: "Seed 7" })).toBeVisible();
    await expect(figures.getByRole("row", { name: "Reading 5,000 tokens a second" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(figures).toHaveCount(0);
  });

  await test.step("an answer is edited by hand, beside the one there was", async () => {
    const answer = app.messages.nth(1);
    await answer.getByRole("button", { name: "More for this answer" }).click();
    await page.getByRole("menuitem", { name: "Edit the answer" }).click();
    await page.getByRole("textbox", { name: "Edit the answer" }).fill("Seventeen coins.");
    await page.getByRole("button", { name: "Keep this version" }).click();
    await expect(answer).toContainText("Seventeen coins.");
    await expect(answer).toContainText("Edited by hand");
    await expect(app.messages).toHaveCount(2);
    await answer.getByRole("button", { name: "Previous version" }).click();
    await expect(app.messages).toHaveCount(20);
  });

  await test.step("a question is deleted with what follows, and comes back", async () => {
    await page.getByRole("button", { name: "Delete message" }).last().click();
    await expect(app.messages).toHaveCount(18);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(app.messages).toHaveCount(20);
  });

  await test.step("↑ in the empty box edits the last question, Escape ends only that", async () => {
    await app.box.focus();
    await page.keyboard.press("ArrowUp");
    const editor = page.getByRole("textbox", { name: "Edit the message" });
    await expect(editor).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(editor).toHaveCount(0);
  });

  await test.step("a copy has its own title and messages", async () => {
    await choose("Lanterns", "Duplicate");
    await expect(page.getByRole("heading", { name: "Copy of Lanterns" })).toBeVisible();
    await expect(app.messages).toHaveCount(20);
  });

  await test.step("the list of chats by keyboard alone: walk, rename, delete, undo", async () => {
    await row("Copy of Lanterns").focus();
    await page.keyboard.press("F2");
    await page.keyboard.type("Other lanterns");
    await page.keyboard.press("Enter");
    await expect(row("Other lanterns")).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await expect(row("Other lanterns")).not.toBeFocused();
    await row("Other lanterns").focus();
    await page.keyboard.press("ArrowDown");
    await expect(row("Lanterns")).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(row("Lanterns")).toHaveCount(0);
    await expect(app.chats.locator("[data-row]:focus")).toHaveCount(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { name: "Lanterns", exact: true })).toBeVisible();
  });

  await test.step("shortcuts: the list of them, the sidebar, a new chat, and Back", async () => {
    await page.keyboard.press("Control+/");
    const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(list).toContainText("Find a chat or a command");
    await isFit(page, "shortcuts");
    await page.keyboard.press("Escape");
    await expect(list).toHaveCount(0);
    await page.keyboard.press("Control+b");
    await expect(app.chats).toHaveCount(0);
    await page.keyboard.press("Control+Shift+O");
    await expect(app.messages).toHaveCount(0);
    await expect(app.box).toBeFocused();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Lanterns", exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Lanterns", exact: true })).toBeVisible();
    await expect(app.chats).toHaveCount(0); // still folded
    await page.getByRole("button", { name: "Chats", exact: true }).click();
    await expect(group("Work").getByRole("listitem")).toHaveText([second]);
  });

  await test.step("the palette runs commands, and is fit to see", async () => {
    await search(app, "serial42x");
    await expect(page.getByRole("option", { name: /serial42x/ })).toHaveCount(1);
    await isFit(page, "palette with a place in a text");
    await page.getByRole("combobox").fill("dark theme");
    await expect(page.getByRole("option")).toHaveText(["Dark theme"]);
    await page.keyboard.press("Enter");
    await isFit(page, "chats in the dark");
    await page.setViewportSize({ width: 1024, height: 768 });
    await isFit(page, "chats at 1024");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.keyboard.press("Control+k");
    await isFit(page, "palette on a phone");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Chats", exact: true }).click();
    await isFit(page, "chats on a phone");
  });
});

async function search({ page }: App, query: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type(query);
}
