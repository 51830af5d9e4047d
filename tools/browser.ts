/**
 * A headless Chromium that takes pictures of pages: `CHROMIUM`, or the first of its usual names in PATH. It is spoken to in its own protocol
 * (https://chromedevtools.github.io/devtools-protocol/) over a pipe, so nothing needs to be installed for it, and no port is opened.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";

export type Scheme = "light" | "dark";

/** How a picture is taken. */
export interface Shot {
  readonly width: number;
  readonly scheme: Scheme;
  /** Pixels of the picture for one of the page. */
  readonly sharpness?: number;
  /** Cut to this element; without it the whole page. */
  readonly of?: string;
  /** Of WebP, from 0 to 100; PNG where it is left out. */
  readonly quality?: number;
  /** What is taller is cut. */
  readonly most?: number;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const OPTIONS = [
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--remote-debugging-pipe",
];
const answerSchema = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
});
const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

export class Browser {
  readonly #child: ChildProcess;
  readonly #to: Writable;
  readonly #folder: string;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #loaded: () => void = () => undefined;
  #last = 0;
  #session = "";

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    // The third and fourth of its streams are those of the protocol.
    this.#to = child.stdio[3] as Writable;
    const from = child.stdio[4] as Readable;
    let rest = "";
    from.setEncoding("utf8").on("data", (data: string) => {
      const messages = (rest + data).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.#hear(message);
    });
    child.once("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Chromium ended."));
    });
  }

  /** @throws Error where no Chromium is found. */
  static async start(): Promise<Browser> {
    const folder = await mkdtemp(join(tmpdir(), "follow-through-pictures-"));
    // Chromium has no sandbox for root.
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const child = spawn(chromium(), [...OPTIONS, ...sandbox, `--user-data-dir=${folder}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const browser = new Browser(child, folder);
    const { targetId } = z
      .object({ targetId: z.string() })
      .parse(await browser.#ask("Target.createTarget", { url: "about:blank" }));
    const attached = await browser.#ask("Target.attachToTarget", { targetId, flatten: true });
    browser.#session = z.object({ sessionId: z.string() }).parse(attached).sessionId;
    await browser.#ask("Page.enable", {});
    return browser;
  }

  /** Opens a page as wide and in such colours as the shot says, and waits until it is there. */
  async open(url: string, { width, scheme, sharpness = 1 }: Shot, media: "screen" | "print" = "screen"): Promise<void> {
    await this.#ask("Emulation.setDeviceMetricsOverride", {
      width,
      height: 800,
      deviceScaleFactor: sharpness,
      mobile: false,
    });
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.#ask("Emulation.setEmulatedMedia", { media, features });
    const loaded = new Promise<void>((resolve) => {
      this.#loaded = resolve;
    });
    await this.#ask("Page.navigate", { url });
    await loaded;
  }

  /** What an expression says on the open page. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.#ask("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    return z.object({ result: z.object({ value: z.unknown().optional() }) }).parse(answer).result.value;
  }

  /** A picture of the open page, or of one element of it. */
  async picture({ of = "html", quality, most = Number.POSITIVE_INFINITY }: Shot): Promise<Buffer> {
    const box = boxSchema.parse(
      await this.evaluate(`(() => {
        const { x, y, width, height } = document.querySelector(${JSON.stringify(of)}).getBoundingClientRect();
        return { x: x + scrollX, y: y + scrollY, width, height };
      })()`),
    );
    const format = quality === undefined ? { format: "png" } : { format: "webp", quality };
    const shot = {
      ...format,
      captureBeyondViewport: true,
      clip: { ...box, height: Math.min(box.height, most), scale: 1 },
    };
    const answer = await this.#ask("Page.captureScreenshot", shot);
    return Buffer.from(z.object({ data: z.string() }).parse(answer).data, "base64");
  }

  /** Leaves nothing behind: no process, no folder. */
  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGKILL");
    await ended;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #ask(method: string, params: object): Promise<unknown> {
    const id = ++this.#last;
    const session = this.#session === "" ? {} : { sessionId: this.#session };
    this.#to.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #hear(message: string): void {
    const { id, result, error, method } = answerSchema.parse(JSON.parse(message));
    if (method === "Page.loadEventFired") this.#loaded();
    const waiting = this.#waiting.get(id ?? 0);
    if (waiting === undefined) return;
    this.#waiting.delete(id ?? 0);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }
}

function chromium(): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found =
    process.env.CHROMIUM ?? NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
  if (found === undefined)
    throw new Error("No Chromium is in PATH. Install one, or say where it is: CHROMIUM=/path/to/chromium.");
  return found;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
