/** A load balancer before replicas of the service. */
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Passes each request on to the next of the replicas that run, as a load balancer does. */
export async function balance(ports: () => readonly number[]): Promise<{ server: Server; url: string }> {
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const running = ports();
    const port = running[turn++ % running.length];
    const { method = "POST", headers, url = "/" } = incoming;
    const onward = httpRequest({ port, host: "127.0.0.1", method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks` };
}
