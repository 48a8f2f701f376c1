import { expect, test } from "../support/app";
import { isFit } from "../support/fit";

test("the lab measures without a model, shows curves as they come and as tables, and stops", async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await app.open("/#lab");
  await page.getByLabel("State", { exact: true }).selectOption("16 × 16");
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("status")).toContainText("Done in");
  await expect(page.getByRole("figure")).toHaveCount(5);

  const capacity = page.getByRole("region", { name: "How many pairs it holds", exact: true });
  await capacity.getByText("As a table").click();
  const table = capacity.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(8);
  // A pair or two: what is stored comes back, by every rule.
  await expect(table.getByRole("row").nth(1).getByRole("cell").first()).toHaveText("100 %");
  const reader = capacity.getByRole("slider");
  await reader.press("Home");
  await expect(reader).toHaveAttribute("aria-valuetext", /^Pairs stored 2: Linear attention 100\s%, /);
  await isFit(page, "lab on a phone in the dark");

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByLabel("Show").selectOption("Error");
  await isFit(page, "lab on a desktop in the light");

  await page.getByLabel("State", { exact: true }).selectOption("128 × 128");
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Run" })).toBeVisible();
  await page.getByRole("link", { name: "Back to the chat" }).click();
  await app.isReady();
});
