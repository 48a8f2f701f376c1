import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, it, vi } from "vitest";
import { ErrorBoundary } from "./ErrorBoundary";
import { verbatim } from "../../../../language/language";

beforeEach(() => {
  // The notice names steps for the browser at hand.
  vi.stubGlobal("navigator", { userAgent: "" });
  vi.stubGlobal("isSecureContext", true);
});

type Props = ConstructorParameters<typeof ErrorBoundary>[0];

/** The picture that React draws once a child has thrown; rendering to a string, it asks no boundary. */
function drawnAfter(error: unknown, props: Partial<Props> = {}): string {
  const boundary = new ErrorBoundary({ what: verbatim("This chat"), children: "the chat", ...props });
  boundary.state = { ...boundary.state, ...ErrorBoundary.getDerivedStateFromError(error) };
  return renderToStaticMarkup(boundary.render());
}

it("shows what stands in it", () => {
  expect(renderToStaticMarkup(<ErrorBoundary what={verbatim("This chat")}>the chat</ErrorBoundary>)).toBe(
    "the chat",
  );
});

// Anything can be thrown.
it.each([new Error("no state"), "no state"])("says what failed, and offers to try again (%s)", (error) => {
  const drawn = drawnAfter(error, { hint: verbatim("Open another chat.") });
  expect(drawn).toContain("This chat could not be shown: no state");
  expect(drawn).toContain("Open another chat.");
  expect(drawn).toContain("Try again</button>");
  expect(drawn).not.toContain("the chat");
  expect(drawn).not.toContain("Close");
  expect(drawnAfter(null)).toContain("Try again</button>");
});

it.each([
  "Failed to fetch dynamically imported module: https://example.com/assets/Dialogs-1.js",
  "Importing a module script failed.",
  "error loading dynamically imported module: https://example.com/assets/Dialogs-1.js",
  "Unable to preload CSS for /assets/Dialogs-1.css",
])("a part that did not load is asked for by a new page, as trying again would not (%s)", (message) => {
  const drawn = drawnAfter(new TypeError(message), { onClose: () => undefined });
  expect(drawn).toContain("Reload the page</button>");
  expect(drawn).toContain("Close</button>");
  expect(drawn).not.toContain("Try again");
});

it("a part that can be done without can be closed", () => {
  expect(drawnAfter(new Error("x"), { onClose: () => undefined })).toContain("Close</button>");
});

it("tries again by itself when it is to show something else", () => {
  const props = { what: verbatim("This chat"), children: "the chat" };
  const failed = { failure: { error: new Error("x") }, resetKey: "a" };
  expect(ErrorBoundary.getDerivedStateFromProps({ ...props, resetKey: "a" }, failed)).toBeNull();
  expect(ErrorBoundary.getDerivedStateFromProps({ ...props, resetKey: "b" }, failed)).toEqual({
    failure: null,
    resetKey: "b",
  });
});
