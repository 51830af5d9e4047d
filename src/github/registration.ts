/**
 * The App before the service knows it: exchanging the code that GitHub gives for a manifest, and asking who an App is whose
 * credentials somebody has.
 */
import type { Logger } from "pino";
import { ProbotOctokit } from "probot";
import { z } from "zod";
import { createProbot, fetchWithin } from "./app.js";
import { READ, type Sender, send, unlimited } from "./send.js";
import { GitHubTime } from "./time.js";

/** An App as its pages are found. */
export interface RegisteredApp {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  /** Its public page, from where it is installed. */
  readonly page: string;
  readonly owner: { readonly login: string; readonly isOrganisation: boolean };
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** What GitHub tells of a new App once, and never again. */
export interface NewApp extends RegisteredApp {
  readonly privateKey: string;
  /** Null where it was registered without a webhook. */
  readonly webhookSecret: string | null;
}

/** Both throw as every request does: `Refused` where GitHub says no, `Retryable` for what passes (`OutOfReach` among them). */
export interface Registration {
  /**
   * The new App for the code that GitHub led the browser back with; good for an hour, and once. A code that is not is `Refused` (404).
   * https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest
   */
  convert(code: string): Promise<NewApp>;
  /** The App of an id and a private key. */
  identify(credentials: { readonly appId: number; readonly privateKey: string }): Promise<RegisteredApp>;
}

const TIMEOUT_MS = 20_000;

const appSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  slug: z.string().regex(/^[\w-]+$/),
  html_url: z.url({ protocol: /^https?$/ }),
  owner: z.object({ login: z.string().optional(), slug: z.string().optional(), type: z.string().optional() }),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
});
const newAppSchema = appSchema.extend({ pem: z.string(), webhook_secret: z.string().nullable() });

/** Asks GitHub at `apiUrl`. Nothing of what it answers is logged. */
export function registration(apiUrl: string, log: Logger): Registration {
  const time = new GitHubTime(() => new Date());
  const sender = (octokit: Sender["octokit"]): Sender => ({ ...unlimited(time), octokit });
  return {
    async convert(code) {
      const octokit = new ProbotOctokit({
        baseUrl: apiUrl,
        throttle: { enabled: false },
        retry: { enabled: false },
        request: { fetch: fetchWithin(TIMEOUT_MS, time) },
        log: { debug() {}, info() {}, warn() {}, error() {} },
      });
      const { data } = await send(sender(octokit), READ, (github) => github.rest.apps.createFromManifest({ code }));
      const app = newAppSchema.parse(data);
      return { ...toApp(app), privateKey: app.pem, webhookSecret: app.webhook_secret };
    },

    async identify({ appId, privateKey }) {
      const probot = createProbot({ appId, privateKey, webhookSecret: "not needed to ask", apiUrl }, log, time);
      const octokit = await probot.auth();
      const { data } = await send(sender(octokit), READ, (github) => github.rest.apps.getAuthenticated());
      return toApp(appSchema.parse(data));
    },
  };
}

function toApp({
  id,
  name,
  slug,
  html_url: page,
  owner,
  permissions,
  events,
}: z.infer<typeof appSchema>): RegisteredApp {
  const { login, slug: enterprise, type } = owner;
  return {
    id,
    name,
    slug,
    page,
    owner: { login: login ?? enterprise ?? "", isOrganisation: type === "Organization" },
    permissions,
    events,
  };
}
