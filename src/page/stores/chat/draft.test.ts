import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

/**
 * The module as a page load has it, on a tab's storage. `leave` is what the browser says when the page goes.
 */
async function loadPage(values = new Map<string, string>(), { isFull = false } = {}) {
  const sessionStorage = {
    getItem: (key: string) => values.get(key) ?? null,
    removeItem: (key: string) => values.delete(key),
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      values.set(key, value);
    },
  };
  const listeners = new Map<string, () => void>();
  const listen = (type: string, listener: () => void) => listeners.set(type, listener);
  vi.stubGlobal("window", { sessionStorage });
  vi.stubGlobal("addEventListener", listen);
  vi.stubGlobal("document", { addEventListener: listen });
  vi.resetModules(); // drafts are read while the module is set up
  const page = await import("./draft");
  page.keepDraftsOverReload();
  return { ...page, leave: () => listeners.get("pagehide")!() };
}

describe("drafts", () => {
  it("each chat has its own, and so has the new one", async () => {
    const { draftOf, keepDraft } = await loadPage();
    keepDraft("a", "for a");
    keepDraft(null, "for a new one");
    expect([draftOf("a"), draftOf("b"), draftOf(null)]).toEqual(["for a", "", "for a new one"]);
    keepDraft("a", "");
    expect(draftOf("a")).toBe("");
  });

  it("of the new chat goes with it when it begins", async () => {
    const { draftOf, keepDraft, draftGoesTo } = await loadPage();
    keepDraft(null, "half a quest");
    draftGoesTo("a");
    expect([draftOf("a"), draftOf(null)]).toEqual(["half a quest", ""]);
  });

  it("are there after a reload; what was sent is not", async () => {
    const stored = new Map<string, string>();
    const before = await loadPage(stored);
    before.keepDraft("a", "for a\n“more”");
    before.keepDraft(null, "new");
    before.leave();
    const after = await loadPage(stored);
    expect([after.draftOf("a"), after.draftOf(null)]).toEqual(["for a\n“more”", "new"]);
    after.keepDraft("a", "");
    after.keepDraft(null, "");
    after.leave();
    expect(stored.size).toBe(0);
  });

  it("stored are the 20 changed last, and none that is too long", async () => {
    const stored = new Map<string, string>();
    const before = await loadPage(stored);
    for (let n = 0; n < 22; n++) before.keepDraft(`chat ${n}`, "draft");
    before.keepDraft("chat 0", "changed");
    before.keepDraft("long", "x".repeat(100_001));
    before.leave();
    const after = await loadPage(stored);
    expect(["chat 0", "chat 1", "chat 2", "chat 3", "long"].map(after.draftOf)).toEqual([
      "changed",
      "",
      "",
      "draft",
      "",
    ]);
  });

  it("where storage is full, last as long as the page, and nothing older comes back", async () => {
    const stored = new Map([["drafts", JSON.stringify([["a", "sent since"]])]]);
    const { draftOf, keepDraft, leave } = await loadPage(stored, { isFull: true });
    keepDraft("a", "");
    keepDraft("b", "for b");
    leave();
    expect(draftOf("b")).toBe("for b");
    expect((await loadPage(stored)).draftOf("a")).toBe("");
  });

  it.each(["{", "3", '[["a"],["b",2],null,["c","for c"]]'])("takes of %s what is a draft", async (text) => {
    const { draftOf } = await loadPage(new Map([["drafts", text]]));
    expect([draftOf("a"), draftOf("b")]).toEqual(["", ""]);
    expect(draftOf("c")).toBe(text.includes("for c") ? "for c" : "");
  });
});
