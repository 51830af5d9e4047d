/**
 * The App on GitHub: its own identity, its installations, and a {@link GitHub} for each repository. Probot authenticates
 * and builds Octokit; its retries and throttling are switched off, because a write repeated blindly is a write done twice,
 * and because its throttle knows only one process (limits are kept in the store, across replicas).
 */
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import { isRequestError, Refused } from "./errors.js";
import { toInstallation, toRepository } from "./facts.js";
import { octokitGitHub } from "./octokit.js";
import type { Budget, DeliveryFacts, GitHubApp } from "./port.js";
import { eachPage, type Headers, Pause, pages, READ, type Sender, send } from "./send.js";

export interface AppSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** `https://api.github.com`, or a GitHub Enterprise Server's `…/api/v3`. */
  readonly apiUrl: string;
  /** How long to wait for an answer; 20 seconds when not said. */
  readonly timeoutMs?: number | undefined;
}

/** Booking of one request against an installation's limits, and GitHub's own word to wait. */
export interface LimitKeeper {
  book(installationId: number, request: { readonly points: number; readonly content: boolean }): Promise<void>;
  blocked(installationId: number, until: Date): Promise<void>;
}

/** Of what Octokit's authentication is made of: tokens by installation. */
interface TokenCache {
  readonly cache: { delete(key: string): void };
}

/** Longer than GitHub's own ten seconds for an answer, short enough that a hanging connection frees the worker. */
const TIMEOUT_MS = 20_000;

/** Told of every answer: the route as a template (`GET /repos/{owner}/{repo}`), its status, and the primary limit left. */
export type OnRequest = (answer: {
  readonly route: string;
  /** `none` where there was no answer. */
  readonly status: string;
  readonly left: number | null;
  /** By how much this machine's clock is ahead of GitHub's; null where it did not tell. */
  readonly aheadMs: number | null;
}) => void;

/** Octokit signs by the machine's own clock, so it is that one which is compared, whatever time the caller works with. */
function aheadOf(date: string | number | undefined): number | null {
  const theirs = Date.parse(String(date ?? ""));
  return Number.isNaN(theirs) ? null : Date.now() - theirs;
}

/** Probot with our settings. What it logs of requests, their whole bodies, is never logged: a line for each takes its place. */
export function createProbot(settings: AppSettings, log: Logger, observe: OnRequest = () => {}): Probot {
  const onRequest: OnRequest = (answer) => {
    log.debug(answer, "GitHub was asked");
    observe(answer);
  };
  const Octokit = ProbotOctokit.plugin((octokit) => {
    octokit.hook.wrap("request", async (request, options) => {
      const route = `${options.method} ${options.url}`;
      try {
        const response = await request(options);
        const left = Number(response.headers["x-ratelimit-remaining"] ?? Number.NaN);
        const aheadMs = aheadOf(response.headers.date);
        onRequest({ route, status: String(response.status), left: Number.isNaN(left) ? null : left, aheadMs });
        return response;
      } catch (error) {
        // Octokit gives the status 500 also to a request that no answer came to.
        const answer = isRequestError(error) && error.response ? error : null;
        const status = answer ? String(answer.status) : "none";
        onRequest({ route, status, left: null, aheadMs: aheadOf(answer?.response?.headers?.date) });
        throw error;
      }
    });
  }).defaults((options: object) => ({
    ...options,
    throttle: { enabled: false },
    retry: { enabled: false },
  }));
  return new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecret,
    baseUrl: settings.apiUrl,
    Octokit,
    log: log.child({}, { level: log.isLevelEnabled("warn") ? "warn" : log.level }),
    request: { fetch: fetchWithin(settings.timeoutMs ?? TIMEOUT_MS) },
  });
}

/** Fetch that gives up after a while. */
export function fetchWithin(timeoutMs: number): typeof fetch {
  return (input, init) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout });
  };
}

/** The App's view of GitHub through Probot. */
export function probotGitHubApp(probot: Probot, limits: LimitKeeper, now: () => Date): GitHubApp {
  let bot: Promise<string> | null = null;
  const free: Omit<Sender, "octokit"> = {
    gate: async () => {},
    onLimit: async () => {},
    pause: new Pause(),
    onAnswer: () => {},
    renew: async () => {},
    now,
  };
  const pauses = new Map<number, Pause>();
  const budgets = new Map<number, Budget>();
  const asApp = async (): Promise<Sender> => ({ ...free, octokit: await probot.auth() });
  const asInstallation = async (id: number): Promise<Sender> => {
    const octokit = await probot.auth(id);
    const pause = pauses.get(id) ?? new Pause();
    pauses.set(id, pause);
    return {
      octokit,
      pause,
      onAnswer(headers) {
        const told = toBudget(headers);
        if (told) budgets.set(id, told);
      },
      gate: (request) => limits.book(id, request),
      onLimit: (until) => limits.blocked(id, until),
      // Octokit's own refresh asks api.github.com, whatever the base URL: so its cache is made to forget instead.
      async renew() {
        await octokit.auth({ type: "installation", factory: ({ cache }: TokenCache) => cache.delete(String(id)) });
      },
      now,
    };
  };

  const app: GitHubApp = {
    bot() {
      // Asked once; a failure is forgotten so that the next caller asks again.
      bot ??= asApp()
        .then((sender) => send(sender, READ, (octokit) => octokit.rest.apps.getAuthenticated()))
        .then(({ data }) => `${data?.slug}[bot]`)
        .catch((error: unknown) => {
          bot = null;
          throw error;
        });
      return bot;
    },

    async installation(id) {
      try {
        const { data } = await send(await asApp(), READ, (octokit) =>
          octokit.rest.apps.getInstallation({ installation_id: id }),
        );
        return toInstallation(data);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }
    },

    async installations() {
      const all = await pages(await asApp(), (octokit, page) => octokit.rest.apps.listInstallations({ ...page }));
      return all.map(toInstallation);
    },

    async installationOf({ owner, name }) {
      try {
        const { data } = await send(await asApp(), READ, (octokit) =>
          octokit.rest.apps.getRepoInstallation({ owner, repo: name }),
        );
        return data.id;
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }
    },

    async repositories(installationId) {
      const all = await pages(await asInstallation(installationId), async (octokit, page) => {
        const { data, headers } = await octokit.rest.apps.listReposAccessibleToInstallation({ ...page });
        return { data: data.repositories, headers };
      });
      return all.map(toRepository);
    },

    async deliveriesSince(since) {
      const found: DeliveryFacts[] = [];
      const deliveries = eachPage(await asApp(), (octokit, page) =>
        octokit.rest.apps.listWebhookDeliveries({ ...page }),
      );
      for await (const page of deliveries) {
        const recent = page.filter((delivery) => delivery.delivered_at >= since);
        found.push(...recent.map(({ id, guid, status }) => ({ id: Number(id), guid, ok: status === "OK" })));
        if (recent.length < page.length) break;
      }
      return found;
    },

    async redeliver(deliveryId) {
      await send(await asApp(), READ, (octokit) =>
        octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: deliveryId }),
      );
    },

    budget(installationId) {
      const told = budgets.get(installationId);
      return told && told.resetsAt > now() ? told : null;
    },

    async in(installationId, repository) {
      return octokitGitHub(await asInstallation(installationId), repository, await app.bot());
    },
  };
  return app;
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
function toBudget(headers: Headers): Budget | null {
  const [limit = 0, left, reset] = ["limit", "remaining", "reset"].map((name) =>
    Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
  );
  if (!(limit > 0) || left === undefined || reset === undefined || Number.isNaN(left + reset)) return null;
  return { limit, left, resetsAt: new Date(reset * 1000) };
}
