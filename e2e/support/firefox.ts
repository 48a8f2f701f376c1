import { expect } from "@playwright/test";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findDrivers, runtimeFolder } from "../../scripts/lib/adapters.mjs";
import { findFirefox } from "../../scripts/lib/firefox.mjs";

/** Milliseconds in which what is waited for has to come: kernels compile on the cores that the page uses. */
const patienceMs = 240_000;

/**
 * Starts the Firefox of this machine with WebGPU on, which Linux still has behind a setting, on lavapipe.
 * It is driven over WebDriver BiDi.
 */
export async function startFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  if (!executablePath)
    throw new Error("Found no Firefox. Run npm run nightly, which installs one, or set FIREFOX_PATH.");
  const { lavapipe } = await findDrivers();
  return puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    env: {
      ...process.env,
      XDG_RUNTIME_DIR: runtimeFolder(),
      ...(lavapipe && { VK_ICD_FILENAMES: lavapipe }),
    },
    extraPrefsFirefox: { "dom.webgpu.enabled": true, "gfx.webgpu.ignore-blocklist": true },
  });
}

/** The page as a person in Firefox meets it, by the same roles and names as `App`. */
export class FirefoxApp {
  constructor(
    readonly page: Page,
    readonly origin: string,
  ) {
    page.setDefaultTimeout(patienceMs);
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(this.origin + path, { waitUntil: "domcontentloaded" });
  }

  async isReady(): Promise<void> {
    await this.page.waitForSelector("::-p-text(Ready)");
  }

  async press(name: string): Promise<void> {
    await this.page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  }

  /** Presses a button as soon as the last message has these words: an answer may be over in a second. */
  async pressWhen(name: string, words: string): Promise<void> {
    await this.page.waitForFunction(
      (label, awaited) => {
        const last = [...document.querySelectorAll<HTMLElement>('[role="log"] article')].at(-1);
        if (!last?.innerText.includes(awaited)) return false;
        const button = [...document.querySelectorAll("button")].find(
          (one) => (one.getAttribute("aria-label") ?? one.textContent) === label,
        );
        button?.click();
        return button !== undefined;
      },
      {},
      name,
      words,
    );
  }

  /** Presses the first button, or row of a menu, whose name begins so; its name may go on with a figure. */
  async pressFirst(beginning: string): Promise<void> {
    const handle = await this.page.waitForFunction(
      (start) =>
        [...document.querySelectorAll('button, [role="menuitem"]')].find((button) =>
          (button.getAttribute("aria-label") ?? button.textContent).startsWith(start),
        ),
      {},
      beginning,
    );
    await (handle.asElement() as Awaited<ReturnType<Page["$"]>>)!.click();
  }

  /** The texts of the chat's messages. */
  async messages(): Promise<{ readonly text: string; readonly isBusy: boolean }[]> {
    return this.page.$$eval('[role="log"] article', (articles) =>
      articles.map((article) => ({
        text: article.innerText,
        isBusy: article.getAttribute("aria-busy") === "true",
      })),
    );
  }

  /** Sends a message. @returns the place of its answer in `messages` */
  async send(text: string): Promise<number> {
    const answer = (await this.messages()).length + 1;
    await this.page.locator('::-p-aria([name="Message"][role="textbox"])').fill(text);
    await this.press("Send");
    await expect.poll(async () => (await this.messages()).length).toBe(answer + 1);
    return answer;
  }

  /** Sends a message. @returns the answer's text, once it has ended */
  async ask(text: string): Promise<string> {
    const answer = await this.send(text);
    await expect
      .poll(async () => (await this.messages())[answer]?.isBusy, { timeout: patienceMs })
      .toBe(false);
    return (await this.messages())[answer]!.text;
  }
}
