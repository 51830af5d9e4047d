/**
 * The service's process: settings, start, graceful stop. On the very first start, with no credential set at all and not
 * in production, the setup page gets them first.
 */
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { environment } from "./environment.js";
import { CannotStart } from "./errors.js";
import { setUp } from "./first-start.js";
import { lastWords } from "./last-words.js";
import { createLog } from "./log.js";
import { startService } from "./service.js";
import { isUnconfigured, readSettings, readSetupSettings } from "./settings.js";
import { eachLine, processTerminal } from "./terminal.js";

/** Stopping takes no longer than this; what is not finished then is finished by the next start. */
const STOP_WITHIN_MS = 25_000;

/** Runs the service until SIGTERM or SIGINT. Returns the exit code where it cannot start. */
export async function main(own: NodeJS.ProcessEnv = process.env): Promise<number | null> {
  process.on("uncaughtException", endOnFault);
  try {
    const env = environment(own);
    if (isUnconfigured(env) && env.NODE_ENV !== "production") {
      Object.assign(own, await setUp(readSetupSettings(env), processTerminal(process)));
    }
    const settings = readSettings(environment(own));
    const log = createLog(settings.logLevel);
    const starting = startService(settings, { log });
    // From now on, so that a stop asked for during the start is as graceful as any.
    const stop = (signal: string) => {
      log.info({ signal }, "stopping");
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      starting
        .then((service) => service.stop())
        .then(
          () => process.exit(0),
          (error: unknown) => {
            log.error({ err: error }, "could not stop cleanly");
            process.exit(1);
          },
        );
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);
    await starting;
    return null;
  } catch (error) {
    const tell = processTerminal(process).error;
    if (error instanceof CannotStart) eachLine(`${error.message}\n${error.fix}`, tell);
    else for (const line of lastWords(error, own)) tell(line);
    return 2;
  }
}

/** What nobody caught ends the process, as Node does it, and is told in a line; whatever was under way is found by the next start. */
function endOnFault(error: unknown): void {
  for (const line of lastWords(error, process.env)) processTerminal(process).error(line);
  process.exit(1);
}

function isThisFile(path: string): boolean {
  const here = fileURLToPath(import.meta.url);
  return [path, `${path}.js`].some(
    (candidate) => existsSync(candidate) && realpathSync(candidate) === realpathSync(here),
  );
}

// The path may lead here through a link, as in /opt/current/dist/main.js, and without the ending.
if (process.argv[1] && isThisFile(process.argv[1])) {
  const code = await main();
  if (code !== null) process.exit(code);
}
