import { browserOf, turnOnGpu } from "./advice";
import { t } from "../../../../language/language";

/** Steps for a page that computes on the processor, for want of a graphics card that the browser may use. */
export function stepsForSoftware(userAgent: string): readonly string[] {
  switch (browserOf(userAgent)) {
    case "chromium":
      return [
        ...turnOnGpu(userAgent),
        t("Relaunch the browser. chrome://gpu then says why a graphics card is not used."),
        t("Update the graphics driver, or open this page on a device with a graphics card."),
      ];
    case "firefox":
      return [
        t(
          "Open the settings, search for “performance” and turn on “Use hardware acceleration when available”.",
        ),
        t("Restart Firefox. about:support then says which graphics card is used."),
        t("Or open this page in Chrome or Edge, or on a device with a graphics card."),
      ];
    case "safari":
    case "other":
      return [
        t("Open this page in a current Chrome or Edge, or on a device with a graphics card."),
        t("In a virtual machine or a remote session there is often none."),
      ];
  }
}

/** Steps for a page that the browser lets store nothing. */
export function stepsForStorage(userAgent: string): readonly string[] {
  switch (browserOf(userAgent)) {
    case "chromium":
      return [
        t(
          "Open the site's settings by the button at the left end of the address bar, and allow site data there.",
        ),
        t("Or open chrome://settings/content/siteData, and allow this address to save data on your device."),
        t("Then reload the page: what it holds now is gone with that."),
      ];
    case "firefox":
      return [
        t("Open the settings, search for “cookies”, and add this address as an exception that is allowed."),
        t("Then reload the page: what it holds now is gone with that."),
      ];
    case "safari":
      return [
        t("Open the settings, “Advanced”, and turn off “Block all cookies”. Leave a private window."),
        t("Then reload the page: what it holds now is gone with that."),
      ];
    case "other":
      return [
        t(
          "Allow this address to store site data, then reload the page: what it holds now is gone with that.",
        ),
      ];
  }
}
