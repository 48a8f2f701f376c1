import { expect, test } from "../support/app";
import { isFit } from "../support/fit";

test("the panel shows memory by layer, what heads remember and the engine, beside the chat and on a phone", async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open();
  await page.getByRole("button", { name: "Inspect" }).click();
  const panel = page.getByRole("region", { name: "Inspect" });
  const table = panel.getByRole("table", { name: "Memory by layer" });

  await test.step("memory of a model that is not here", async () => {
    await panel.getByLabel("Memory of").selectOption({ label: "Qwen3.5 27B" });
    await expect(table.getByRole("row", { name: /^Layer 63, full attention/ })).toBeVisible();
    await panel.getByRole("slider", { name: "Context" }).press("End");
    await expect(panel.getByText(/^At 1,048,576 tokens/)).toContainText("over the budget");
  });

  await test.step("memory of the model in use, live and planned", async () => {
    await app.isReady();
    await panel.getByLabel("Memory of").selectOption({ label: "Demo 6M" });
    await app.ask("Count to 3");
    await expect(table.getByRole("row", { name: /^Layer 3, full attention/ })).toContainText("kB /");
    await table.getByRole("button", { name: "Layer 0, DeltaNet" }).click();
    await expect(table.getByRole("row", { name: /^blk\.0\.ssm_out\.weight/ })).toContainText("×");
    await panel.getByText("As a table").click();
    await expect(panel.getByRole("table", { name: /^Measured/ }).getByRole("row")).not.toHaveCount(1);
    await isFit(page, "memory");
  });

  await test.step("an answer's token, clicked in the chat, tells what could have been drawn", async () => {
    await app.messages.last().getByRole("button", { name: "Show token by token" }).click();
    const tokens = app.log.getByRole("group", { name: "Tokens of the answer" });
    await tokens.getByRole("button", { name: "2", exact: true }).click();
    const candidates = app.log.getByRole("table", { name: /^What could have been drawn/ });
    await expect(candidates.getByRole("row", { name: /^2 \(drawn\)/ })).toContainText("100.0 %");
    await isFit(page, "tokens in the chat");
  });

  await test.step("state: the same token, any layer's and head's state, and where attention looked", async () => {
    await panel.getByRole("tab", { name: "Memory" }).press("ArrowRight");
    await panel.getByRole("tab", { name: "State" }).click();
    const tokens = panel.getByRole("group", { name: "Tokens" });
    await expect(tokens.getByRole("button", { name: "2", exact: true, pressed: true })).toBeVisible();
    await panel.getByLabel("DeltaNet layer").selectOption("6");
    await panel.getByLabel("Head").first().selectOption("1");
    await expect(panel.getByRole("img", { name: /^State of layer 6, head 1/ })).toBeVisible();
    await expect(panel.getByRole("table", { name: "Positions it looked at most" })).toBeVisible();
    await isFit(page, "state");
  });

  await test.step("engine: a report without the chat", async () => {
    await panel.getByRole("tab", { name: "Engine" }).click();
    await expect(panel.getByRole("table", { name: /^Shaders compiled/ }).getByRole("row")).not.toHaveCount(1);
    await expect(panel.getByRole("table", { name: "Adapter" })).toContainText("swiftshader");
    await expect(panel.getByRole("table", { name: "Features", exact: true })).toContainText("shader-f16");
    await expect(panel.getByRole("table", { name: "Limits" })).toContainText("maxStorageBufferBindingSize");
    await expect(panel.getByRole("table", { name: /^From stored file/ })).toContainText("weights");
    await expect(panel.getByText(/^No variants of kernels were tried/)).toBeVisible();
    await expect(panel.getByText("Steps in flight").locator("../..")).toContainText(/\d of at most 4/);
    await expect(panel.getByText("Storage used").locator("..")).toContainText(/\d\sMB, .* free/);
    await panel.getByRole("button", { name: "Copy report" }).click();
    await expect(panel.getByText(/^Copied/)).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain("shader-f16");
    expect(report).not.toContain("Count to 3");
  });

  await test.step("on a phone in the dark", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    for (const tab of ["Engine", "State", "Memory"]) {
      await panel.getByRole("tab", { name: tab }).click();
      await isFit(page, `${tab} on a phone`);
    }
    await panel.getByRole("button", { name: "Close the panel" }).click();
    await expect(app.box).toBeVisible();
  });
});
