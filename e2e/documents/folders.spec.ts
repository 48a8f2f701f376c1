import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "../support/app";
import { makePdf } from "../../src/testing/make-pdf";
import { withoutLongTasks } from "../support/trace";

const note = (n: number) =>
  `# Note ${n}\n\nOn day ${n} the guests of the hotel asked for table ${n % 40}.\n`.repeat(4);

test("@nightly a folder of 500 files, 350 pages of PDF and 30 MB of text leave the page free", async ({
  app,
  page,
  browser,
}) => {
  test.setTimeout(600_000);
  const attached = page.getByRole("region", { name: "Documents for the next message" });
  const folder = page.getByRole("listitem", { name: "Folder: notes" });
  const sheet = page.getByRole("dialog", { name: "Files of “notes”" });
  const picked = folderOnDisk({
    ...Object.fromEntries(Array.from({ length: 490 }, (_, n) => [`part ${n % 7}/note ${n}.md`, note(n)])),
    ...Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`pictures/${n}.png`, "\x89PNG"])),
    "tool.exe": "MZ\0\0",
    "secret.log": "ignored",
    ".gitignore": "*.log\n",
    "all.zip": "no zip",
  });
  const report = onDisk(
    "report.pdf",
    Buffer.from(
      makePdf(
        Array.from({ length: 350 }, (_, n) =>
          Array.from({ length: 24 }, (__, line) => `Section ${n + 1}.${line + 1} of the report about boxes.`),
        ),
      ),
    ),
  );
  const long = onDisk(
    "long.txt",
    "The warden of the green crate wrote a line into the book.\n".repeat(520_000),
  );

  await withoutLongTasks(browser, page, async () => {
    await app.open();
    await expect(page.getByText("Ready", { exact: true })).toBeVisible({ timeout: 180_000 });

    await test.step("a folder is read as far as it fits, and says what was left out", async () => {
      await page.getByLabel("Folder of documents").setInputFiles(picked);
      await expect(folder).toContainText(/reading file \d+ of \d+|in: \d+ files/);
      await expect(folder).toContainText(/in: \d+ files, [\d,]+ tokens · left out: \d+ that do not fit/, {
        timeout: 120_000,
      });
      await expect(folder).toContainText("6 pictures");
      await expect(folder).toContainText("1 file that .gitignore names");
      await expect(attached.getByRole("alert")).toHaveCount(0);
      // All that was chosen is one prompt: the lines around each file fit too.
      await expect(attached).toContainText(/Read already|Reading while you write: [1-9]/);
    });

    await test.step("its files are ticked in a tree, by keyboard", async () => {
      await folder.getByRole("button", { name: "Choose files of notes" }).click();
      const total = sheet.getByRole("status").first();
      const before = await total.textContent();
      const first = sheet.getByRole("treeitem", { name: /^part 0/ });
      await first.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      const file = sheet.getByRole("treeitem", { name: /^note 0\.md/ });
      await expect(file).toBeFocused();
      await expect(file).toHaveAttribute("aria-checked", "true");
      await page.keyboard.press(" ");
      await expect(file).toHaveAttribute("aria-checked", "false");
      await expect(first).toHaveAttribute("aria-checked", "mixed");
      await expect(total).not.toHaveText(before!);
      await page.keyboard.press(" ");
      await expect(total).toHaveText(before!);
      await sheet.getByText("6 pictures").click();
      await expect(sheet.getByText("notes/pictures/0.png")).toBeVisible();
      await page.keyboard.press("Escape");
      await folder.getByRole("button", { name: "Remove notes" }).click();
      await expect(attached).toHaveCount(0);
    });

    await test.step("350 pages show their progress, and can be stopped", async () => {
      await page.getByLabel("Documents", { exact: true }).setInputFiles(report);
      const item = attached.getByRole("listitem", { name: "report.pdf" });
      await expect(item).toContainText(/reading page \d+ of 350/);
      await item.getByRole("button", { name: "Stop and remove report.pdf" }).click();
      await expect(attached).toHaveCount(0);
      await page.getByLabel("Documents", { exact: true }).setInputFiles(report);
      await expect(item).toContainText("350 pages", { timeout: 120_000 });
      await item.getByRole("button", { name: "Remove report.pdf" }).click();
    });

    await test.step("a page that does not end is left out and named, and the others are read", async () => {
      await page
        .getByLabel("Documents", { exact: true })
        .setInputFiles([onDisk("endless.pdf", endlessPdf(2)), report]);
      const item = attached.getByRole("listitem", { name: "endless.pdf" });
      await expect(item).toContainText("3 pages", { timeout: 120_000 });
      await item.getByRole("button", { name: "1 note on endless.pdf" }).click();
      await expect(
        page.getByText(/^Page 2 was left out, as reading it did not end; the other 2 pages are here/),
      ).toBeVisible();
      await page.keyboard.press("Escape");
      await item.getByRole("button", { name: "Remove endless.pdf" }).click();
      await expect(attached.getByRole("listitem", { name: "report.pdf" })).toContainText("350 pages", {
        timeout: 120_000,
      });
      await attached.getByRole("button", { name: "Remove report.pdf" }).click();
    });

    await test.step("30 MB of text are read and shown", async () => {
      await page.getByLabel("Documents", { exact: true }).setInputFiles(long);
      const item = attached.getByRole("listitem", { name: "long.txt" });
      await expect(item).toContainText("520,000 lines", { timeout: 120_000 });
      await expect(item).toContainText(/counting tokens, \d+\s%/);
      await item.getByRole("button", { name: "long.txt", exact: true }).click();
      await expect(page.getByRole("complementary", { name: "Document: long.txt" })).toContainText(
        "The warden",
        {
          timeout: 60_000,
        },
      );
      await page.keyboard.press("Escape");
      await item.getByRole("button", { name: "Remove long.txt" }).click();
      await expect(attached).toHaveCount(0);
    });
  });
});

function folderOnDisk(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) onDisk(join("notes", path), text);
  return test.info().outputPath("notes");
}

function onDisk(name: string, content: string | Buffer): string {
  const path = test.info().outputPath(name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, typeof content === "string" ? "latin1" : undefined);
  return path;
}

/** Three pages, of which one saves its state 60,000 times: pdf.js looks each up through all before it. */
function endlessPdf(page: number): Buffer {
  const plain = Buffer.from(
    makePdf([["The first page."], ["The second page."], ["The third page."]]),
  ).toString("latin1");
  // Objects 8, 10, 12 are the contents; the cross-reference table is rebuilt by pdf.js.
  const content = "q ".repeat(60_000) + "BT ET " + "Q ".repeat(60_000);
  const made = plain.replace(
    new RegExp(`(?<=\\n${6 + 2 * page} 0 obj\\s)[^]*?(?=endobj)`),
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream\n`,
  );
  if (made === plain) throw new Error("The page's content was not found.");
  return Buffer.from(made.replace(/startxref\s+\d+/, "startxref\n0"), "latin1");
}
