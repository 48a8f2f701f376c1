import { expect, test } from "../support/app";
import { active, diagrams, flowchart, hostileDiagram, undrawnDiagrams } from "../support/diagrams";
import { isFit } from "../support/fit";
import { storeChat } from "../support/stored-chat";

test("every kind of diagram is drawn, in both themes", { tag: "@nightly" }, async ({ app, page }) => {
  await app.open("/favicon.svg");
  await storeChat(page, "Diagrams", "Draw.", [diagrams, hostileDiagram, ...undrawnDiagrams].join("\n\n"));
  await app.openWithoutModel();
  await app.chats.getByRole("button", { name: "Diagrams", exact: true }).click();
  const answer = app.messages.nth(1);
  const pictures = answer.locator("figure img");
  const sources = () => pictures.evaluateAll((all) => all.map((picture) => picture.getAttribute("src")!));

  await expect(pictures).toHaveCount(11);
  await expect(answer.locator("figure [role=status]")).toHaveText([
    "This diagram has a mistake in line 3, so it can not be drawn. This is its source.",
    "The first line names no kind of diagram that can be drawn. This is the source.",
    "This diagram is too large to be drawn here. Its source can be copied or saved.",
  ]);
  const light = await sources();
  for (const source of light) expect(decodeURIComponent(source)).not.toMatch(active);
  expect(await page.evaluate(() => "hit" in window)).toBe(false);
  await isFit(page, "diagrams, light");

  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(async () => (await sources()).filter((source) => light.includes(source))).toEqual([]);
  await isFit(page, "diagrams, dark");
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(pictures).toHaveCount(11);
    for (let at = 0; at < 11; at++)
      await pictures.nth(at).screenshot({ path: `test-results/diagram-${at}-${colorScheme}.png` });
  }
});

test(
  "a diagram that never ends is stopped, and the page goes on",
  { tag: "@nightly" },
  async ({ app, page }) => {
    await page.route(/mermaid.*\.js$/, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: "globalThis.mermaid = { initialize() {}, render() { for (;;); } };",
      }),
    );
    await app.open("/favicon.svg");
    await storeChat(page, "Diagrams", "Draw.", flowchart);
    await app.openWithoutModel();
    await app.chats.getByRole("button", { name: "Diagrams", exact: true }).click();
    const drawing = page.locator("iframe[title=Drawing]");
    await expect(drawing).toHaveCount(1);
    await app.box.fill("The page takes this while the frame is stuck.");
    await expect(app.messages.nth(1).locator("figure [role=status]")).toHaveText(
      "Drawing took longer than 10 s and was stopped. This is its source.",
    );
    await expect(drawing).toHaveCount(0);
    await expect(app.messages.nth(1).locator("pre")).toContainText("A[Start] --> B{Is it whole?}");
  },
);
