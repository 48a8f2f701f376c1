import { expect, test } from "../support/app";
import { isClean, settle } from "../support/fit";

test.use({ serviceWorkers: "allow" }); // what other apps share is taken in by one

// Stand-ins for what a browser under test does not have: an offer to install, voices, a microphone, and a tab
// out of sight.
const standIns = () => {
  const away = { is: false };
  Object.defineProperty(document, "hidden", { get: () => away.is });
  class Notice {
    static permission = "default";
    static requestPermission = () => Promise.resolve((Notice.permission = "granted"));
    onclick: (() => void) | null = null;
    constructor(title: string, { body }: { body: string }) {
      told.push(`${title} ${body}`);
    }
    close = () => undefined;
  }
  const told: string[] = [];
  class Recognition {
    static available = () => Promise.resolve("unavailable");
    onresult: ((event: object) => void) | null = null;
    onend: (() => void) | null = null;
    start = () =>
      setTimeout(() => {
        const result = Object.assign([{ transcript: " said by voice" }], { isFinal: true });
        this.onresult?.({ resultIndex: 0, results: [result] });
      }, 50);
    stop = () => this.onend?.();
  }
  const spoken: string[] = [];
  const voices = [{ name: "Far", lang: "en-US", localService: false, default: true }];
  Object.assign(window, {
    Notification: Notice,
    SpeechRecognition: Recognition,
    SpeechSynthesisUtterance: class {
      constructor(readonly text: string) {}
    },
    seen: { away, told, spoken },
  });
  Object.defineProperty(window, "speechSynthesis", {
    value: {
      getVoices: () => voices,
      speak: ({ text }: { text: string }) => spoken.push(text), // never ends
      cancel: () => undefined,
    },
  });
};

interface Seen {
  readonly seen: { readonly away: { is: boolean }; readonly told: string[]; readonly spoken: string[] };
}

test(
  "the page is told of a hidden tab's end, installed, shared to, spoken to, and reads aloud",
  { tag: "@nightly" },
  async ({ app, page }) => {
    test.slow();
    await page.addInitScript(standIns);
    await app.openReady();
    const notices = page.getByRole("status");

    await test.step("the menu of models and the panel, by keyboard, in both themes and three sizes", async () => {
      for (const [width, height] of [
        [390, 844],
        [1024, 768],
        [1440, 900],
      ] as const)
        for (const colorScheme of ["light", "dark"] as const) {
          await page.setViewportSize({ width, height });
          await page.emulateMedia({ colorScheme });
          await app.modelButton.press("Enter");
          await expect(page.getByRole("menuitemradio", { name: /^Demo 6M/ })).toBeFocused();
          await settle(page);
          await page.screenshot({ path: test.info().outputPath(`menu-${width}-${colorScheme}.png`) });
          await isClean(page, `menu ${width} ${colorScheme}`);
          await page.keyboard.press("End");
          await page.keyboard.press("Enter");
          await expect(page.getByRole("dialog", { name: "Models" })).toBeVisible();
          await settle(page);
          await page.screenshot({ path: test.info().outputPath(`models-${width}-${colorScheme}.png`) });
          await isClean(page, `models ${width} ${colorScheme}`);
          await page.keyboard.press("Escape");
          await expect(app.modelButton).toBeFocused();
        }
      await page.emulateMedia({ colorScheme: "light" });
    });

    await test.step("the browser's offer to install becomes a button, once", async () => {
      await page.evaluate(() =>
        dispatchEvent(Object.assign(new Event("beforeinstallprompt"), { prompt: () => 0 })),
      );
      await page.getByRole("button", { name: "Install as an app" }).click();
      await expect(page.getByRole("button", { name: "Install as an app" })).toHaveCount(0);
    });

    await test.step("speech that leaves the device is asked about, then marked", async () => {
      await page.getByRole("button", { name: "Dictate" }).click();
      await expect(notices.getByText("it sends what you say to its maker")).toBeVisible();
      await page.getByRole("button", { name: "Speak all the same" }).click();
      await expect(page.getByText("Listening, not on this device")).toBeVisible();
      await expect(app.box).toHaveValue("said by voice ");
      await page.getByRole("button", { name: "Stop dictating" }).click();
      await app.box.fill("");
    });

    await test.step("a long answer in a hidden tab asks for leave in place, and tells the next time", async () => {
      const answerHidden = async () => {
        const answer = await app.send("Count from 1 to 30.");
        await page.evaluate(() => ((window as unknown as Seen).seen.away.is = true));
        await page.waitForTimeout(11_000); // shorter ones are not told of
        await app.end(answer);
      };
      await answerHidden();
      const asked = notices.getByText("A notification can tell you the next time");
      await expect(asked).toHaveCount(0);
      await page.evaluate(() => {
        (window as unknown as Seen).seen.away.is = false;
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await expect(asked).toBeVisible();
      await page.getByRole("button", { name: "Notify me" }).click();
      await answerHidden();
      await expect
        .poll(() => page.evaluate(() => (window as unknown as Seen).seen.told))
        .toEqual(["The answer is there. Count from 1 to 30."]);
      await page.evaluate(() => ((window as unknown as Seen).seen.away.is = false));
    });

    await test.step("an answer is read aloud once the person agrees to a voice elsewhere, and stopped", async () => {
      await page.getByRole("button", { name: "More for this answer" }).last().click();
      await page.getByRole("menuitem", { name: "Read aloud" }).click();
      await expect(notices.getByText("The voice “Far” is not on this device")).toBeVisible();
      await page.getByRole("button", { name: "Read it all the same" }).click();
      await expect
        .poll(() => page.evaluate(() => (window as unknown as Seen).seen.spoken.length))
        .toBeGreaterThan(0);
      await page.getByRole("button", { name: "Stop reading" }).click();
      await expect(page.getByRole("button", { name: "Stop reading" })).toHaveCount(0);
    });

    await test.step("what another app shares becomes a draft with documents", async () => {
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        const form = document.createElement("form");
        Object.assign(form, { method: "post", enctype: "multipart/form-data", action: "share" });
        for (const [name, value] of [
          ["title", "News"],
          ["text", "Look"],
          ["url", "https://x.example/a"],
        ] as const) {
          const field = document.createElement("textarea");
          Object.assign(field, { name, value });
          form.append(field);
        }
        const files = document.createElement("input");
        Object.assign(files, { type: "file", name: "files" });
        const transfer = new DataTransfer();
        transfer.items.add(new File(["The lantern costs 17 coins."], "note.txt", { type: "text/plain" }));
        files.files = transfer.files;
        form.append(files);
        document.body.append(form);
        form.submit();
      });
      await expect(app.box).toHaveValue("News\nLook\nhttps://x.example/a");
      await expect(page.getByRole("button", { name: "Remove note.txt" })).toBeVisible();
      await expect(page).toHaveURL(/\/$|#/);
      expect(
        await page.evaluate(async () => (await (await caches.open("shared-with-the-app")).keys()).length),
      ).toBe(0);
    });
  },
);
