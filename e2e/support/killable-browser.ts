import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import config from "../../playwright.config";

/** A browser of its own process group, with a profile that outlives it. */
export interface KillableBrowser {
  readonly page: Page;
  /** Ends all its processes at once, as a power cut does, and starts it again on the same profile. */
  killAndRestart(): Promise<KillableBrowser>;
  close(): Promise<void>;
}

export async function startChromium(): Promise<KillableBrowser> {
  return launch(await mkdtemp(join(tmpdir(), "profile-")));
}

async function launch(profile: string): Promise<KillableBrowser> {
  const { executablePath, args = [] } = config.use!.launchOptions!;
  const portFile = join(profile, "DevToolsActivePort");
  await rm(portFile, { force: true });
  const child = spawn(
    executablePath!,
    [...args, "--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { detached: true, stdio: "ignore" },
  );
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(portFile)}`);
  const page = await browser.contexts()[0]!.newPage();
  // as other tests have it; the window would be as narrow as a phone's
  await page.setViewportSize({ width: 1280, height: 720 });
  return {
    page,
    killAndRestart: async () => {
      await kill(child);
      return launch(profile);
    },
    close: async () => {
      await kill(child);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The port that the browser chose; it writes it down when it listens. */
async function portOf(file: string): Promise<number> {
  for (let tries = 0; tries < 600; tries++) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.includes("\n")) return Number(text.split("\n")[0]);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The browser did not say which port it listens on.");
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid!, "SIGKILL");
  await exited;
}
