/** A stand-in for the App: takes webhooks on a port, checks their signatures, and answers as it is told. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhooks } from "@octokit/webhooks";

interface Received {
  guid: string;
  /** `issues.opened`, `push`. */
  name: string;
  genuine: boolean;
  payload: Record<string, unknown>;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** The status to answer with. */
  status: number;
  close(): Promise<void>;
}

export async function receive(secret: string): Promise<Receiver> {
  const webhooks = new Webhooks({ secret });
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString("utf8");
    const header = (name: string) => String(incoming.headers[name]);
    const payload: Record<string, unknown> = JSON.parse(body);
    const action = typeof payload.action === "string" ? `.${payload.action}` : "";
    receiver.received.push({
      guid: header("x-github-delivery"),
      name: header("x-github-event") + action,
      genuine: await webhooks.verify(body, header("x-hub-signature-256")),
      payload,
    });
    outgoing.writeHead(receiver.status).end("heard");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const receiver: Receiver = { url: `http://127.0.0.1:${port}/`, received: [], status: 200, close };
  return receiver;
}
