/** Many large uploads at once to the webhook's address, by strangers; and how much memory the service takes for them. */
import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { startProcess } from "./processes.js";

const MIB = 1024 * 1024;

export interface Flood {
  readonly uploads: number;
  readonly mebibytes: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Without a content-length. */
  readonly chunked: boolean;
}

/** A webhook's headers, without a signature. */
export const webhookHeaders = (): Record<string, string> => ({
  "content-type": "application/json",
  "x-github-delivery": randomUUID(),
  "x-github-event": "ping",
});

/** Well formed, and of no body. */
export const WRONG_SIGNATURE = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };

/** From a process of its own, so that what it costs to send is not held against who receives. */
export function startFlood(port: number, what: Flood) {
  const child = startProcess(
    fileURLToPath(new URL("./flood-child.ts", import.meta.url)),
    JSON.stringify({ port, ...what }),
  );
  return {
    /** Lets all go; gives how often each status was answered. */
    async end(): Promise<Readonly<Record<string, number>>> {
      const said = child.line();
      await child.end();
      return JSON.parse((await said) ?? "{}") as Record<string, number>;
    },
  };
}

/** A delivery as GitHub sends it, with a body of so many bytes; gives its status and how long the answer took. */
export async function deliver(port: number, secret: string, bytes = 20_000): Promise<{ status: number; ms: number }> {
  const body = JSON.stringify({ zen: "x".repeat(bytes) });
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const headers = {
    ...webhookHeaders(),
    "x-hub-signature-256": signature,
    "content-length": String(Buffer.byteLength(body)),
  };
  const started = performance.now();
  const status = await new Promise<number>((resolve, reject) => {
    const options = { port, host: "127.0.0.1", path: "/api/github/webhooks", method: "POST", agent: false, headers };
    httpRequest(options, (answer: IncomingMessage) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on("error", reject)
      .end(body);
  });
  return { status, ms: Math.round(performance.now() - started) };
}

/** Mebibytes of memory that the service takes, by its own metrics. */
export async function memory(port: number): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Math.round(Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / MIB);
}
