/**
 * The commands that work on GitHub: `sync`, `run`, `rebuild`. They may run beside the service: each takes a repository's
 * lane in the work list for as long as it works there, so the two never do the same thing at the same time.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { AuthorProblem, Fatal } from "../errors.js";
import { dryRun } from "../github/dry-run.js";
import { Refused } from "../github/errors.js";
import { guarded } from "../github/guarded.js";
import { keepLane } from "../jobs/lane.js";
import { Lease } from "../jobs/lease.js";
import { troubleLine } from "../render/trouble.js";
import { count } from "../render/words.js";
import { createContext } from "../service.js";
import type { Settings } from "../settings.js";
import { CONTENT_PER_HOUR, CONTENT_PER_MINUTE } from "../store/limits.js";
import { openStore } from "../store/open.js";
import type { Claim, ScheduleKind } from "../store/types.js";
import type { Terminal } from "../terminal.js";
import { isTold, type Trouble } from "../tracking/trouble.js";
import type { Repository } from "../tracking/types.js";
import { postDigest, previewDigest } from "../workflows/digest.js";
import { lookAtInstallation } from "../workflows/installation.js";
import { nudge } from "../workflows/nudges.js";
import type { Context } from "../workflows/parts/context.js";
import { loadScene } from "../workflows/parts/load-scene.js";
import { sweep } from "../workflows/sweep.js";
import { planSync, type SyncOptions, syncOne } from "../workflows/sync.js";
import { previewTelling } from "../workflows/tell.js";
import { patiently } from "./patience.js";

const LEASE_MS = 15_000;
const wallClock = (): Date => new Date();

export interface OperateOptions {
  readonly dryRun?: boolean;
  /** The time that decides what is due. */
  readonly now?: Date;
}

/** Opens the store beside the service, runs `body`, and closes it. With `dryRun`, on a copy, and nothing is written to GitHub. */
export async function operate<T>(
  terminal: Terminal,
  settings: Settings,
  log: Logger,
  options: OperateOptions,
  body: (context: Context) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = settings;
  const store = await openStore({ databaseUrl, dataDir, log, lock: "none" });
  const used = options.dryRun ? await store.snapshot() : store;
  const { context, reader } = createContext(settings, used, log, wallClock);
  try {
    const { app } = context;
    const eager = { ...context, eager: true };
    const asked = options.now ? { ...eager, now: () => options.now ?? wallClock() } : eager;
    if (!options.dryRun) return await body(asked);
    const say = (line: string) => terminal.print(line);
    return await body({ ...asked, app: { ...app, in: async (id, where) => dryRun(await app.in(id, where), say) } });
  } finally {
    reader.close();
    if (used !== store) await used.close();
    await store.close();
  }
}

/** The repositories a command is about: the one named, or all that the App has. Asks GitHub for those not known yet. */
export async function repositoriesFor(context: Context, named: string | undefined): Promise<Repository[]> {
  const { store, app } = context;
  const find = async () => {
    if (!named) return (await store.repositories()).filter((repository) => repository.lostAt === null);
    const [owner = "", name = ""] = named.split("/");
    const found = await store.repositoryNamed(owner, name);
    return found ? [found] : [];
  };
  const known = await find();
  if (known.length > 0) return known;
  await patiently(context.log, async () => {
    for (const { id } of await app.installations()) await lookAtInstallation(context, id);
  });
  return find();
}

/**
 * Holds the repository's lane while `body` runs, waiting for it where the service holds it, and tries patiently.
 * The context that `body` is given writes only while the lane is held: a machine that slept may have lost it.
 */
async function inLane<T>(context: Context, repository: Repository, body: (context: Context) => Promise<T>): Promise<T> {
  const { work } = context.store;
  const at = { installationId: repository.installationId, repositoryId: repository.id };
  const { claim, lease } = await takeLane(context, at);
  let isLost = false;
  const onLost = () => {
    isLost = true;
  };
  const ended = new AbortController();
  const beating = keepLane({ claim, lease, leaseMs: LEASE_MS, work, onLost, log: context.log }, ended.signal);
  const check = () => {
    if (isLost || lease.isOver()) throw new Fatal("Another process took this repository over; run the command again.");
  };
  const leased: Context = { ...context, app: guarded(context.app, check) };
  try {
    return await patiently(context.log, () => body(leased));
  } finally {
    ended.abort();
    await beating;
    await work.complete(claim, wallClock());
  }
}

async function takeLane(
  context: Context,
  at: { installationId: number; repositoryId: number },
): Promise<{ claim: Claim; lease: Lease }> {
  const owner = `cli-${randomUUID()}`;
  for (;;) {
    const lease = new Lease(LEASE_MS, { now: wallClock, monotonic: () => performance.now() });
    const claim = await context.store.work.claimLane({ kind: "sweep", ...at }, owner, wallClock(), LEASE_MS);
    if (claim) return { claim, lease };
    await pause(250);
  }
}

/**
 * `run digest --preview`: each repository's digest as it stands now, for a terminal; or all that a channel is told, as it is sent there. Writes
 * nothing; returns the exit code.
 */
export async function previewDigests(
  terminal: Terminal,
  context: Context,
  repositories: readonly Repository[],
  channel?: string,
): Promise<number> {
  if (channel !== undefined) return previewChannel(terminal, context, repositories, channel);
  for (const repository of repositories) {
    const at = { installationId: repository.installationId, repositoryId: repository.id };
    const text = await inLane(context, repository, (leased) => previewDigest(leased, at));
    terminal.print(`${repository.owner}/${repository.name}: ${text === null ? "nothing to post" : "the digest"}`);
    if (text !== null) terminal.print(`\n${text}\n`);
  }
  return 0;
}

async function previewChannel(
  terminal: Terminal,
  context: Context,
  repositories: readonly Repository[],
  channel: string,
): Promise<number> {
  let code = 0;
  for (const repository of repositories) {
    const at = { installationId: repository.installationId, repositoryId: repository.id };
    const name = `${repository.owner}/${repository.name}`;
    const told = await inLane(context, repository, (leased) => previewTelling(leased, at, channel));
    if ("why" in told) {
      terminal.error(`${name}: ${told.why}`);
      code = 1;
    } else if (told.bodies.length === 0) terminal.print(`${name}: nothing to tell in ${channel}`);
    for (const body of "why" in told ? [] : told.bodies) terminal.print(`${name}: told in ${channel}\n\n${body}\n`);
  }
  return code;
}

/**
 * `run nudges|digest|sweep`: one pass of a schedule over the repositories. What stands in the way in one of them is said, and
 * the others go on. Returns the exit code.
 */
export async function runSchedule(
  terminal: Terminal,
  context: Context,
  kind: ScheduleKind,
  repositories: readonly Repository[],
): Promise<number> {
  let code = 0;
  for (const repository of repositories) {
    const at = { installationId: repository.installationId, repositoryId: repository.id };
    const before = await context.store.troubles(repository.id);
    const { said, obstacle } = await inLane(context, repository, async (leased) => {
      const said = await pass(leased, kind, at);
      // As the pass found it just now.
      return { said, obstacle: (await leased.store.repository(repository.id))?.obstacle ?? null };
    }).catch(asObstacle);
    const name = `${repository.owner}/${repository.name}`;
    if (obstacle === null) terminal.print(`${name}: ${said}`);
    else terminal.error(`${name}: ${obstacle}`);
    if ((await tellTroubles(terminal, context, repository, before)) || obstacle !== null) code = 1;
  }
  return code;
}

function asObstacle(error: unknown): { said: string; obstacle: string } {
  if (error instanceof AuthorProblem) return { said: "", obstacle: `${error.message} ${error.fix}` };
  if (error instanceof Refused) return { said: "", obstacle: `GitHub refused: ${error.status} ${error.message}` };
  throw error;
}

/** Says what could not be done to single things since there were the troubles of `before`; returns whether there was any such. */
async function tellTroubles(
  terminal: Terminal,
  { store }: Context,
  { id, owner, name }: Repository,
  before: readonly Trouble[],
): Promise<boolean> {
  const known = new Set(before.map((trouble) => JSON.stringify(trouble)));
  const troubles = (await store.troubles(id)).filter(
    (trouble) => isTold(trouble) && !known.has(JSON.stringify(trouble)),
  );
  for (const trouble of troubles) terminal.error(`${owner}/${name}: ${troubleLine(trouble)}`);
  return troubles.length > 0;
}

async function pass(
  context: Context,
  kind: ScheduleKind,
  at: { installationId: number; repositoryId: number },
): Promise<string> {
  switch (kind) {
    case "nudges": {
      const made = await nudge(context, at);
      // Questions to the authors of postmortems are among them.
      return count(made, "nudge");
    }
    case "digest":
      return (await postDigest(context, at)) ? "digest posted" : "nothing to post";
    case "sweep":
      await sweep(context, at);
      return "swept";
  }
}

/**
 * `sync`: reconciles the named documents of a repository, or all of them. Says first what it comes to, goes on where an
 * earlier run was broken off, and waits out GitHub's limits. Returns the exit code.
 */
export async function sync(
  terminal: Terminal,
  context: Context,
  repository: Repository,
  options: SyncOptions,
): Promise<number> {
  const name = `${repository.owner}/${repository.name}`;
  const before = await context.store.troubles(repository.id);
  let told = false;
  const reconciled = inLane(context, repository, async (leased) => {
    const scene = await loadScene(leased, { installationId: repository.installationId, repositoryId: repository.id });
    if (!scene || scene.repository.obstacle) {
      terminal.error(
        `${name}: ${scene?.repository.obstacle ?? "nothing is followed through here (a fork, or enabled: false)"}`,
      );
      return 1;
    }
    const plan = await planSync(scene, options);
    if (!told) {
      for (const path of plan.missing) terminal.error(`${path}: no such document on ${scene.repository.defaultBranch}`);
      terminal.print(
        `${name}: ${count(plan.total, "postmortem")}, ${count(plan.issues, "issue")} to open${durationWords(plan.issues)}`,
      );
    }
    told = true;
    const progress = terminal.progress("Syncing", plan.documents.length);
    for (const document of plan.documents) {
      progress.step();
      await syncOne(scene, document);
    }
    progress.end();
    const refused = await tellTroubles(terminal, context, repository, before);
    terminal.print(`${name}: ${refused ? "all else is done" : "done"}`);
    return plan.missing.length > 0 || refused ? 1 : 0;
  });
  return reconciled.catch((error: unknown) => {
    terminal.error(`${name}: ${asObstacle(error).obstacle}`);
    return 1;
  });
}

/** How long GitHub's limit on content-creating requests makes it last, where it is worth saying. */
function durationWords(issues: number): string {
  if (issues <= CONTENT_PER_MINUTE) return "";
  const byMinute = Math.ceil(issues / CONTENT_PER_MINUTE);
  const minutes = issues <= CONTENT_PER_HOUR ? byMinute : Math.ceil((issues / CONTENT_PER_HOUR) * 60);
  return minutes < 120
    ? `, about ${minutes} minutes at GitHub's limits`
    : `, about ${Math.ceil(minutes / 60)} hours at GitHub's limits`;
}

/** `rebuild`: forgets what is stored of each repository and reads it again from GitHub. Returns the exit code. */
export async function rebuild(
  terminal: Terminal,
  context: Context,
  repositories: readonly Repository[],
): Promise<number> {
  let code = 0;
  const progress = terminal.progress("Rebuilding", repositories.length);
  for (const repository of repositories) {
    progress.step();
    const before = await context.store.troubles(repository.id);
    const { obstacle } = await inLane(context, repository, async (leased) => {
      const { id, installationId } = repository;
      await leased.store.changeRepository(id, { rebuiltAt: null });
      await loadScene(leased, { installationId, repositoryId: id });
      await sweep(leased, { installationId, repositoryId: id });
      return { obstacle: (await leased.store.repository(id))?.obstacle ?? null };
    }).catch(asObstacle);
    if (obstacle !== null) terminal.error(`${repository.owner}/${repository.name}: ${obstacle}`);
    if ((await tellTroubles(terminal, context, repository, before)) || obstacle !== null) code = 1;
  }
  progress.end();
  return code;
}
