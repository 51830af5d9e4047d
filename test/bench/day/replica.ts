/**
 * A replica of the built service as a process of its own, like `dist/main.js` but for its timer: the day's clock passes faster than the
 * machine's, so whoever started it says when to tick. It goes by GitHub's time, which its answers tell (docs/adr/0013); leases, limits and
 * waits go by PostgreSQL's.
 *
 * Its parent sends `{ tick: number }` and hears `{ ticked: number }`, and `{ port }` once it listens. SIGTERM stops it as it stops the service.
 */
import { z } from "zod";

const { startService }: typeof import("../../../src/service.js") = await import(
  new URL("../../../dist/service.js", import.meta.url).href
);
const { readSettings }: typeof import("../../../src/settings.js") = await import(
  new URL("../../../dist/settings.js", import.meta.url).href
);
const { createLog }: typeof import("../../../src/log.js") = await import(
  new URL("../../../dist/log.js", import.meta.url).href
);

const tickSchema = z.object({ tick: z.number() });

const settings = readSettings(process.env);
const service = await startService(settings, { log: createLog(settings.logLevel) });
process.once("SIGTERM", () => void service.stop().then(() => process.exit(0)));
process.on("disconnect", () => process.exit(1));
process.on("message", async (message: unknown) => {
  const { tick } = tickSchema.parse(message);
  await service.tick();
  // Whatever was found to be due is in the database, for all replicas; this one looks at once.
  service.workers.wake();
  process.send?.({ ticked: tick });
});
process.send?.({ port: service.port });
