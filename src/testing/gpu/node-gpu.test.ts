import { expect, it } from "vitest";
import { hasLibrary, noAdapterError } from "./node-gpu";

/** A library that every process of the system has loaded. */
const present = { linux: "libc.so.6", darwin: "/usr/lib/libSystem.B.dylib", win32: "kernel32.dll" };

it("a library is found by the linker's own rules", () => {
  expect(hasLibrary(present[process.platform as keyof typeof present])).toBe(true);
  expect(hasLibrary("libnone-such.so.6")).toBe(false);
});

it.each([true, false])(
  "with a loader %s, what to do is to install something, not to change a browser",
  (hasLoader) => {
    const { code, message, hint } = noAdapterError(hasLoader);
    expect(code).toBe("no-adapter");
    expect(message.includes("libvulkan.so.1")).toBe(!hasLoader);
    expect(hint).toContain("apt-get install");
    expect(hint).not.toMatch(/browser/i);
  },
);
