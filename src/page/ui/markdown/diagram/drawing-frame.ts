import { fillSandbox, sandboxUrl } from "../sandbox/sandbox";
import html from "./drawing-frame.html?raw";
import { t } from "../../../../language/language";
import styles from "./DrawingFrame.module.css";

interface DrawRequest {
  readonly code: string;
  /** Mermaid's configuration. */
  readonly config: object;
}

export type DrawReply =
  { readonly kind: "drawn"; readonly svg: string } | { readonly kind: "refused"; readonly reason: string };

type FromFrame = DrawReply | { readonly kind: "ready" } | { readonly kind: "broken" };

/** Mermaid's script is 3.6 MB: a busy phone takes seconds for it. */
const longestStartMs = 30_000;

/** A frame out of sight in which Mermaid draws, without this page's origin and without a network. */
export class DrawingFrame {
  readonly #frame = document.createElement("iframe");
  readonly #channel = new MessageChannel();
  #isClosed = false;

  /** Opens a frame and runs `script`, which is Mermaid's. */
  static async open(script: string): Promise<DrawingFrame> {
    const drawing = new DrawingFrame();
    const started = await drawing.#ask({ kind: "script", script }, longestStartMs);
    if (started?.kind === "ready") return drawing;
    drawing.close();
    throw new Error("Mermaid did not start.");
  }

  private constructor() {
    const frame = this.#frame;
    frame.className = styles.frame!;
    frame.title = "Drawing";
    frame.inert = true;
    frame.ariaHidden = "true";
    frame.src = sandboxUrl;
    frame.onload = () => fillSandbox(frame, { title: t("Drawing"), html }, [this.#channel.port2]);
    document.body.append(frame);
  }

  /** Draws a diagram. The frame is ended where that takes longer than `longestMs`, and gives undefined. */
  async draw(request: DrawRequest, longestMs: number): Promise<DrawReply | undefined> {
    const reply = await this.#ask({ kind: "draw", ...request }, longestMs);
    if (reply?.kind === "drawn" || reply?.kind === "refused") return reply;
    this.close();
    return undefined;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#channel.port1.close();
    this.#frame.remove();
  }

  #ask(message: object, longestMs: number): Promise<FromFrame | undefined> {
    const { port1 } = this.#channel;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), longestMs);
      port1.onmessage = ({ data }: MessageEvent<FromFrame>) => {
        clearTimeout(timer);
        resolve(data);
      };
      port1.postMessage(message);
    });
  }
}
