import { mkdirSync } from "node:fs";
import { expect, test } from "../support/app";
import { isClean, settle } from "../support/fit";
import { storeChat } from "../support/stored-chat";

/** A folder for a picture of every screen in every look: npm run pictures. */
const pictures = process.env["PICTURES"];

const answer = `## What it takes

Then $x^2 + y_1 = \\frac{a}{b}$ holds, see [the source](https://example.org/a) and \`area\`.

$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$

| Case | Formula | A column that is long | Another column that is long |
|---|---|---|---|
| one | $x$ | unbreakable_word_in_a_table_cell | Text |
| two | $y$ | unbreakable_word_in_a_table_cell | Text |

- [x] Done
- [ ] Not yet

> A quotation of two lines
> and its end.

\`\`\`python
def area(r: float) -> float:
    """Area of a circle."""
    return 3.14159 * r ** 2  # square units, of a circle whose radius is given in units of length
\`\`\`

A claim[^1].

[^1]: A note.`;

interface Look {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
  /** In the second theme of a size only colours can be another. */
  readonly rules: "all" | "colours";
}

const bothThemes = (width: number, height: number): readonly Look[] => [
  { width, height, colorScheme: "light", rules: "all" },
  { width, height, colorScheme: "dark", rules: "colours" },
];
const looks = [
  ...bothThemes(390, 844),
  ...(pictures === undefined ? [] : bothThemes(1024, 768)),
  ...bothThemes(1440, 900),
];

test(
  "axe finds nothing on any screen, in both themes, small and large, and all can be deleted",
  { tag: "@nightly" },
  async ({ app, page }) => {
    test.slow();
    await page.setViewportSize({ width: 1440, height: 900 });
    await app.open("/favicon.svg");
    await storeChat(page, "A circle and its area, with a long title", "What does it take?", answer);
    await app.openReady();

    const look = async (screen: string) => {
      for (const { width, height, colorScheme, rules } of looks) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await settle(page);
        if (pictures !== undefined)
          await page.screenshot({ path: `${pictures}/${screen}-${width}-${colorScheme}.png` });
        await isClean(page, `${screen}, ${width} px, ${colorScheme}`, rules);
      }
    };
    if (pictures !== undefined) mkdirSync(pictures, { recursive: true });

    await look("empty chat");
    await page.getByRole("button", { name: "A circle and its area, with a long title", exact: true }).click();
    await expect(app.log.locator(".katex").first()).toBeVisible();
    await expect(app.log.locator("pre span").first()).toBeVisible(); // highlighted
    await look("chat");

    for (const [tab, shown] of [
      ["Memory", page.getByRole("table", { name: "Memory by layer" })],
      ["State", page.getByRole("button", { name: "Read the conversation" })],
      ["Time", page.getByRole("button", { name: "Measure" })],
      ["Engine", page.getByRole("table", { name: "Limits" })],
    ] as const) {
      if (tab === "Memory") await page.getByRole("button", { name: "Inspect" }).click();
      await page.getByRole("tab", { name: tab }).click();
      await expect(shown).toBeVisible();
      await look(`inspect ${tab.toLowerCase()}`);
    }
    await page.getByRole("button", { name: "Close the panel" }).click();

    const note = "The old hotel by the harbour.\nIt has a table by the window.\n"; // read ahead in a moment
    await page
      .getByLabel("Documents", { exact: true })
      .setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from(note) });
    await page.getByRole("button", { name: "note.txt", exact: true }).click();
    await expect(page.getByRole("complementary", { name: /^Document: / })).toBeVisible();
    await look("document");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove note.txt" }).click();

    await app.openSettings();
    await look("settings");
    await app.closeDialog();

    await page.evaluate(() => (location.hash = "lab"));
    await expect(page.getByRole("heading", { name: "Lab", level: 1 })).toBeVisible();
    await look("lab");
    await page.evaluate(() => (location.hash = "bench"));
    await expect(page.getByRole("table", { name: /^From stored file/ })).toBeVisible();
    await look("bench");
    await page.getByRole("link", { name: "Back to the chat" }).click();

    const models = await app.openModels();
    await models.getByRole("article").getByRole("button").first().click(); // the demo is folded
    await expect(models.getByRole("table")).toBeVisible();
    await look("models");
    await page.getByRole("button", { name: "Storage" }).click();
    await expect(page.getByRole("dialog", { name: "Storage" }).getByText(/ of .* used$/)).toBeVisible();
    await look("storage");
    const room = page.getByRole("slider", { name: "Room for saved reading" });
    await room.press("Home");
    await expect(room).toHaveAttribute("aria-valuetext", "Save nothing");
    await page.getByRole("button", { name: "Delete all…" }).click();
    await look("delete all");
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete all" }).click();
    await expect(page.getByText(/^All models, chats, .* were deleted/)).toBeVisible();
    const { "conversations/conversations": nChats, "saved-states/states": nStates = 0 } =
      await app.storedRecords();
    expect([nChats, nStates]).toEqual([0, 0]);
  },
);
