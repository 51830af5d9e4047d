/**
 * `follow-through doctor`: what is misconfigured, and the fix.
 *
 *   ok    settings
 *   ok    database (sqlite)
 *   ok    GitHub knows the App as follow-through[bot]
 *   WRONG acme: the permission checks:write is not granted. Ask an owner of acme to accept it …
 */
import { AuthorProblem, Retryable } from "../errors.js";
import { clockWords, whyAppRefused } from "../github/app-refused.js";
import { Refused } from "../github/errors.js";
import { lackingFor } from "../github/manifest.js";
import type { InstallationFacts } from "../github/port.js";
import { loadPolicy } from "../policy/load.js";
import { replacedLine } from "../render/digest.js";
import { troubleLine } from "../render/trouble.js";
import { count } from "../render/words.js";
import type { Terminal } from "../terminal.js";
import { isTold } from "../tracking/trouble.js";
import type { Repository } from "../tracking/types.js";
import { organisationChannels } from "../workflows/organisation.js";
import { channelProblems } from "../workflows/parts/channels.js";
import type { Context } from "../workflows/parts/context.js";
import { orphansByBot } from "../workflows/parts/orphans.js";

/** Checks one thing after the other and prints each. Returns whether all is well. */
export async function doctor(terminal: Terminal, context: Context): Promise<boolean> {
  let well = true;
  const ok = (what: string) => terminal.print(`ok    ${what}`);
  const wrong = (what: string) => {
    well = false;
    terminal.print(`WRONG ${what}`);
  };
  ok("settings");
  const trouble = await context.store.trouble();
  if (trouble === null) ok(`database (${context.store.engine})`);
  else wrong(`${trouble} Check DATABASE_URL or DATA_DIR`);
  try {
    ok(`GitHub knows the App as ${await context.app.bot()}`);
    const clock = clockWords(context.clockAheadMs?.() ?? null);
    if (clock) wrong(clock);
    const installations = await context.app.installations();
    if (installations.length === 0) wrong("the App is not installed anywhere: install it from its public page");
    for (const installation of installations) for (const line of missing(installation)) wrong(line);
    if (well) ok(`permissions and events of ${installations.map((one) => one.account).join(", ")}`);
  } catch (error) {
    wrong(whyAppRefused(error));
  }
  for (const repository of await context.store.repositories()) {
    const name = `${repository.owner}/${repository.name}`;
    if (repository.obstacle) wrong(`${name}: ${repository.obstacle}`);
    const { digestIssue, digestKept, organisationDigest, organisationKept } = repository;
    if (digestIssue !== null && digestKept?.instead) ok(`${name}: ${replacedLine(digestIssue, digestKept.instead)}`);
    if (organisationDigest !== undefined && organisationKept?.instead)
      ok(`${name}: ${replacedLine(organisationDigest, organisationKept.instead)}`);
    for (const { line, message, elsewhere } of repository.policyProblems) {
      wrong(elsewhere ? `${name}: ${message}` : `${name} policy, line ${line}: ${message}`);
    }
    for (const trouble of (await context.store.troubles(repository.id)).filter(isTold))
      wrong(
        `${name}: ${troubleLine(trouble)} (${trouble.said || "seen"}, ${count(trouble.times, "time")} since ${trouble.since})`,
      );
    const { policy } = loadPolicy(repository.policyText);
    if (context.people && policy.enabled && !repository.lostAt) {
      const told = await organisationChannels(context.store, repository);
      for (const line of channelProblems(repository, policy, told, context.people.channels)) wrong(`${name}: ${line}`);
    }
    for (const line of await orphanLines(context, repository)) wrong(`${name}: ${line}`);
  }
  const dead = await context.store.work.deadLetters();
  for (const { key, error, attempts, at } of dead) {
    wrong(
      `given up after ${attempts} attempts at ${at}: ${key} (${error}). Try again with: follow-through doctor --replay '${key}'`,
    );
  }
  if (dead.length === 0) ok("no work was given up");
  return well;
}

/** What app.yml asks for and the installation does not have. */
function missing({ account, permissions, events, suspended }: InstallationFacts): string[] {
  if (suspended) return [`${account}: the installation is suspended; unsuspend it in its settings`];
  const lacking = lackingFor({ permissions, events });
  return [
    ...lacking.permissions.map(
      ([name, level]) =>
        `${account}: the permission ${name}:${level} is not granted. Ask an owner to accept it in the App's installation settings`,
    ),
    ...lacking.events.map(
      (event) =>
        `${account}: the event ${event} is not subscribed to. Switch it on in the App's settings, under Permissions & events`,
    ),
  ];
}

/** Where postmortems stand: whether an earlier registration of the App left issues there that nobody follows now. */
async function orphanLines(context: Context, repository: Repository): Promise<string[]> {
  if (Object.keys(repository.seen ?? {}).length === 0 || repository.lostAt) return [];
  try {
    const orphans = await orphansByBot(context, repository);
    return [...orphans].map(
      ([bot, count]) =>
        `${count} open tracking issues were opened by ${bot}, and are not followed by this App. If it was registered again, run it as ${bot} again, or close them and run sync`,
    );
  } catch (error) {
    if (error instanceof Retryable || error instanceof Refused || error instanceof AuthorProblem) return [];
    throw error;
  }
}
