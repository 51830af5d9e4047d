/** A local place that channels are sent to: it keeps what came and answers as it is told. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly raw: string;
  readonly body: Record<string, unknown>;
}

/** What it does with a request; the default is 200. */
export type Answer = (answer: ServerResponse) => void;

export const answering =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (answer) =>
    void answer.writeHead(status, headers).end("no");
/** Takes it, and goes away without a word. */
export const breaking: Answer = (answer) => void answer.destroy();
/** Takes it, and never says anything. */
export const hanging: Answer = () => undefined;

export async function startChannel() {
  const received: Received[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      received.push({ headers: request.headers, raw, body: JSON.parse(raw) });
      (answers.shift() ?? answering(200))(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret-path`,
    received,
    /** What is answered next, in this order. */
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type ChannelServer = Awaited<ReturnType<typeof startChannel>>;
