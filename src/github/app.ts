/**
 * The App on GitHub: its own identity, its installations, and a {@link GitHub} for each repository. Probot authenticates
 * and builds Octokit; its retries and throttling are switched off, because a write repeated blindly is a write done twice,
 * and because its throttle knows only one process (limits are kept in the store, across replicas).
 */
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import githubAppJwt from "universal-github-app-jwt";
import { isRequestError, Refused } from "./errors.js";
import { toInstallation, toRepository } from "./facts.js";
import { octokitGitHub } from "./octokit.js";
import type { Budget, DeliveryFacts, GitHubApp } from "./port.js";
import { eachPage, type Headers, Pause, pages, READ, type Sender, send, unlimited } from "./send.js";
import type { GitHubTime } from "./time.js";
import { TokenCache } from "./tokens.js";

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
  blocked(installationId: number, ms: number): Promise<void>;
}

/** Longer than GitHub's own ten seconds for an answer, short enough that a hanging connection frees the worker. */
const TIMEOUT_MS = 20_000;

/** Told of every answer: the route as a template (`GET /repos/{owner}/{repo}`), its status, and the primary limit left. */
export type OnRequest = (answer: {
  readonly route: string;
  /** `none` where there was no answer. */
  readonly status: string;
  readonly left: number | null;
}) => void;

/**
 * Probot with our settings. `time` learns from each answer. What Probot logs of requests, their whole bodies, is never logged: a line
 * for each takes its place.
 */
export function createProbot(
  settings: AppSettings,
  log: Logger,
  time: GitHubTime,
  observe: OnRequest = () => {},
): Probot {
  const onRequest: OnRequest = (answer) => {
    log.debug(answer, "GitHub was asked");
    observe(answer);
  };
  const signing = {
    cache: new TokenCache(),
    // Octokit takes the one or the other.
    privateKey: undefined,
    createJwt: signer(settings.privateKey, time),
  };
  const Octokit = ProbotOctokit.plugin((octokit) => {
    octokit.hook.wrap("request", async (request, options) => {
      const route = `${options.method} ${options.url}`;
      try {
        const response = await request(options);
        const left = Number(response.headers["x-ratelimit-remaining"] ?? Number.NaN);
        onRequest({ route, status: String(response.status), left: Number.isNaN(left) ? null : left });
        return response;
      } catch (error) {
        // Octokit gives the status 500 also to a request that no answer came to.
        const answer = isRequestError(error) && error.response ? error : null;
        const status = answer ? String(answer.status) : "none";
        onRequest({ route, status, left: null });
        throw error;
      }
    });
  }).defaults((options: { readonly auth?: object }) => ({
    ...options,
    auth: { ...options.auth, ...signing },
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
    request: { fetch: fetchWithin(settings.timeoutMs ?? TIMEOUT_MS, time) },
  });
}

/** A signature takes a while to make, and serves whoever asks within this time. */
const SIGNED_FOR_MS = 30_000;

interface Signed {
  readonly jwt: string;
  readonly expiresAt: string;
}

/**
 * Makes what the App shows GitHub to say who it is. GitHub refuses one from its future, or of which more than ten minutes are left, so
 * it is signed by GitHub's time; where that was wrong, the refusal told the right one, and Octokit asks for another.
 */
function signer(privateKey: string, time: GitHubTime): (appId: number) => Promise<Signed> {
  let last: { readonly at: number; readonly appId: number; readonly signed: Promise<Signed> } | null = null;
  return (appId) => {
    const at = time.now().getTime();
    if (last?.appId !== appId || Math.abs(at - last.at) > SIGNED_FOR_MS)
      last = { at, appId, signed: sign(at, appId, privateKey) };
    return last.signed;
  };
}

async function sign(at: number, id: number, privateKey: string): Promise<Signed> {
  const { token, expiration } = await githubAppJwt({ id, privateKey, now: Math.floor(at / 1000) });
  return { jwt: token, expiresAt: new Date(expiration * 1000).toISOString() };
}

/** Fetch that gives up after a while, and does not carry a write to another address than it was meant for; `time` learns from each answer. */
export function fetchWithin(timeoutMs: number, time: GitHubTime): typeof fetch {
  return async (input, init) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const redirect = init?.method === undefined || init.method === "GET" ? "follow" : "manual";
    const response = await fetch(input, { ...init, redirect, signal });
    time.learn(response.headers);
    return response;
  };
}

/** The App's view of GitHub through Probot. */
export function probotGitHubApp(probot: Probot, limits: LimitKeeper, time: GitHubTime): GitHubApp {
  let bot: Promise<string> | null = null;
  const free = unlimited(time);
  const pauses = new Map<number, Pause>();
  /** As GitHub told them, the end of the hour by GitHub's clock. */
  const budgets = new Map<number, Told>();
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
      onLimit: (ms) => limits.blocked(id, ms),
      // Octokit's own refresh asks api.github.com, whatever the base URL: so its cache is made to forget instead.
      async renew() {
        await octokit.auth({
          type: "installation",
          factory: ({ cache }: { cache: TokenCache }) => cache.delete(String(id)),
        });
      },
      time,
    };
  };

  const app: GitHubApp = {
    bot() {
      // Asked once; a failure is forgotten so that the next caller asks again.
      bot ??= asApp()
        .then(itself)
        .then(({ data }) => `${data?.slug}[bot]`)
        .catch((error: unknown) => {
          bot = null;
          throw error;
        });
      return bot;
    },

    async askTime() {
      await itself(await asApp());
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
      if (told === undefined) return null;
      const { resetsAt, ...budget } = told;
      const resetsInMs = resetsAt - time.now().getTime();
      return resetsInMs > 0 ? { ...budget, resetsInMs } : null;
    },

    async in(installationId, repository) {
      return octokitGitHub(await asInstallation(installationId), repository, await app.bot());
    },
  };
  return app;
}

/** What GitHub says of the App. */
const itself = (sender: Sender) => send(sender, READ, (octokit) => octokit.rest.apps.getAuthenticated());

/** What an answer told of the hourly limit; its end is an instant of GitHub's clock. */
type Told = Omit<Budget, "resetsInMs"> & { readonly resetsAt: number };

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
function toBudget(headers: Headers): Told | null {
  const [limit = 0, left, reset] = ["limit", "remaining", "reset"].map((name) =>
    Number(headers[`x-ratelimit-${name}`] ?? Number.NaN),
  );
  if (!(limit > 0) || left === undefined || reset === undefined || Number.isNaN(left + reset)) return null;
  return { limit, left, resetsAt: reset * 1000 };
}
