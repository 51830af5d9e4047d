/** A way to a server that can be cut, as a network is: `startProxy(databaseUrl)`. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Link {
  /** The server's address, through the proxy. */
  readonly url: string;
  /** From now on connections are refused and those there are broken, or everything that is sent is swallowed. */
  cut(how: "refuse" | "swallow"): Promise<void>;
  /** New connections lead to the server again. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function startProxy(url: string): Promise<Link> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let swallows = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    if (swallows) return void client.resume();
    const behind = keep(connect(Number(target.port), target.hostname));
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      from.on("data", (chunk) => void (swallows || to.write(chunk)));
      from.once("close", () => to.destroy());
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async () => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    hangUp();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const through = new URL(url);
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.href,
    async cut(how) {
      if (how === "refuse") await close();
      else swallows = true;
    },
    async restore() {
      // What was swallowed does not come back: whoever waits for an answer on those waits in vain.
      for (const socket of sockets) socket.removeAllListeners("data").resume();
      swallows = false;
      if (!server.listening) await listen(port);
    },
    close,
  };
}
