// npm run pictures: every screen in both themes, at 390, 1024 and 1440 px, as pictures in build/pictures/.
//
// The screens are those of e2e/page/screens.spec.ts, which axe looks at too.
import { join } from "node:path";
import { runtimeFolder } from "./lib/adapters.mjs";
import { ensureBuilt } from "./lib/build.mjs";
import { nodeProgram, run } from "./lib/command.mjs";
import { runMain } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { prepareMachine } from "./lib/machine.mjs";
import { root } from "./lib/root.mjs";

const folder = join(root, "build/pictures");

await runMain(async () => {
  await ensureInstalled();
  const { browser } = await prepareMachine();
  await ensureBuilt();
  const screens = nodeProgram("@playwright/test/cli.js", "test", "--retries=0", "e2e/page/screens.spec.ts");
  const env = { XDG_RUNTIME_DIR: runtimeFolder(), CHROMIUM_PATH: browser, PICTURES: folder, NIGHTLY: "1" };
  const { code } = await run(screens, { env });
  console.log(`The pictures are in ${folder}.`);
  process.exitCode = code;
});
