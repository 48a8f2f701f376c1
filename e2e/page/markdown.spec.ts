import { expect, test } from "../support/app";
import { active, flowchart, hostileDiagram, undrawnDiagrams } from "../support/diagrams";
import { isFit } from "../support/fit";
import { replaceStoredAnswer } from "../support/stored-answer";

test.use({ serviceWorkers: "allow" }); // what goes on without a network is stored by one

const preview = `\`\`\`html
<p id="shown">plain</p>
<script>
  const shown = document.getElementById("shown");
  let reached = "apart";
  try { reached = parent.document.title } catch {}
  shown.textContent = "ran " + reached;
  fetch("/favicon.svg").catch(() => (shown.textContent += ", offline"));
</script>
\`\`\``;

const answerText = `Then \\( x^2 + y_1 = \\frac{a}{b} \\) holds, for $5.

\\[
\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
\\]

| Case | Formula | Unbreakablewordinatablecell | Another column that is long |
|---|---|---|---|
| one<br>two | $|x|$ | Unbreakablewordinatablecell | Text |

- [x] Done
- [ ] Not yet

A claim[^1], 这里的**“缓存”**很重要, 见https://example.org/a。谢谢 and <kbd>Ctrl</kbd>.

مرحبا بالعالم، هذا مثال 4817.

\`\`\`python
def area(r: float) -> float:
    """Area of a circle."""
    return 3.14159 * r ** 2  # square units
\`\`\`

${preview}

Broken: $\\frac{1$ and the source [1].

[^1]: First note.

Sources:

[1]: https://example.org/first
[2]: https://example.org/second`;

test("an answer is shown as it is meant, also without a network", async ({ app, page }) => {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  await page.setViewportSize({ width: 1200, height: 900 });
  await app.openWithoutModel();
  await app.ask("Show me.");
  const openWith = async (text: string) => {
    await page.goto(`${app.server.origin}/favicon.svg`);
    await replaceStoredAnswer(page, text);
    await app.open();
    await app.chats.getByRole("button").first().click();
  };
  await openWith(answerText);
  const answer = app.messages.nth(1);
  const previewed = answer.frameLocator("iframe").frameLocator("iframe").locator("#shown");

  await test.step("formulas are drawn with fonts of this origin, and copied as they were written", async () => {
    await expect(answer.locator(".katex")).toHaveCount(3);
    await expect(answer).toContainText("$\\frac{1$");
    expect(
      await page.evaluate(async () => (await document.fonts.ready, document.fonts.check("16px KaTeX_Math"))),
    ).toBe(true);
    const copied = await answer.evaluate((element) => {
      getSelection()!.selectAllChildren(element.querySelector("[data-text] p")!);
      const clipboardData = new DataTransfer();
      element
        .querySelector("[data-text] p")!
        .dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
      return clipboardData.getData("text/plain");
    });
    expect(copied).toBe("Then \\( x^2 + y_1 = \\frac{a}{b} \\) holds, for $5.");
  });

  await test.step("code is highlighted, and saved under its language's name", async () => {
    await expect(answer.locator("pre span[style*='--code-token-keyword']").first()).toHaveText("def");
    await expect(answer.locator("pre").first()).toContainText("return 3.14159 * r ** 2  # square units");
    const saving = page.waitForEvent("download");
    await answer.getByRole("button", { name: "Download as code.py" }).click();
    expect((await saving).suggestedFilename()).toBe("code.py");
  });

  await test.step("what stands behind a docstring is no comment", async () => {
    await expect(answer.locator("pre span[style*='--code-token-keyword']").nth(1)).toHaveText("return");
  });

  await test.step("a note is reached from its number, and its place from the note", async () => {
    const address = page.url();
    await answer.getByRole("link", { name: "Footnote 1" }).click();
    await expect(answer.getByText("First note.").locator("xpath=ancestor::li")).toBeFocused();
    await expect(answer.getByRole("checkbox", { name: "Not yet" })).toBeVisible();
    expect(page.url()).toBe(address);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/markdown-${colorScheme}.png` });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "test-results/markdown-390.png" });
  const cell = answer.locator("td").nth(2);
  expect((await cell.boundingBox())!.height).toBeLessThan(80); // its word is on one line
  await page.setViewportSize({ width: 1200, height: 900 });
  expect(refused).toEqual([]);

  await test.step("HTML is run in a frame that reaches neither the page nor a network", async () => {
    await expect(answer.locator("iframe")).toHaveCount(0);
    await answer.getByRole("button", { name: "Preview" }).click();
    await expect(previewed).toHaveText("ran apart, offline");
    await page.screenshot({ path: "test-results/markdown-preview.png" });
  });

  const pictures = answer.locator("figure img");
  const sources = () => pictures.evaluateAll((all) => all.map((picture) => picture.getAttribute("src")!));

  await test.step("a diagram is drawn in a sandbox, in the page's colours, and follows their change", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await openWith([flowchart, hostileDiagram, undrawnDiagrams[0], "Then $x^2$.", preview].join("\n\n"));
    await expect(pictures).toHaveCount(2);
    await expect(answer.locator("figure [role=status]")).toHaveText([
      "This diagram has a mistake in line 3, so it can not be drawn. This is its source.",
    ]);
    await expect(pictures.first()).toHaveAttribute("alt", /^Diagram: .*Is it whole\?/);
    const light = await sources();
    for (const source of light) expect(decodeURIComponent(source)).not.toMatch(active);
    expect(await page.evaluate(() => "hit" in window)).toBe(false);

    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(async () => (await sources()).filter((source) => light.includes(source))).toEqual([]);
    await isFit(page, "diagrams, dark");

    await answer.getByRole("button", { name: "Show the source" }).first().click();
    await expect(answer.locator("pre").first()).toContainText("A[Start] --> B{Is it whole?}");
  });

  await test.step("without a network, diagrams, formulas and previews are there", async () => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await app.server.stop();
    await app.open();
    await app.chats.getByRole("button").first().click();
    await expect(pictures).toHaveCount(2);
    await expect(answer.locator(".katex")).toHaveCount(1);
    await answer.getByRole("button", { name: "Preview" }).click();
    await expect(previewed).toHaveText("ran apart, offline");
  });
});
