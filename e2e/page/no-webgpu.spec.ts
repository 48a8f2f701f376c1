import { expect, test } from "../support/app";

test.use({ serviceWorkers: "block" }); // it would answer for the worker's script before the test can

test("a browser that loses WebGPU says what to do, and its chats can still be read", async ({
  app,
  page,
}) => {
  await app.openReady();
  await app.ask("Count to 3");

  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "gpu"));
  await page.route(/engine\.worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    await route.fulfill({
      response,
      body: `Reflect.deleteProperty(WorkerNavigator.prototype, "gpu"); ${script}`,
    });
  });
  await page.reload();

  const alert = page.getByRole("alert");
  await expect(alert).toContainText("This browser does not offer WebGPU");
  await expect(alert.getByRole("listitem").first()).toContainText("Update the browser");
  await expect(alert.getByRole("button", { name: "Reload the page" })).toBeVisible();
  await app.chats.getByRole("button", { name: "Count to 3", exact: true }).click();
  await expect(app.messages.nth(1)).toContainText("1, 2, 3");

  await test.step("a question gets the reason for an answer, and stays", async () => {
    const answer = await app.ask("Count to 4");
    await expect(answer.getByRole("alert")).toContainText("This browser does not offer WebGPU");
    await expect(app.messages.nth(2)).toContainText("Count to 4");
  });
});

test.describe("without a graphics card", () => {
  // A browser of its own, in which Vulkan's software driver is turned off too.
  test("no adapter, and no WebGPU over plain http, each say what to do", async ({ app, playwright }) => {
    const { executablePath } = test.info().project.use.launchOptions!;
    const browser = await playwright.chromium.launch({
      executablePath: executablePath!,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-software-rasterizer",
        "--host-resolver-rules=MAP 203.0.113.1 127.0.0.1",
      ],
    });
    const page = await browser.newPage();
    const alert = page.getByRole("alert");

    await page.goto(app.server.origin);
    await expect(alert).toContainText("No graphics card was found");
    await expect(alert.getByRole("listitem")).toHaveText([/graphics acceleration/, /graphics driver/]);

    // An address of no one, which this browser takes to this machine: the server answers to no foreign name.
    await page.goto(app.server.origin.replace("localhost", "203.0.113.1"));
    await expect(alert).toContainText("This browser does not offer WebGPU");
    await expect(alert.getByRole("listitem")).toHaveText([/over https, or on this machine/]);
    await browser.close();
  });
});
