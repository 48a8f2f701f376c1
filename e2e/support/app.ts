import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { startApp, type TestServer } from "./server";

/** The facts that most tests ask the demo model for; it was trained to find such ones. */
export const inventory = "The code of the green crate is 48213. The red lantern costs 17 coins.";

/**
 * A count that goes on until the limit of 256 tokens, some 20 seconds on SwiftShader: time enough to stop it.
 */
export const longQuestion = "Count from 1 to 30.";

/** The page as a person meets it: by the roles and names that people who listen to it hear too. */
export class App {
  readonly log: Locator;
  readonly messages: Locator;
  readonly box: Locator;
  readonly sendButton: Locator;
  readonly stopButton: Locator;
  readonly modelButton: Locator;
  readonly chats: Locator;

  constructor(
    readonly page: Page,
    readonly server: TestServer,
  ) {
    this.log = page.getByRole("log");
    this.messages = this.log.getByRole("article");
    this.box = page.getByRole("textbox", { name: "Message" });
    this.sendButton = page.getByRole("button", { name: "Send" });
    this.stopButton = page.getByRole("button", { name: "Stop", exact: true });
    this.modelButton = page.getByRole("button", { name: /^Models: / });
    this.chats = page.getByRole("navigation", { name: "Stored chats" });
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(this.server.origin + path);
  }

  /** Opens the page and waits for the model. */
  async openReady(): Promise<void> {
    await this.open();
    await this.isReady();
  }

  /**
   * Opens the page and has it do without the demo model: for tests that bring their own, whose kernels are
   * then the only ones made.
   */
  async openWithoutModel(): Promise<void> {
    await this.page.route("**/models/demo/demo.gguf", () => undefined); // never answered
    await this.open();
    await this.page.getByRole("button", { name: /^Cancel: / }).click();
    await expect(this.page.getByText("No model is loaded.")).toBeVisible();
  }

  /** Waits as long as the test may take: compiling is the machine's time, not the page's. */
  async isReady(): Promise<void> {
    await expect(this.page.getByText("Ready", { exact: true })).toBeVisible({ timeout: 0 });
  }

  /** Sends a message. @returns the answer, which has only begun */
  async send(text: string): Promise<Locator> {
    const before = await this.messages.count();
    await this.box.fill(text);
    await this.sendButton.click();
    await expect(this.messages).toHaveCount(before + 2);
    return this.messages.nth(before + 1);
  }

  /** Sends a message. @returns the answer, once it has ended */
  async ask(text: string): Promise<Locator> {
    const answer = await this.send(text);
    await expect(answer).toHaveAttribute("aria-busy", "false");
    return answer;
  }

  /**
   * Ends an answer of any length, which may have ended by itself meanwhile; it has to be one, and no error.
   */
  async end(answer: Locator): Promise<void> {
    await this.box.press("Escape");
    await expect(answer).toHaveAttribute("aria-busy", "false");
    await expect(answer.getByRole("alert")).toHaveCount(0);
  }

  async paste(text: string): Promise<void> {
    await this.box.evaluate((box, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  async openModels(): Promise<Locator> {
    await this.modelButton.click();
    const dialog = this.page.getByRole("dialog", { name: "Models" });
    // Where models are here, the button has them in a menu first.
    const more = this.page.getByRole("menuitem", { name: "More models…" });
    await expect(more.or(dialog)).toBeVisible();
    if (await more.isVisible()) await more.click();
    return dialog;
  }

  async openStorage(): Promise<Locator> {
    const models = await this.openModels();
    await models.getByRole("button", { name: "Storage" }).click();
    return this.page.getByRole("dialog", { name: "Storage" });
  }

  async openSettings(): Promise<Locator> {
    await this.page.getByRole("button", { name: "Settings", exact: true }).click();
    return this.page.getByRole("dialog", { name: "Settings" });
  }

  async closeDialog(): Promise<void> {
    await this.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Number of records of each IndexedDB database: files and their parts, chats. */
  async storedRecords(): Promise<Record<string, number>> {
    return this.page.evaluate(async () => {
      const counts: Record<string, number> = {};
      for (const { name = "" } of await indexedDB.databases()) {
        const opening = indexedDB.open(name);
        await new Promise((resolve) => (opening.onsuccess = resolve));
        const database = opening.result;
        for (const store of database.objectStoreNames) {
          const counting = database.transaction(store).objectStore(store).count();
          await new Promise((resolve) => (counting.onsuccess = resolve));
          counts[`${name}/${store}`] = counting.result;
        }
        database.close();
      }
      return counts;
    });
  }
}

/** The lightness of the page's background: 0 is black, 100 white. */
export async function pageLightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const context = document.createElement("canvas").getContext("2d")!;
    context.fillStyle = getComputedStyle(document.body).backgroundColor;
    context.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data;
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 2.55;
  });
}

/**
 * Gives each test a server of its own, so an origin nobody has stored anything for, and fails it for errors
 * nobody caught.
 */
export const test = base.extend<{ app: App }>({
  app: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    const server = await startApp();
    await use(new App(page, server));
    await server.stop();
    expect(errors, "errors that nobody caught").toEqual([]);
  },
});

export { expect };
