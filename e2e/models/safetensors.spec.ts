import { hubApi } from "../../src/testing/hub/hub-api";
import { HubServer } from "../../src/testing/hub/hub-server";
import { makeModel } from "../../src/testing/models/make-model";
import { makeSafetensors } from "../../src/testing/models/make-safetensors";
import { expect, test } from "../support/app";

test("safetensors of a hub are stored, quantized as chosen, chatted with, and work without the hub", async ({
  app,
  page,
}) => {
  const folder = await makeSafetensors(makeModel({ config: "nano", quant: "F32", seed: 7 }), {
    type: "BF16",
    nFiles: 2,
  });
  const hub = await HubServer.start();
  hub.api = hubApi();
  hub.commit("owner/Nano-BF16", Object.fromEntries(folder));
  await app.openWithoutModel();
  const settings = await app.openSettings();
  const box = settings.getByRole("textbox", { name: "Hub address" });
  await box.fill(hub.origin);
  await box.press("Enter");
  await expect(page.getByText(`sent to ${new URL(hub.origin).host} alone`)).toBeVisible();
  await app.closeDialog();

  await test.step("its memory is planned from the headers alone, as its weights would be kept", async () => {
    await page.getByRole("button", { name: "Inspect" }).click();
    const panel = page.getByRole("region", { name: "Inspect" });
    await panel.getByLabel("Memory of").selectOption({ label: "Qwen3.5 0.8B" });
    await panel.getByRole("textbox", { name: "Repository on the hub" }).fill("owner/Nano-BF16");
    await panel.getByRole("button", { name: "Ask the hub" }).click();
    const table = panel.getByRole("table", { name: "Memory by layer" });
    await expect(panel.getByText("By the header of a file on the hub.")).toBeVisible();
    await table.getByRole("button", { name: "Layer 0, DeltaNet" }).click();
    const matrix = table.getByRole("row", { name: /^blk\.0\.ssm_out\.weight/ });
    await expect(matrix).toContainText("Q8_0");
    await panel.getByRole("combobox", { name: "Weights" }).selectOption("none");
    await expect(matrix).not.toContainText("Q8_0");
    await panel.getByRole("button", { name: "Close the panel" }).click();
  });

  const models = await app.openModels();
  await page.getByRole("textbox", { name: "Model repository, link or file" }).fill("owner/Nano-BF16");
  await page.getByRole("button", { name: "Look up" }).click();
  const offer = models.getByRole("region", { name: "Models of owner/Nano-BF16" });
  await expect(offer.getByLabel("GPU memory, about, by length of context")).toContainText("in 8 bits");
  await offer.getByRole("button", { name: "Download safetensors" }).click();
  const card = models.getByRole("article", { name: "Nano-BF16" });
  await expect(card).toContainText("in use");

  await card.getByRole("button", { name: /^Nano-BF16/ }).click();
  const weights = card.getByRole("combobox", { name: "Weights" });
  await expect(weights.getByRole("option")).toHaveText([
    "Automatic (8-bit)",
    /^4-bit mix, [\d.]+\sMB in all$/,
    /^8-bit, [\d.]+\sMB in all$/,
    /^16-bit, as stored, [\d.]+\sMB in all$/,
  ]);
  await expect(card.getByText("BF16 as Q8_0, rounded")).toBeVisible();
  await weights.selectOption("q4");
  await expect(card.getByText("BF16 as Q4_K, rounded").first()).toBeVisible();
  await expect(card.getByRole("button", { name: /^Reload with/ })).toBeVisible();
  // Back, as the kernels of the 4-bit mix take long to compile here.
  await weights.selectOption("q8");
  await expect(card.getByText("Loaded as chosen here.")).toBeVisible();
  await expect(
    card.getByText(/^Loaded in [\d.]+\ss: .*weights [\d.]+\ss \(read [\d.]+\ss, GPU [\d.]+\ss; /),
  ).toBeVisible();
  await app.closeDialog();

  await hub.stop();
  await page.reload();
  await app.isReady();
  await expect(app.modelButton).toHaveAccessibleName("Models: Nano-BF16");
  await app.openModels();
  await expect(card.getByText("Loaded as chosen here.")).toBeVisible();
  await expect(weights).toHaveValue("q8");
  await app.closeDialog();
  const answer = await app.send("Hello");
  await expect(answer.locator("[data-text]")).toContainText(/\S/);
  await app.end(answer);
});
