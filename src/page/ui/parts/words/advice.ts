import type { ErrorCode } from "../../../../ground/errors";
import { t } from "../../../../language/language";

/** Steps beyond the error's own hint, for the browser at hand; none for most errors. */
export function stepsFor(code: ErrorCode, userAgent: string, isSecure: boolean): readonly string[] {
  if (code === "no-webgpu") {
    return isSecure
      ? enableWebGpu(userAgent)
      : [
          t(
            "Open this page over https, or on this machine as http://localhost: browsers offer WebGPU nowhere else.",
          ),
        ];
  }
  if (code === "no-adapter")
    return [...turnOnGpu(userAgent), t("Update the graphics driver, then restart the browser.")];
  return [];
}

function enableWebGpu(userAgent: string): readonly string[] {
  const isLinux = /Linux/.test(userAgent) && !/Android/.test(userAgent);
  switch (browserOf(userAgent)) {
    case "firefox":
      return isLinux
        ? [t("Open about:config, search for dom.webgpu.enabled and set it to true, then restart Firefox.")]
        : [
            t("Update Firefox: version 141 or newer on Windows, 145 or newer on a Mac."),
            t("Or open this page in Chrome or Edge."),
          ];
    case "safari":
      return [
        t("Update to Safari 26 or newer (macOS 26, iOS 26)."),
        t("Or open this page in Chrome, on a Mac."),
      ];
    case "chromium":
      return [
        t("Update the browser: Chrome and Edge have WebGPU since version 113, on Android since 121."),
        ...(isLinux
          ? [t("On Linux, open chrome://flags/#enable-unsafe-webgpu, choose Enabled and relaunch.")]
          : []),
        ...turnOnGpu(userAgent),
      ];
    case "other":
      return [t("Open this page in a current Chrome, Edge, Safari or Firefox.")];
  }
}

export function turnOnGpu(userAgent: string): readonly string[] {
  return browserOf(userAgent) === "chromium"
    ? [t("Open chrome://settings/system and turn on “Use graphics acceleration when available”.")]
    : [];
}

export function browserOf(userAgent: string): "chromium" | "firefox" | "safari" | "other" {
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrom(e|ium)\//.test(userAgent)) return "chromium";
  return /Safari\//.test(userAgent) ? "safari" : "other";
}
