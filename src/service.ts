/**
 * The service, put together: store, work list and its workers, web server, schedules. Used by `start`, and by tests with a
 * clock and a GitHub of their own.
 */

import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { parseJson } from "./data.js";
import { CannotStart, DatabaseDown, OutOfReach, Retryable } from "./errors.js";
import { type AppSettings, createProbot, type OnRequest, probotGitHubApp } from "./github/app.js";
import { clockWords, whyAppRefused } from "./github/app-refused.js";
import { type DeliveryHost, webhookEvents } from "./github/deliveries.js";
import { guarded } from "./github/guarded.js";
import { GitHubTime } from "./github/time.js";
import { EVENTS } from "./github/trigger.js";
import { startTick } from "./jobs/tick.js";
import { Workers } from "./jobs/workers.js";
import { httpSending } from "./people/send.js";
import { IS_SLOW, PARSER } from "./postmortem/markdown/tree.js";
import { Reader, type ReaderOptions } from "./reading/reader.js";
import type { Settings } from "./settings.js";
import { openStore } from "./store/open.js";
import type { Store } from "./store/types.js";
import { closeServer } from "./web/connections.js";
import { Intake } from "./web/intake.js";
import { listen } from "./web/listen.js";
import { Metrics } from "./web/metrics.js";
import { startProxy } from "./web/proxy.js";
import { createWebServer, type TakeDelivery } from "./web/server.js";
import { NotRecorded, recordDeliveries } from "./workflows/deliveries.js";
import { handle } from "./workflows/handle.js";
import { lookAtAll } from "./workflows/installation.js";
import type { Context } from "./workflows/parts/context.js";
import { Libraries } from "./workflows/parts/libraries.js";
import { PolicyMemory } from "./workflows/parts/policy-memory.js";
import { tick } from "./workflows/schedule.js";

export interface Service {
  readonly port: number;
  readonly context: Context;
  readonly workers: Workers;
  /** One tick of the schedules, now. */
  tick(): Promise<number>;
  /** Takes no more deliveries, finishes or gives back what runs, closes the database. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly log: Logger;
  readonly now?: () => Date;
  /** False: nothing runs but what `workers.drain()` and `tick()` are told to (tests). */
  readonly background?: boolean;
  /** How long to wait for GitHub's answer. */
  readonly timeoutMs?: number;
  /** How documents are read: for tests. */
  readonly reading?: ReaderOptions | undefined;
}

/** What the holder of a lease is called begins with this where it is a service. */
const OWNER = "service-";
const LEASE_MS = 15_000;
/** Work that could run and did not for so long means that the queue is stuck. */
const STUCK_SECONDS = 15 * 60;
/** How long after a failure GitHub is asked again for the App's own login. */
const ASK_AGAIN_MS = 60_000;

/** Everything workflows need, over an open store; also what the command line works with. The reader is to be closed. */
export function createContext(
  settings: Settings & Pick<AppSettings, "timeoutMs"> & { readonly reading?: ReaderOptions | undefined },
  store: Store,
  log: Logger,
  wall: () => Date,
  onRequest?: RequestObserver,
) {
  const time = new GitHubTime(wall);
  const probot = createProbot(settings, log, time, (answer) => onRequest?.(answer, time.aheadMs()));
  const limits = {
    async book(installationId: number, request: { readonly points: number; readonly content: boolean }) {
      const waitMs = await store.limits.book(installationId, request, wall());
      if (waitMs > 0)
        throw new Retryable("GitHub's limits leave no room right now", { waitMs, blameless: true, undone: true });
    },
    blocked: (installationId: number, ms: number) => store.limits.block(installationId, ms, wall()),
  };
  const app = probotGitHubApp(probot, limits, time);
  const reader = new Reader(settings.reading);
  const context: Context = {
    store,
    app,
    reader,
    now: () => time.now(),
    wall,
    githubTime: () => time.toldLast(),
    log,
    web: settings.web,
    libraries: new Libraries(),
    abreast: new Map(),
    policies: new PolicyMemory(),
    people: { channels: settings.channels, ...httpSending(settings.timeoutMs) },
    clockAheadMs: () => time.aheadMs(),
  };
  return { probot, context, reader };
}

/** `aheadMs`: by how much this machine's clock is ahead of GitHub's, where that is known. */
type RequestObserver = (answer: Parameters<OnRequest>[0], aheadMs: number | null) => void;

/** The store and the work on it, to which deliveries come by whatever host (adr/0031). */
export interface Undertaking {
  readonly context: Context;
  readonly workers: Workers;
  readonly metrics: Metrics;
  /** Has a Probot app, or what is like one, put deliveries into the work list. */
  readonly app: (host: DeliveryHost) => void;
  /** One tick of the schedules, now. */
  tick(): Promise<number>;
  /** Looks at everything once, and begins to work, in the background unless the options say otherwise. */
  begin(): Promise<void>;
  /** Finishes or gives back what runs, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Opens the store and puts together what works on it; nothing runs before `begin()`.
 * @throws CannotStart where the database cannot be opened, or another service runs on the same data.
 */
export async function openUndertaking(settings: Settings, options: ServiceOptions): Promise<Undertaking> {
  const { log, now = () => new Date(), background = true } = options;
  const { databaseUrl, databasePool, dataDir } = settings;
  if (IS_SLOW)
    log.warn(
      { parser: PARSER, platform: `${process.platform}-${process.arch}` },
      "the fast Markdown parser is not made for this platform; documents over 100 KiB are not read",
    );
  const clock = options.now ? "callers" : "database";
  const store = await openStore({ databaseUrl, databasePool, dataDir, log, clock, lock: "service" });
  // No other service works on this file, so what one held when it was killed is free; the command line's leases stay.
  if (store.engine === "sqlite") await atStart(store.work.freeLanes(OWNER));
  const metrics = new Metrics(store, now);
  const watchClock = clockWatch(log);
  const { probot, context, reader } = createContext(
    { ...settings, timeoutMs: options.timeoutMs, reading: options.reading },
    store,
    log,
    now,
    ({ route, status, left }, aheadMs) => {
      metrics.requests.inc({ route, status });
      if (left !== null) metrics.limitLeft.set(left);
      watchClock(aheadMs);
    },
  );
  const workers = new Workers({
    store,
    now,
    log,
    owner: `${OWNER}${randomUUID()}`,
    concurrency: settings.workers,
    leaseMs: LEASE_MS,
    handle: ({ work }, { check }) => handle(whileHeld(context, check), work),
    onOutcome: (outcome, claim) => {
      metrics.jobs.inc({ kind: claim.work.kind, outcome });
      if (claim.work.kind === "sweep" && outcome === "done") metrics.lastSweep.set(now().getTime() / 1000);
    },
  });
  const app = recordDeliveries({
    store,
    wall: now,
    log,
    bot: ownLogin(context),
    onOutcome(event, outcome) {
      metrics.deliveries.inc({ event, outcome });
      if (outcome === "recorded") workers.wake();
    },
  });
  await probot.ready();
  const runTick = async () => {
    if (!(await knowsTime(context))) return 0;
    const added = await tick(store, { now: context.now(), wall: now() });
    if (added > 0 && background) workers.wake();
    return added;
  };
  let timer: ReturnType<typeof startTick> | null = null;
  return {
    context,
    workers,
    metrics,
    app,
    tick: runTick,
    async begin() {
      const onTick = async () => void (await runTick());
      timer = background ? startTick({ everyMinutes: 15, onTick, now, log }) : null;
      await atStart(lookAtAll(context));
      if (background) workers.start();
    },
    async stop() {
      await timer?.stop();
      await workers.stop();
      reader.close();
      await store.close();
    },
  };
}

/**
 * Starts the service and listens.
 * @throws CannotStart where the database cannot be opened, another service runs on the same data, or the port cannot be had.
 */
export async function startService(settings: Settings, options: ServiceOptions): Promise<Service> {
  const { log, now = () => new Date() } = options;
  const undertaking = await openUndertaking(settings, options);
  const { context, workers, metrics } = undertaking;
  const { store } = context;
  let stopping = false;
  const server = createWebServer({
    metrics,
    intake: new Intake(settings.webhookSecret),
    log,
    take: deliveryTaker(undertaking.app, settings.webhookSecret),
    async notReady() {
      if (stopping) return "The service is stopping.";
      const trouble = await store.trouble();
      if (trouble !== null) return trouble;
      const { oldestReadySeconds } = await store.work.stats(now());
      return oldestReadySeconds > STUCK_SECONDS ? "The queue is stuck: work has been waiting for too long." : null;
    },
  });
  const { port, origin } = await listen(server, settings.port, settings.host).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  await undertaking.begin();
  const proxy = settings.webhookProxyUrl ? startProxy({ url: settings.webhookProxyUrl, origin, log }) : null;
  log.info({ port, engine: store.engine }, "listening");
  return {
    port,
    context,
    workers,
    tick: undertaking.tick,
    async stop() {
      stopping = true;
      await proxy?.stop();
      await closeServer(server);
      await undertaking.stop();
    },
  };
}

/** What writes only while the work that asks for it holds its lease: `check` throws where that was lost. */
function whileHeld(context: Context, check: () => void): Context {
  const { people } = context;
  const held: Context = { ...context, app: guarded(context.app, check) };
  if (!people) return held;
  const send: typeof people.send = async (...told) => {
    check();
    await people.send(...told);
  };
  return { ...held, people: { ...people, send } };
}

/** What the database is asked at the start. @throws CannotStart where it went away since it was opened. */
async function atStart(asked: Promise<void>): Promise<void> {
  try {
    await asked;
  } catch (cause) {
    if (!(cause instanceof DatabaseDown)) throw cause;
    throw new CannotStart(
      `The database went away while the service started. ${cause.message}`,
      "Start it again once the database answers; a supervisor that restarts what ends does that by itself.",
      { cause },
    );
  }
}

/**
 * Takes deliveries, which are answered once they are committed. Probot's own middleware would log what it refuses, whole, and make a
 * client for each delivery.
 */
function deliveryTaker(app: (host: DeliveryHost) => void, secret: string): TakeDelivery {
  const events = webhookEvents(secret);
  app(events);
  return async ({ id, event, body }) => {
    const payload = jsonObject(body);
    if (payload === null) return { status: 400, text: "The body is no JSON object." };
    if (!isKnown(event)) return { status: 200, text: "ok" };
    try {
      await events.receive({ id, name: event, payload });
      return { status: 200, text: "ok" };
    } catch (error) {
      if (error instanceof NotRecorded) return { status: error.status, text: error.message, counted: true };
      throw error;
    }
  };
}

/**
 * Asks GitHub for its time, which decides what is due: our clock may have jumped since its last answer. Where it does not answer,
 * nothing is due yet, and nothing could be done.
 */
function knowsTime({ app, log }: Context): Promise<boolean> {
  return app.askTime().then(
    () => true,
    (error: unknown) => {
      log.warn({ detail: whyAppRefused(error) }, "schedules wait until GitHub answers");
      return false;
    },
  );
}

/** Tells of a clock that is wrong, when that is first seen and once it is right again; GitHub tells its own with each answer. */
function clockWatch(log: Logger): (aheadMs: number | null) => void {
  let told = false;
  return (aheadMs) => {
    if (aheadMs === null) return;
    const detail = clockWords(aheadMs);
    if (detail !== null && !told) log.error({ detail }, "the clock is wrong");
    if (detail === null && told) log.info({}, "the clock is right again");
    told = detail !== null;
  };
}

/**
 * The App's own login as far as it is known: asked for now, and where that fails again with a delivery a minute later. Until
 * GitHub answers, the App's own doings are looked at like anybody's, which does no harm.
 */
function ownLogin({ app, wall, log }: Context): () => string | null {
  let login: string | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  const current = () => {
    // A clock that was put back has moved too: then it is asked now instead of once that has caught up.
    if (login !== null || Math.abs(wall().getTime() - askedAt) < ASK_AGAIN_MS) return login;
    askedAt = wall().getTime();
    app.bot().then(
      (told) => {
        login = told;
      },
      // The service goes on: deliveries are recorded, and worked off once GitHub lets it in.
      (error: unknown) => {
        const detail = whyAppRefused(error);
        if (error instanceof OutOfReach) log.warn({ detail }, "GitHub cannot be reached yet");
        else log.error({ detail }, "GitHub does not let the App in");
      },
    );
    return login;
  };
  current();
  return current;
}

/** Octokit looks handlers up by an event's name, and has some of its own there (`error`, `*`). */
const isKnown = (event: string): boolean => EVENTS.some((name) => name === event);

function jsonObject(text: string): object | null {
  try {
    const value = parseJson(text);
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
