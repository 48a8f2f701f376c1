import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { convertByLibreOffice } from "./libreoffice";

afterEach(() => vi.unstubAllEnvs());

it("a LibreOffice that is not there is said, and not taken for files without text", async () => {
  vi.stubEnv("PATH", "");
  const path = join(tmpdir(), `letter-${process.pid}.txt`);
  await writeFile(path, "The crate is green.");
  await expect(convertByLibreOffice([path], "pdf")).rejects.toThrow(
    /could not be started.*--without soffice/,
  );
});
