/**
 * The command line: the same workflows as the service, through another door. Exit codes: 0 fine, 1 problems found,
 * 2 wrong use or cannot run.
 */
import { readFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { DestinationStream, Logger } from "pino";
import { dateIn, isPlainDate } from "../calendar.js";
import { environment } from "../environment.js";
import { AuthorProblem, CannotStart, Fatal, messageOf, NotText, Retryable } from "../errors.js";
import { Refused } from "../github/errors.js";
import { lastWords } from "../last-words.js";
import { createLog } from "../log.js";
import { readSettings, type Settings } from "../settings.js";
import type { ScheduleKind, Store } from "../store/types.js";
import { eachLine, type Terminal } from "../terminal.js";
import { FACETS, type Facet } from "../tracking/figures/groups.js";
import type { Query } from "../tracking/search.js";
import type { Repository } from "../tracking/types.js";
import type { SyncOptions } from "../workflows/sync.js";
import { check } from "./check.js";
import { completion, SHELLS, type Shell, type ValuesByName } from "./completion.js";
import { exampleOf } from "./examples.js";
import { extract } from "./extract.js";
import { FORMATS, type Format } from "./formats.js";
import type { OperateOptions } from "./operate.js";
import type { ReportOptions } from "./report.js";

/** The exit code for wrong use, and for what cannot run. */
const WRONG_USE = 2;

const SCHEDULES: readonly ScheduleKind[] = ["nudges", "digest", "sweep"];

/** What `extract` and `check` read. */
const FILES = "postmortems in Markdown, folders of them, or - for standard input";
const PATH = "the path that standard input is read as";

/** What can be completed of options and arguments, by their names. */
const VALUES: ValuesByName = {
  files: "files",
  file: "files",
  paths: "files",
  schedule: SCHEDULES,
  shell: SHELLS,
  "--policy": "files",
  "--in": "folders",
  "--format": FORMATS,
  "--by": [...FACETS, "all"],
};

interface FileOptions {
  readonly policy?: string;
  readonly path?: string;
}

/** What works on GitHub is loaded where it is asked for, so that everything else starts in half the time. */
const operating = () => import("./operate.js");

/** Where a command runs. */
export interface Surroundings {
  /** To which the command adds what a file `.env` in the working folder says. */
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  /** What is piped in. */
  readonly input: AsyncIterable<Uint8Array>;
  /** Where the log goes. */
  readonly log: DestinationStream;
}

/** Runs one command, and says what ended it; resolves to its exit code, or null where the service goes on running. Never throws. */
export async function commandLine(args: readonly string[], surroundings: Surroundings): Promise<number | null> {
  const { env, terminal } = surroundings;
  try {
    return await runCommand(args, surroundings);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
    if (error instanceof CannotStart || error instanceof AuthorProblem)
      eachLine(`${error.message}\n${error.fix}`, terminal.error);
    else if (error instanceof Retryable || error instanceof Refused || error instanceof Fatal)
      terminal.error(messageOf(error));
    else for (const line of lastWords(error, env)) terminal.error(line);
    return error instanceof NotText ? 1 : WRONG_USE;
  }
}

async function runCommand(
  args: readonly string[],
  { env, terminal, input, log: output }: Surroundings,
): Promise<number | null> {
  let code: number | null = 0;
  /** Settings and a logger for commands that work on GitHub: quiet unless something is wrong. */
  const ready = (): { settings: Settings; log: Logger } => {
    const variables = environment(env);
    const settings = readSettings(variables);
    const level = variables.LOG_LEVEL ? settings.logLevel : "error";
    return { settings, log: createLog(level, output) };
  };
  /** Runs `body` on the store, over the repositories of one owner or all. Nothing is asked of GitHub. */
  const withRepositories = async (
    org: string | undefined,
    body: (store: Store, among: readonly Repository[]) => Promise<number>,
  ): Promise<number> => {
    const { settings, log } = ready();
    const { operate } = await operating();
    return operate(terminal, settings, log, {}, async ({ store }) => {
      const all = (await store.repositories()).filter(({ lostAt }) => lostAt === null);
      const among = org ? all.filter(({ owner }) => owner.toLowerCase() === org.toLowerCase()) : all;
      if (org && among.length === 0) throw notInstalled(org);
      return body(store, among);
    });
  };
  const program = new Command("follow-through")
    .description("Turns the action items of merged postmortems into tracked GitHub issues, and follows them through.")
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => eachLine(text, terminal.print),
      writeErr: (text) => eachLine(text, terminal.error),
    })
    .showHelpAfterError("(see follow-through --help)");

  program
    .command("extract")
    .description("read files and print their action items")
    .argument("<files...>", FILES)
    .option("--json", "one JSON object a line, a file each")
    .option("--explain", "say for each section, line and field which rule decided")
    .option("--policy <file>", "the policy (default: the nearest .github/follow-through.yml or .yaml upward)")
    .option("--path <path>", PATH)
    .action(async (files: string[], options: FileOptions & { json?: boolean; explain?: boolean }) => {
      code = await extract(terminal, files, { ...options, input });
    });

  program
    .command("check")
    .description("say what merging files would do, and what to fix first; exit 1 on an error")
    .argument("<files...>", FILES)
    .option("--json", "one JSON object a line, a file each")
    .option("--strict", "exit 1 also on a warning, and on what is held back or taken for no postmortem")
    .option("--policy <file>", "the policy (default: the nearest .github/follow-through.yml or .yaml upward)")
    .option("--path <path>", PATH)
    .action(async (files: string[], options: FileOptions & { json?: boolean; strict?: boolean }) => {
      code = await check(terminal, files, { ...options, input, today: dateIn("UTC", new Date()) });
    });

  program
    .command("similar")
    .description("earlier postmortems that one may be about the same as")
    .argument("<file>", "a postmortem in Markdown; - for standard input")
    .option("--in <folder>", "among the files of this folder (default: among those the service follows)")
    .option("--org <owner>", "only among this organisation's")
    .option("--json", "one JSON object a line")
    .action(async (file: string, options: { in?: string; org?: string; json?: boolean }) => {
      const { similarInFolder, similarInStore } = await import("./find.js");
      const { in: folder, org, json } = options;
      if (folder !== undefined) {
        code = await similarInFolder(terminal, file, { in: folder, json, input });
        return;
      }
      code = await withRepositories(org, (store, among) =>
        similarInStore(terminal, store, file, { json, input, now: new Date() }, among),
      );
    });

  program
    .command("search")
    .description("postmortems and action items that the service follows, by words and facts")
    .argument("[words...]", "all of which are to stand there; a word's beginning will do")
    .option("--open", "only open action items")
    .option("--owner <name>", "only action items of this owner or assignee")
    .option("--service <name>", "only of this service")
    .option("--severity <name>", "only of this severity")
    .option("--tag <name>", "only with this tag")
    .option("--since <date>", "only incidents on or after this day (YYYY-MM-DD)", asDay)
    .option("--org <owner>", "only of this organisation")
    .option("--json", "one JSON object a line")
    .action(async (words: string[], options: Omit<Query, "words"> & { org?: string; json?: boolean }) => {
      const { searchStore } = await import("./find.js");
      const { json, org, ...asked } = options;
      code = await withRepositories(org, (store, among) =>
        searchStore(terminal, store, { words, ...asked }, { json, now: new Date() }, among),
      );
    });

  program
    .command("report")
    .description("figures of action items: what was done, what is late, what was put off; from the database alone")
    .option("--org <owner>", "only of this organisation")
    .option("--repo <owner/name>", "only of this repository", asRepository)
    .option("--since <date>", "from this day on (YYYY-MM-DD; default: from the beginning)", asDay)
    .option("--until <date>", "up to this day, as things stood then (YYYY-MM-DD; default: today)", asDay)
    .option("--now <instant>", "as if it were this time (ISO 8601, like 2025-03-03T09:00:00Z)", asInstant)
    .option("--by <facets>", `by what: ${FACETS.join(", ")} (several with commas), or all`, asFacets)
    .option("--format <format>", FORMATS.join(", "), asFormat, "table")
    .option("--json", "the same as --format json")
    .option("--items", "list each item with its whole state instead")
    .action(async (options: ReportOptions & { org?: string; repo?: string; json?: boolean; now?: Date }) => {
      const { org, repo, json, now = new Date(), ...asked } = options;
      const { settings, log } = ready();
      const [{ operate }, { report }] = await Promise.all([operating(), import("./report.js")]);
      code = await operate(terminal, settings, log, {}, async ({ store, web }) => {
        const known = (await store.repositories()).filter(({ lostAt }) => lostAt === null);
        const among = known.filter(
          ({ owner, name }) => isSame(org ?? owner, owner) && isSame(repo ?? `${owner}/${name}`, `${owner}/${name}`),
        );
        const of = repo ?? org;
        if (of !== undefined && among.length === 0) throw notInstalled(of);
        const scope = { of: of ?? "all repositories", among };
        return report(terminal, { store, web, now }, scope, json ? { ...asked, format: "json" } : asked);
      });
    });

  program
    .command("sync")
    .description("reconcile a repository's postmortems with their issues; also the backfill")
    .argument("<repository>", "owner/name", asRepository)
    .argument("[paths...]", "only these documents")
    .option("--since <date>", "only incidents on or after this day (YYYY-MM-DD)", asDay)
    .option("--dry-run", "print what would be written and write nothing")
    .option("--comment", "also comment on the old pull requests that introduced them, to show their status there")
    .action(async (name: string, paths: string[], options: SyncOptions & OperateOptions) => {
      const { settings, log } = ready();
      const { operate, repositoriesFor, sync } = await operating();
      code = await operate(terminal, settings, log, options, async (context) => {
        const [repository] = await repositoriesFor(context, name);
        if (!repository) throw notInstalled(name);
        return sync(terminal, context, repository, { ...options, paths });
      });
    });

  program
    .command("run")
    .description("one pass of a schedule: nudges, digest or sweep")
    .argument("<schedule>", SCHEDULES.join(", "), asSchedule)
    .option("--repo <owner/name>", "only this repository", asRepository)
    .option("--now <instant>", "as if it were this time (ISO 8601, like 2025-03-03T09:00:00Z)", asInstant)
    .option("--dry-run", "print what would be written and write nothing")
    .option("--preview", "digest: print it whole as it stands now, and write nothing")
    .option("--channel <name>", "with --preview: what this channel is told, as it is sent there")
    .action(async (kind: ScheduleKind, options: RunOptions) => {
      if (options.preview && kind !== "digest")
        throw new CannotStart("--preview is for the digest alone.", "Write `run digest --preview`.");
      if (options.channel !== undefined && !options.preview)
        throw new CannotStart("--channel is for the preview alone.", "Write `run digest --preview --channel NAME`.");
      const { settings, log } = ready();
      const { operate, previewDigests, repositoriesFor, runSchedule } = await operating();
      const dryRun = options.dryRun === true || options.preview === true;
      code = await operate(terminal, settings, log, { ...options, dryRun }, async (context) => {
        const repositories = await repositoriesFor(context, options.repo);
        if (options.repo && repositories.length === 0) throw notInstalled(options.repo);
        if (options.preview) return previewDigests(terminal, context, repositories, options.channel);
        return runSchedule(terminal, context, kind, repositories);
      });
    });

  program
    .command("rebuild")
    .description("read the projection again from GitHub")
    .option("--repo <owner/name>", "only this repository", asRepository)
    .action(async (options: { repo?: string }) => {
      const { settings, log } = ready();
      const { operate, rebuild, repositoriesFor } = await operating();
      code = await operate(terminal, settings, log, {}, async (context) => {
        const repositories = await repositoriesFor(context, options.repo);
        const rebuilt = await rebuild(terminal, context, repositories);
        const count = `${repositories.length} ${repositories.length === 1 ? "repository" : "repositories"}`;
        terminal.print(rebuilt === 0 ? `${count} rebuilt from GitHub` : `${count} looked at`);
        return rebuilt;
      });
    });

  program
    .command("doctor")
    .description("what is misconfigured, and the fix")
    .option("--replay <key>", "try work again that was given up (its key, or all)")
    .action(async (options: { replay?: string }) => {
      const { settings, log } = ready();
      const [{ operate }, { doctor }] = await Promise.all([operating(), import("./doctor.js")]);
      code = await operate(terminal, settings, log, {}, async (context) => {
        if (!options.replay) return (await doctor(terminal, context)) ? 0 : 1;
        const replayed = await context.store.work.replay(options.replay, new Date());
        terminal.print(`${replayed} ${replayed === 1 ? "piece" : "pieces"} of work will be tried again by the service`);
        return 0;
      });
    });

  program
    .command("start")
    .description("the service (the same as npm start)")
    .action(async () => {
      const { main } = await import("../main.js");
      code = await main(env);
    });

  program
    .command("completion")
    .description("a script by which a shell completes commands, options and files")
    .argument("<shell>", SHELLS.join(", "), asShell)
    .action((shell: Shell) => eachLine(completion(shell, program, VALUES), terminal.print));

  for (const command of program.commands) command.addHelpText("after", exampleOf(command.name()));
  await program.parseAsync([...args], { from: "user" });
  return code;
}

interface RunOptions {
  readonly repo?: string;
  readonly now?: Date;
  readonly dryRun?: boolean;
  readonly preview?: boolean;
  readonly channel?: string;
}

const notInstalled = (name: string) =>
  new CannotStart(
    `The App is not installed on ${name}.`,
    "Check the name, or add the repository in the App's installation settings.",
  );

/** GitHub's names are the same in any case. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The version of the package this file belongs to. */
function version(): string {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}

function asRepository(text: string): string {
  if (!/^[\w.-]+\/[\w.-]+$/.test(text)) throw new InvalidArgumentError("Write it as owner/name.");
  return text;
}

function asFacets(text: string): readonly Facet[] {
  if (text === "all") return FACETS;
  return text.split(",").map((name) => {
    const facet = FACETS.find((one) => one === name.trim());
    if (!facet) throw new InvalidArgumentError(`Choose of ${FACETS.join(", ")}, several with commas, or all.`);
    return facet;
  });
}

function asFormat(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (!format) throw new InvalidArgumentError(`Choose one of ${FORMATS.join(", ")}.`);
  return format;
}

function asShell(text: string): Shell {
  const shell = SHELLS.find((name) => name === text);
  if (!shell) throw new InvalidArgumentError(`Choose one of ${SHELLS.join(", ")}.`);
  return shell;
}

function asDay(text: string): string {
  if (!isPlainDate(text)) throw new InvalidArgumentError("Write a day as YYYY-MM-DD.");
  return text;
}

function asInstant(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()) || !/T.*(Z|[+-]\d\d:?\d\d)$/.test(text)) {
    throw new InvalidArgumentError("Write an instant with its time zone, like 2025-03-03T09:00:00Z.");
  }
  return instant;
}

function asSchedule(text: string): ScheduleKind {
  const kind = SCHEDULES.find((name) => name === text);
  if (!kind) throw new InvalidArgumentError(`Choose one of ${SCHEDULES.join(", ")}.`);
  return kind;
}
