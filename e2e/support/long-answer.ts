import type { Page } from "@playwright/test";

/**
 * Has the next answer be `text`: it comes by the worker's own messages, so many of its tokens a frame. A
 * token is four characters, as English has them. The model's own answer, which has to be a short one, ends
 * it. Called before the page is opened; at the end its window has `isAnswered`.
 */
export async function answerWith(page: Page, text: string, tokensPerFrame: number): Promise<void> {
  await page.addInitScript(
    ([text, tokensPerFrame]) => {
      interface Message {
        type: string;
        id: number;
        progress: { kind: string; answer: string; generatedTokens: number };
      }
      const charactersPerToken = 4;
      let answering: EventTarget | null = null;
      let first: Message | undefined;
      let end: Message | undefined;
      let isOver = false;

      const write = (worker: Worker, from: Message) => {
        let shown = 0;
        const add = () => {
          performance.mark("frame");
          const answer = text.slice(shown, shown + charactersPerToken * tokensPerFrame);
          shown += answer.length;
          const generatedTokens = Math.ceil(shown / charactersPerToken);
          const data = { ...from, progress: { ...from.progress, answer, generatedTokens } };
          worker.dispatchEvent(new MessageEvent("message", { data }));
          if (shown < text.length) requestAnimationFrame(add);
          else {
            isOver = true;
            Object.assign(window, { isAnswered: true });
            if (end) worker.dispatchEvent(new MessageEvent("message", { data: end }));
          }
        };
        requestAnimationFrame(add);
      };

      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          this.addEventListener("message", (event: MessageEvent<Message>) => {
            const { data } = event;
            if (isOver || !event.isTrusted) return;
            if (data.type === "progress" && data.progress.kind === "writing") {
              if (!first) write(this, data);
              first ??= data;
              answering = event.currentTarget;
              event.stopImmediatePropagation();
            } else if (event.currentTarget === answering && data.id === first?.id) {
              end = data;
              event.stopImmediatePropagation();
            }
          });
        }
      };
    },
    [text, tokensPerFrame] as const,
  );
}
