import type { ErrorCode } from "../../../../ground/errors";

/** Steps beyond the error's own hint, for the browser at hand; none for most errors. */
export function stepsFor(code: ErrorCode, userAgent: string, isSecure: boolean): readonly string[] {
  if (code === "no-webgpu") {
    return isSecure
      ? enableWebGpu(userAgent)
      : [
          "Open this page over https, or on this machine as http://localhost: browsers offer WebGPU nowhere else.",
        ];
  }
  if (code === "no-adapter")
    return [...turnOnGpu(userAgent), "Update the graphics driver, then restart the browser."];
  return [];
}

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

function enableWebGpu(userAgent: string): readonly string[] {
  const isLinux = /Linux/.test(userAgent) && !/Android/.test(userAgent);
  switch (browserOf(userAgent)) {
    case "firefox":
      return isLinux
        ? ["Open about:config, search for dom.webgpu.enabled and set it to true, then restart Firefox."]
        : [
            "Update Firefox: version 141 or newer on Windows, 145 or newer on a Mac.",
            "Or open this page in Chrome or Edge.",
          ];
    case "safari":
      return ["Update to Safari 26 or newer (macOS 26, iOS 26).", "Or open this page in Chrome, on a Mac."];
    case "chromium":
      return [
        "Update the browser: Chrome and Edge have WebGPU since version 113, on Android since 121.",
        ...(isLinux
          ? ["On Linux, open chrome://flags/#enable-unsafe-webgpu, choose Enabled and relaunch."]
          : []),
        ...turnOnGpu(userAgent),
      ];
    case "other":
      return ["Open this page in a current Chrome, Edge, Safari or Firefox."];
  }
}

function turnOnGpu(userAgent: string): readonly string[] {
  return browserOf(userAgent) === "chromium"
    ? ["Open chrome://settings/system and turn on “Use graphics acceleration when available”."]
    : [];
}

function browserOf(userAgent: string): "chromium" | "firefox" | "safari" | "other" {
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrom(e|ium)\//.test(userAgent)) return "chromium";
  return /Safari\//.test(userAgent) ? "safari" : "other";
}
