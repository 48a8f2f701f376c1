import { browserOf, turnOnGpu } from "./advice";

/** Steps for a page that computes on the processor, for want of a graphics card that the browser may use. */
export function stepsForSoftware(userAgent: string): readonly string[] {
  switch (browserOf(userAgent)) {
    case "chromium":
      return [
        ...turnOnGpu(userAgent),
        "Relaunch the browser. chrome://gpu then says why a graphics card is not used.",
        "Update the graphics driver, or open this page on a device with a graphics card.",
      ];
    case "firefox":
      return [
        "Open the settings, search for “performance” and turn on “Use hardware acceleration when available”.",
        "Restart Firefox. about:support then says which graphics card is used.",
        "Or open this page in Chrome or Edge, or on a device with a graphics card.",
      ];
    case "safari":
    case "other":
      return [
        "Open this page in a current Chrome or Edge, or on a device with a graphics card.",
        "In a virtual machine or a remote session there is often none.",
      ];
  }
}

/** Steps for a page that the browser lets store nothing. */
export function stepsForStorage(userAgent: string): readonly string[] {
  switch (browserOf(userAgent)) {
    case "chromium":
      return [
        "Open the site's settings by the button at the left end of the address bar, and allow site data there.",
        "Or open chrome://settings/content/siteData, and allow this address to save data on your device.",
        "Then reload the page: what it holds now is gone with that.",
      ];
    case "firefox":
      return [
        "Open the settings, search for “cookies”, and add this address as an exception that is allowed.",
        "Then reload the page: what it holds now is gone with that.",
      ];
    case "safari":
      return [
        "Open the settings, “Advanced”, and turn off “Block all cookies”. Leave a private window.",
        "Then reload the page: what it holds now is gone with that.",
      ];
    case "other":
      return [
        "Allow this address to store site data, then reload the page: what it holds now is gone with that.",
      ];
  }
}
