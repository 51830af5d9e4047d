/** The first start, with no credential set at all: where nothing stands yet, the setup page gets them. */

import { checkEnvFile, type Variables, writeEnvFile } from "./env-file.js";
import { ENV_FILE } from "./environment.js";
import { CannotStart } from "./errors.js";
import { registration } from "./github/registration.js";
import { createLog } from "./log.js";
import type { SetupSettings } from "./settings.js";
import { hasInstallations } from "./store/open.js";
import { eachLine, type Terminal } from "./terminal.js";
import { createChannel } from "./web/proxy.js";
import { runSetup } from "./web/setup.js";

/**
 * Shows the setup page, and gives the variables that were written into `.env`.
 * @throws CannotStart where an App was set up here before, `.env` cannot be written, or nobody finished in time
 */
export async function setUp(settings: SetupSettings, terminal: Terminal): Promise<Variables> {
  checkEnvFile(ENV_FILE);
  if (await hasInstallations(settings)) throw new CannotStart(...credentialsMissing(settings));
  const { variables, name, installUrl } = await runSetup({
    settings,
    registration: registration(settings.apiUrl, createLog("silent")),
    createChannel,
    save: (written) => writeEnvFile(ENV_FILE, written),
    folder: process.cwd(),
    onLink: (link, minutes) =>
      eachLine(
        `Follow-Through is not set up yet. Open this link in a browser on this machine; it works once, within ${minutes} minutes:

  ${link}

Ctrl+C ends it. To set it up by hand instead, fill in a copy of .env.example.`,
        terminal.print,
      ),
  });
  eachLine(
    `${name} is set up, with its credentials in .env. Now install it on repositories:\n\n  ${installUrl}\n`,
    terminal.print,
  );
  return variables;
}

function credentialsMissing({ databaseUrl, dataDir }: SetupSettings): [message: string, fix: string] {
  const where = databaseUrl ? "The database of DATABASE_URL" : `The database in DATA_DIR ${dataDir}`;
  return [
    `${where} belongs to an App that is installed, and no credentials are set: APP_ID, PRIVATE_KEY (or PRIVATE_KEY_PATH) and WEBHOOK_SECRET are missing.`,
    "Set them again, in the environment or in .env in the working folder: they are on the App's settings page, where new ones can be made too. Another App would not know what this one opened; to set one up all the same, name another database.",
  ];
}
