import { expect, test } from "../support/app";
import { answerWith } from "../support/long-answer";
import { storeChat } from "../support/stored-chat";
import { withoutLongFrames, withoutLongTasks } from "../support/trace";

const sections = Array.from(
  { length: 300 },
  (_, at) =>
    `## Section ${at}\n\nSome **bold** text with \`code\` and [a link](https://example.org/${at}).\n\n- one\n- two\n\n| a | b |\n|---|---|\n| ${at} | $x_{${at}}$ |`,
).join("\n\n");

/** A part of an answer, of about 430 characters. */
const part = (at: number) => `## Part ${at}

The value $x_{${at}} = \\frac{a_{${at}}}{b}$ grows with **the number** of [items](https://example.org/${at}), as \\(n \\to \\infty\\) shows, and costs $5.

\\[
\\sum_{i=1}^{n} i^{${at}} = \\frac{n(n+1)}{2}
\\]

- one item with \`code\`
- another item, no longer than that

| Name | Value |
|---|---|
| alpha | ${at} |
| beta | $y_{${at}}$ |

\`\`\`python
def area_${at}(r: float) -> float:
    """Area of a circle."""
    return 3.14159 * r ** 2
\`\`\`

`;

test("an answer of 300 sections is drawn in slices", { tag: "@nightly" }, async ({ app, page, browser }) => {
  await app.open("/favicon.svg");
  await storeChat(page, "Sections", "Tell me all.", sections);
  await withoutLongTasks(
    browser,
    page,
    async () => {
      await app.openWithoutModel();
      await app.chats.getByRole("button", { name: "Sections", exact: true }).click();
      // By selectors: to find a role among so many elements takes the page's main thread seconds.
      await page.waitForFunction(() => document.querySelectorAll("article .katex").length === 300);
    },
    200,
  );
});

test(
  "10,000 tokens of tables, formulas and code take little of each frame",
  { tag: "@nightly" },
  async ({ app, page, browser }) => {
    await answerWith(page, Array.from({ length: 96 }, (_, at) => part(at)).join(""), 10);
    const height = () =>
      app.log.evaluate((log) => {
        const markdown = log.querySelector('[data-text="markdown"]')!;
        return [markdown.clientHeight, markdown.querySelectorAll("[data-settled]").length] as const;
      });
    const heights: (readonly [number, number])[] = [];
    const frames = await withoutLongFrames(browser, page, { medianMs: 8, mostMs: 50 }, async () => {
      await app.openReady();
      await app.send("Count to 3");
      await page.waitForFunction(() => "isAnswered" in window, undefined, { timeout: 0 });
      heights.push(await height());
      await page.waitForFunction(() => document.querySelector("[data-settled]") === null);
      heights.push(await height());
    });
    expect(frames.length).toBeGreaterThanOrEqual(1000);
    // What the browser passed over meanwhile has the height that it has when drawn.
    expect(heights.map(([, nSettled]) => nSettled > 0)).toEqual([true, false]);
    expect(heights[0]![0]).toBe(heights[1]![0]);
  },
);
