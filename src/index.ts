/**
 * The App for a host of Probot apps, such as `probot run` or `createNodeMiddleware`: the package's default export. The host takes care of
 * the port, signatures and answers; everything else is as in the service, with the same environment (docs/operating.md).
 */
import { environment } from "./environment.js";
import type { DeliveryHost } from "./github/deliveries.js";
import { createLog } from "./log.js";
import { openUndertaking } from "./service.js";
import { readSettings } from "./settings.js";

/**
 * Opens the database, has `app` put deliveries into the work list before they are answered, and works it off until the process ends.
 * @throws CannotStart where a setting is missing, or the database cannot be opened.
 */
export default async function followThrough(app: DeliveryHost): Promise<void> {
  const settings = readSettings(environment(process.env));
  const undertaking = await openUndertaking(settings, { log: createLog(settings.logLevel) });
  undertaking.app(app);
  await undertaking.begin();
}
