/** Has a server listen, or says why it cannot and what to do. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CannotStart } from "../errors.js";

/** https://nodejs.org/api/errors.html#common-system-errors */
const REFUSALS: Readonly<Record<string, (port: number, host: string) => [message: string, fix: string]>> = {
  EADDRINUSE: (port, host) => [
    `Port ${port} of ${host} is taken by another program.`,
    "Stop that one (perhaps this service runs already), or set PORT to another.",
  ],
  EACCES: (port) => [
    `Port ${port} is open to privileged programs only.`,
    "Set PORT to one above 1023, and let a proxy or container lead to it.",
  ],
  EADDRNOTAVAIL: (_, host) => [
    `HOST ${host} is no address of this machine.`,
    "Set HOST to localhost, to 0.0.0.0 for all addresses of this machine, or to one of them.",
  ],
  ENOTFOUND: (_, host) => [
    `HOST ${host} is not known here.`,
    "Set HOST to localhost, to 0.0.0.0 for all addresses of this machine, or to one of them.",
  ],
};

/** Gives the origin under which this machine reaches the server. @throws CannotStart */
export async function listen(server: Server, port: number, host: string): Promise<{ port: number; origin: string }> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => {
      const code =
        cause.code === "EAI_AGAIN" ? "ENOTFOUND" : cause.code === "EAFNOSUPPORT" ? "EADDRNOTAVAIL" : cause.code;
      const refusal = REFUSALS[code ?? ""]?.(port, host);
      const [message, fix] = refusal ?? [`The service cannot listen: ${cause.message}.`, "See to HOST and PORT."];
      reject(new CannotStart(message, fix, { cause }));
    };
    server.once("error", refuse).listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const name = /^(0\.0\.0\.0|::)$/.test(address.address) ? "localhost" : address.address;
  return { port: address.port, origin: `http://${name.includes(":") ? `[${name}]` : name}:${address.port}` };
}
