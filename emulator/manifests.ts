/**
 * Apps registered from a manifest: the page on the site that takes one and leads back with a code, and the code that is exchanged
 * for the App's credentials, once and within an hour. Whoever comes to the page presses “Create GitHub App” at once.
 * https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { GitHubError, notFound } from "./errors.js";
import { appJson } from "./represent/app.js";
import type { Tokens } from "./tokens.js";
import { DESCRIPTION } from "./validate.js";
import { NEEDED, type Webhooks } from "./webhooks.js";
import type { Account, Permissions, World } from "./world.js";

/** As much of a manifest as counts here. */
export interface Manifest {
  name?: string;
  url?: string;
  description?: string;
  public?: boolean;
  hook_attributes?: { url?: string; active?: boolean };
  redirect_url?: string;
  default_permissions?: Record<string, string>;
  default_events?: string[];
}

interface Pending {
  manifest: Manifest;
  owner: Account;
  until: Date;
}

const HOUR_MS = 3_600_000;
const MAX_NAME = 34;
const KNOWN_KEYS = new Set(
  "name url hook_attributes redirect_url callback_urls setup_url description public default_events default_permissions request_oauth_on_install setup_on_update".split(
    " ",
  ),
);
const PAGE = /^(?:\/organizations\/([\w-]+))?\/settings\/apps\/new$/;

export class Manifests {
  /** The manifests that came, in order. */
  readonly proposed: Manifest[] = [];
  readonly #codes = new Map<string, Pending>();
  readonly #world: World;
  readonly #webhooks: Webhooks;
  readonly #tokens: Tokens;
  readonly #now: () => Date;

  constructor(world: World, webhooks: Webhooks, tokens: Tokens, now: () => Date) {
    this.#world = world;
    this.#webhooks = webhooks;
    this.#tokens = tokens;
    this.#now = now;
  }

  /** The address that GitHub leads the browser back to, or what the page says is wrong with the manifest. */
  propose(manifest: Manifest, state: string | null, organisation?: string): { location: string } | { wrong: string[] } {
    this.proposed.push(manifest);
    const owner = organisation === undefined ? this.#world.app.owner : this.#world.account(organisation);
    if (owner === undefined) throw notFound();
    const wrong = mistakes(manifest);
    if (wrong.length > 0 || manifest.redirect_url === undefined) return { wrong };
    const code = randomBytes(20).toString("hex");
    this.#codes.set(code, { manifest, owner, until: new Date(this.#now().getTime() + HOUR_MS) });
    const location = new URL(manifest.redirect_url);
    location.searchParams.set("code", code);
    if (state !== null) location.searchParams.set("state", state);
    return { location: location.href };
  }

  /** Registers the App in place of the one before, and gives its credentials. */
  convert(code: string) {
    const pending = this.#codes.get(code);
    this.#codes.delete(code);
    if (pending === undefined || pending.until <= this.#now()) throw notFound();
    const { manifest, owner } = pending;
    const slug = (manifest.name ?? "app").toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const app = this.#world.register({
      slug,
      name: manifest.name ?? slug,
      permissions: { ...(manifest.default_permissions as Permissions) },
      events: manifest.default_events ?? [],
      owner,
    });
    const secret = randomBytes(20).toString("hex");
    this.#webhooks.secret = secret;
    const { hook_attributes: hook } = manifest;
    this.#webhooks.url = hook?.url !== undefined && hook.active !== false ? hook.url : null;
    return {
      ...appJson(this.#world, app),
      client_id: `Iv1.${app.id}`,
      client_secret: randomBytes(20).toString("hex"),
      webhook_secret: hook === undefined ? null : secret,
      pem: this.#tokens.privateKey,
    };
  }
}

/** GitHub's permissions, as its description names them, each with its levels. */
function permissionLevels(): Record<string, { enum?: string[] }> {
  const found = DESCRIPTION.find("POST", "/app/installations/1/access_tokens");
  const body = found?.operation.body as { properties: { permissions: { properties: object } } };
  return { ...body.properties.permissions.properties };
}

function mistakes(manifest: Manifest): string[] {
  const wrong: string[] = [];
  for (const key of Object.keys(manifest)) if (!KNOWN_KEYS.has(key)) wrong.push(`${key} is not known`);
  if ((manifest.name ?? "").length > MAX_NAME) wrong.push("Name is too long (maximum is 34 characters)");
  if (!isWebAddress(manifest.url)) wrong.push("Homepage url must be a valid URL");
  if (!isWebAddress(manifest.redirect_url)) wrong.push("Redirect url must be a valid URL");
  const { hook_attributes: hook, default_permissions: permissions = {}, default_events: events = [] } = manifest;
  if (hook !== undefined && !isWebAddress(hook.url)) wrong.push("Hook url must be a valid URL");
  if (hook?.url && /^https?:\/\/(localhost|127\.|\[::1\])/.test(hook.url)) {
    wrong.push("Hook url is not supported because it isn't reachable over the public Internet");
  }
  const levels = permissionLevels();
  for (const [name, level] of Object.entries(permissions)) {
    if (!levels[name]?.enum?.includes(level))
      wrong.push(`Default permission records resource is not included: ${name}`);
  }
  for (const event of events) {
    const needed = NEEDED[event];
    if (needed && !needed.some((name) => name in permissions)) {
      wrong.push(`Default events are not supported by permissions: ${event}`);
    }
  }
  return wrong;
}

const isWebAddress = (text: string | undefined): boolean => text !== undefined && /^https?:\/\/[^/]/.test(text);

export const isManifestPage = (path: string): boolean => PAGE.test(path);

/** Answers the form that brings a manifest to the site. */
export function showManifestPage(manifests: Manifests, url: URL, form: string, response: ServerResponse): void {
  const say = (status: number, text: string) => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  };
  try {
    const manifest: Manifest = JSON.parse(new URLSearchParams(form).get("manifest") ?? "");
    const outcome = manifests.propose(manifest, url.searchParams.get("state"), PAGE.exec(url.pathname)?.[1]);
    if ("wrong" in outcome) say(422, outcome.wrong.join("\n"));
    else response.writeHead(302, { location: outcome.location }).end();
  } catch (error) {
    if (error instanceof GitHubError) say(error.status, error.message);
    else if (error instanceof SyntaxError) say(422, "Manifest is not valid JSON");
    else throw error;
  }
}
