import { expect, test } from "./app";

test("the panel beside the chat shows memory by layer, planned and live, for this model and for others", async ({
  app,
  page,
}) => {
  await app.openReady();
  await page.getByRole("button", { name: "Inspect" }).click();
  const panel = page.getByRole("region", { name: "Inspect" });
  const table = panel.getByRole("table", { name: "Memory by layer" });
  await expect(table.getByRole("row", { name: /^Layer 3, full attention/ })).toContainText("/");
  await page.screenshot({ path: "test-results/inspect-memory.png" });

  await table.getByRole("button", { name: "Layer 0, DeltaNet" }).click();
  await expect(table.getByRole("row", { name: /^blk\.0\.ssm_out\.weight/ })).toContainText("×");

  await app.ask("Count to 3");
  await panel.getByText("Figures of the chart").click();
  await expect(panel.getByRole("table", { name: /^Measured/ }).getByRole("row")).not.toHaveCount(0);
  await page.screenshot({ path: "test-results/inspect-asked.png", fullPage: true });

  await panel.getByLabel("Memory of").selectOption({ label: "Qwen3.5 27B" });
  await expect(table.getByRole("row", { name: /^Layer 63, full attention/ })).toBeVisible();
  await panel.getByRole("slider", { name: "Context" }).press("End");
  await expect(panel.getByText(/^At 1,048,576 tokens/)).toContainText("over the budget");
  await page.screenshot({ path: "test-results/inspect-27b.png" });

  await panel.getByRole("tab", { name: "Memory" }).press("ArrowRight");
  await page.screenshot({ path: "test-results/inspect-next.png" });
});
