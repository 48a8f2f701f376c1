/**
 * The page that holds a sandbox. It has a policy of its own, which the frame in it has too; a frame that this
 * page made itself would have this page's, which runs no script that stands in a page.
 */
export const sandboxUrl = `${import.meta.env.BASE_URL}sandbox.html`;

/**
 * Fills a frame that has loaded `sandboxUrl`: `html` runs without this origin and without a network. A port
 * is given to it in a message.
 */
export function fillSandbox(
  frame: HTMLIFrameElement,
  content: { readonly title: string; readonly html: string },
  ports: Transferable[] = [],
): void {
  frame.contentWindow?.postMessage(content, location.origin, ports);
}
