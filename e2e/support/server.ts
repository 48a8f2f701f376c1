import { existsSync, rmSync } from "node:fs";
import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { serveFolder } from "../../scripts/lib/static-server.mjs";

export interface TestServer {
  /** For instance "http://localhost:41733"; the same after a restart. */
  readonly origin: string;
  /** Nothing answers any more, and connections that are open are cut. */
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Serves the built app on a port of its own, so that nothing one test stores is seen by another. */
export async function startApp(): Promise<TestServer> {
  const folder = resolve("dist");
  if (!existsSync(join(folder, "index.html")))
    throw new Error("dist/ holds no built app. Run npm run build first.");
  return startServer(folder, {});
}

export interface ModelServer extends TestServer {
  /** The address of one of its files. */
  url(name: string): string;
}

/**
 * Serves model files from another origin, to pages of any.
 *
 * @param files  by name: their bytes, or the path of a file on disk
 */
export async function startModelServer(
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<ModelServer> {
  const folder = await mkdtemp(join(tmpdir(), "models-"));
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === "string") await symlink(resolve(content), join(folder, name));
    else await writeFile(join(folder, name), content);
  }
  const server = await startServer(folder, { allowAllOrigins: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return { ...server, url: (name) => `${server.origin}/${name}` };
}

async function startServer(folder: string, options: { allowAllOrigins?: boolean }): Promise<TestServer> {
  let running = await serveFolder(folder, options);
  const { origin } = running;
  return {
    origin,
    stop: () => running.close(),
    restart: async () => {
      running = await serveFolder(folder, { ...options, port: Number(new URL(origin).port) });
    },
  };
}
