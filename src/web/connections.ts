/**
 * Holds what strangers can do with connections within bounds. There are so many at most, and of those the one goes that has asked for nothing
 * the longest, so that a flood of silent ones keeps nobody out. Each is asked one thing at a time: of requests sent ahead, thousands
 * fit in a packet, and each answer would wait in memory until it is read.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** GitHub, a proxy and a few people with metrics need some dozens. */
const MOST = 1_000;
/** On a connection on which nothing moves for so long, nobody reads the answer. */
const STILL_MS = 30_000;
/** A server that closes waits so long for what is under way; most supervisors kill a process after ten seconds. */
const CLOSE_MS = 2_000;

/** Bounds the connections of a server; gives what is to be asked of each request: whether it may be answered. */
export function boundConnections(
  server: Server,
  most = MOST,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  /** Whoever asked for something last comes last. */
  const open = new Set<Socket>();
  const answering = new WeakSet<Socket>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    const [silent] = open;
    if (open.size > most) silent?.destroy();
  });
  server.timeout = STILL_MS;
  return ({ socket }, response) => {
    if (answering.has(socket)) {
      socket.destroy();
      return false;
    }
    answering.add(socket);
    response.once("close", () => answering.delete(socket));
    open.delete(socket);
    open.add(socket);
    return true;
  };
}

/** Takes no connections any more, and ends once none is left: after a while, whatever somebody still holds open. */
export function closeServer(server: Server, withinMs = CLOSE_MS): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}
