// npm start [-- --no-open] [--port N] [--host ADDRESS]: installs what is missing, builds, serves, opens the
// browser.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { builtFolder, ensureBuilt } from "./lib/build.mjs";
import { runMain } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { isThisMachine, serveFolder } from "./lib/static-server.mjs";

// Always the same if it is free: models and chats belong to the address, port included.
const usualPort = 4173;
const portsToTry = 20;

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      open: { type: "boolean", default: true },
      port: { type: "string", default: String(usualPort) },
      host: { type: "string", default: "127.0.0.1" },
    },
    allowNegative: true,
  });
  await ensureInstalled();
  await ensureBuilt();
  const { origin } = await serveOnFreePort(Number(values.port), values.host);
  console.log("Ctrl+C stops the server. Once opened, the page also works without it.");
  if (!isThisMachine(values.host))
    console.log("Other machines need https in front of this: browsers offer WebGPU to secure pages only.");
  console.log(`\n  Open ${origin}/`); // the last line: whoever has only the end of the output sees it
  if (values.open && canOpenBrowser()) openBrowser(origin);
});

async function serveOnFreePort(first, host) {
  for (let port = first; ; port++) {
    try {
      return await serveFolder(builtFolder, { port, host });
    } catch (error) {
      if (error.code !== "EADDRINUSE" || port === first + portsToTry) throw error;
    }
  }
}

function canOpenBrowser() {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasScreen = process.platform === "linux" ? Boolean(DISPLAY || WAYLAND_DISPLAY) : true;
  return !CI && hasScreen;
}

function openBrowser(url) {
  const command = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? ["xdg-open"];
  const [program, ...args] = [...command, url];
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined); // the address is printed
  child.unref();
}
