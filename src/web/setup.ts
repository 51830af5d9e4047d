/**
 * The setup page of the first start: gets the App's credentials, by having GitHub register one or from somebody who has some, checks
 * them, and writes `.env`. Whoever may use it owns the service from then on, so
 *
 * - it listens on the loopback addresses alone, under their own names (no name that was made to lead there:
 *   https://en.wikipedia.org/wiki/DNS_rebinding);
 * - a link with a token, told in the terminal, opens it once; after that a cookie does, which no other site and no other port's
 *   page can send;
 * - what changes something must come from its own pages, and GitHub's way back must carry a word given out for it;
 * - it ends by itself after a while.
 *
 *     GET  /setup?token=T                      takes the token, sets the cookie, leads to the form
 *     GET  /setup/SESSION                      the form
 *     POST /setup/SESSION/register             answers the page that sends the manifest to GitHub
 *     GET  /setup/registered?code=C&state=S    GitHub leads back here: the code is exchanged, .env written
 *     POST /setup/SESSION/existing             credentials of an App that is there are checked, .env written
 *     POST /setup/SESSION/save                 writing them is tried again
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { ZodError } from "zod";
import type { Variables } from "../env-file.js";
import { CannotStart, OutOfReach, Retryable } from "../errors.js";
import { whyAppRefused, wrongCredential } from "../github/app-refused.js";
import { Refused } from "../github/errors.js";
import { appManifest, lackingFor, manifestFor } from "../github/manifest.js";
import type { RegisteredApp, Registration } from "../github/registration.js";
import { kindOfKey, pemOf, type SetupSettings } from "../settings.js";
import { listen } from "./listen.js";
import { WEBHOOK_PATH } from "./server.js";
import {
  type DonePage,
  donePage,
  type Entered,
  formPage,
  type Mistakes,
  messagePage,
  STYLE,
  toGitHubPage,
  unsavedPage,
  WEBHOOK_WAYS,
  type WebhookNews,
  type WebhookWay,
} from "./setup-page.js";

/** How long the link is good for, and the page from when it was opened: GitHub gives the registration an hour. */
const LINK_MS = 15 * 60_000;
const SESSION_MS = 60 * 60_000;

/** A key of 4,096 bits has 3,300 characters. */
const MAX_BODY = 64 * 1024;
const MAX_CONNECTIONS = 50;
const REQUEST_MS = 10_000;
/** Registrations that were begun at once, in as many tabs. */
const MAX_BEGUN = 20;
const COOKIE = "follow_through_setup";

const HTTP_PORT = 80;
const LOOPBACK_4 = "127.0.0.1";
const LOOPBACK_6 = "::1";

export interface SetupParts {
  readonly settings: SetupSettings;
  readonly registration: Registration;
  /** Makes a channel for webhooks and gives its address; fails where smee.io cannot be reached. */
  readonly createChannel: () => Promise<string>;
  /** Writes the credentials. @throws CannotStart where that cannot be done */
  readonly save: (variables: Variables) => void;
  /** The folder whose `.env` that is. */
  readonly folder: string;
  /** Told the link once the page can be opened. */
  readonly onLink: (link: string, minutes: number) => void;
  /** Ends it early. */
  readonly signal?: AbortSignal;
  readonly linkMs?: number;
  readonly sessionMs?: number;
}

export interface SetupOutcome {
  /** What was written. */
  readonly variables: Variables;
  readonly name: string;
  readonly installUrl: string;
}

/**
 * Shows the page until credentials are written; then it is closed, and the port free again.
 * @throws CannotStart where the port cannot be had, or nobody came in time.
 */
export async function runSetup(parts: SetupParts): Promise<SetupOutcome> {
  const page = new SetupSite(parts);
  const servers = await listenOnLoopback(parts.settings.port, (request, response) => page.answer(request, response));
  try {
    const { port } = servers;
    page.open(port);
    return await page.outcome;
  } finally {
    page.close();
    await servers.close();
  }
}

type Answer = (...exchange: Parameters<RequestListener>) => Promise<void>;

/** A server at 127.0.0.1, and one at ::1 with the same port where the machine has that address. @throws CannotStart */
async function listenOnLoopback(port: number, answer: Answer): Promise<{ port: number; close(): Promise<void> }> {
  const first = loopbackServer(answer);
  const { port: taken } = await listen(first, port, LOOPBACK_4);
  const open: Server[] = [first];
  const close = async () => {
    await Promise.all(open.map((server) => new Promise((resolve) => closeWhole(server, resolve))));
  };
  const second = loopbackServer(answer);
  try {
    await listen(second, taken, LOOPBACK_6);
    open.push(second);
  } catch (error) {
    // Another program there would get what is meant for this page. Many machines have no such address at all.
    if (isTaken(error)) {
      await close();
      throw error;
    }
  }
  return { port: taken, close };
}

const isTaken = (error: unknown): boolean =>
  error instanceof CannotStart &&
  error.cause instanceof Error &&
  "code" in error.cause &&
  error.cause.code === "EADDRINUSE";

function loopbackServer(answer: Answer): Server {
  const timeouts = { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS };
  const server = createServer(timeouts, (request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end("Something went wrong.\n");
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

function closeWhole(server: Server, done: (value: unknown) => void): void {
  server.close(done);
  server.closeAllConnections();
}

/** A registration that was begun: what to do once GitHub leads back. */
interface Begun {
  readonly state: string;
  readonly webhook: WebhookNews;
  /** The channel, where one is used. */
  readonly channel: string | null;
  /** The exchange of a code, once it is under way: a page that is loaded again waits for the same. */
  exchange?: Promise<Shown>;
}

/** Credentials that are complete, with what to say once they are written. */
interface Ready {
  readonly variables: Variables;
  readonly done: DonePage;
}

/** What is answered; `ends`: the page is over once it is on its way. */
interface Shown {
  readonly status: number;
  readonly page: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ends?: SetupOutcome;
}

const EMPTY: Omit<Entered, "organisation"> = { way: "channel", address: "", appId: "" };

class SetupSite {
  readonly outcome: Promise<SetupOutcome>;
  readonly #parts: SetupParts;
  #resolve: (outcome: SetupOutcome) => void = () => {};
  #reject: (error: Error) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #port = 0;
  #token: string | null = secret();
  /** Known once the link was opened. */
  #session: { readonly cookie: string; readonly base: string } | null = null;
  #begun: Begun[] = [];
  #unsaved: Ready | null = null;
  #finished: Shown | null = null;

  constructor(parts: SetupParts) {
    this.#parts = parts;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  open(port: number): void {
    this.#port = port;
    const lasts = this.#parts.linkMs ?? LINK_MS;
    this.#endAfter(lasts, "Nobody opened the setup page in time.");
    const { signal } = this.#parts;
    signal?.addEventListener("abort", () => this.#reject(new CannotStart("The setup was ended.", START_AGAIN)));
    this.#parts.onLink(`http://${LOOPBACK_4}:${port}/setup?token=${this.#token}`, Math.ceil(lasts / 60_000));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #endAfter(milliseconds: number, message: string): void {
    clearTimeout(this.#timer);
    const end = () => this.#reject(new CannotStart(message, START_AGAIN));
    this.#timer = setTimeout(end, milliseconds);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, page, headers, ends } = await this.#answerTo(request);
    const closing = ends ? { connection: "close" } : {};
    const type = { "content-type": "text/html; charset=utf-8" };
    response.writeHead(status, { ...this.#headers(), ...headers, ...closing, ...type });
    if (ends) response.once("close", () => this.#resolve(ends));
    response.end(page);
  }

  async #answerTo(request: IncomingMessage): Promise<Shown> {
    const host = request.headers.host ?? "";
    if (!this.#isOwnHost(host)) return refused("This page is for the machine itself.");
    const path = request.url ?? "/";
    if (!/^\/(?!\/)/.test(path)) return NOT_THERE;
    const url = new URL(path, `http://${host}`);
    switch (request.method) {
      case "GET":
        return this.#get(request, url);
      case "POST":
        return this.#post(request, url);
      default:
        return { status: 405, page: messagePage("Not possible", "Only GET and POST here.") };
    }
  }

  /** Whether a page was asked for under the machine's own name, whatever other names lead here. */
  #isOwnHost(host: string): boolean {
    const names = [LOOPBACK_4, `[${LOOPBACK_6}]`, "localhost"];
    // Browsers leave out the port that http has anyway.
    const authorities = names.flatMap((name) => [`${name}:${this.#port}`, ...(this.#port === HTTP_PORT ? [name] : [])]);
    return authorities.includes(host.toLowerCase());
  }

  async #get(request: IncomingMessage, { pathname, searchParams }: URL): Promise<Shown> {
    if (pathname === "/setup" && searchParams.has("token")) return this.#enter(searchParams.get("token") ?? "");
    // GitHub leads the browser here, which sends no cookie along on that way: the word it carries is what counts.
    if (pathname === "/setup/registered") return this.#registered(searchParams);
    if (!this.#isKnown(request)) return LINK_NEEDED;
    return pathname === this.#session?.base ? this.#form({}, null, this.#entered()) : NOT_THERE;
  }

  /** Takes the token, once. */
  #enter(token: string): Shown {
    if (this.#token === null) return LINK_USED;
    if (!isSame(token, this.#token)) return LINK_NEEDED;
    this.#token = null;
    this.#session = { cookie: secret(), base: `/setup/${secret()}` };
    this.#endAfter(this.#parts.sessionMs ?? SESSION_MS, "The setup page was not finished within an hour.");
    const { cookie, base } = this.#session;
    // Cookies know no ports: with a path that nobody else has, no other server of this machine gets it.
    const flags = `Path=${base}; HttpOnly; SameSite=Strict`;
    return { status: 303, page: "", headers: { location: base, "set-cookie": `${COOKIE}=${cookie}; ${flags}` } };
  }

  #isKnown(request: IncomingMessage): boolean {
    const sent = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1] ?? "";
    return this.#session !== null && isSame(sent, this.#session.cookie);
  }

  async #post(request: IncomingMessage, url: URL): Promise<Shown> {
    if (!this.#isKnown(request) || this.#session === null) return LINK_NEEDED;
    if (request.headers.origin !== url.origin) return refused("This was not sent from the setup page itself.");
    const form = await readForm(request);
    if (form === null) return refused("This is no form of the setup page's.");
    if (this.#finished) return this.#finished;
    switch (url.pathname) {
      case `${this.#session.base}/register`:
        return this.#register(form, url.origin, this.#session.base);
      case `${this.#session.base}/existing`:
        return this.#existing(form);
      case `${this.#session.base}/save`:
        return this.#unsaved ? this.#save(this.#unsaved) : NOT_THERE;
      default:
        return NOT_THERE;
    }
  }

  #entered(): Entered {
    return { ...EMPTY, organisation: this.#parts.settings.organisation };
  }

  #form(mistakes: Mistakes, trouble: string | null, entered: Entered): Shown {
    const { settings, folder } = this.#parts;
    const { default_permissions: permissions, default_events: events } = appManifest();
    const page = formPage({
      base: this.#session?.base ?? "/setup",
      web: settings.web,
      folder,
      hasChannel: settings.webhookProxyUrl !== null,
      asksFor: {
        permissions: Object.entries(permissions).map(([name, level]) => `${name.replaceAll("_", " ")} (${level})`),
        events,
      },
      entered,
      mistakes,
      trouble,
    });
    return { status: Object.keys(mistakes).length > 0 || trouble !== null ? 422 : 200, page };
  }

  /** Begins a registration: answers the page whose form GitHub takes. */
  async #register(form: URLSearchParams, origin: string, base: string): Promise<Shown> {
    const entered: Entered = {
      ...EMPTY,
      organisation: field(form, "organisation"),
      way: WEBHOOK_WAYS.find((way) => way === form.get("way")) ?? "later",
      address: field(form, "address"),
    };
    const { organisation } = entered;
    const address = webhookAddress(entered.address, this.#parts.settings.web);
    const mistakes: Mistakes = {
      ...(!/^([A-Za-z0-9][\w-]*)?$/.test(organisation) && {
        organisation: "Organisation: its name in addresses, such as acme-inc, without anything else.",
      }),
      ...(entered.way === "address" && address === null && { address: ADDRESS_WRONG }),
    };
    if (Object.keys(mistakes).length > 0) return this.#form(mistakes, null, entered);
    const { webhook, channel, notice } = await this.#wayFor(entered.way, address);
    const state = secret();
    this.#begun = [...this.#begun, { state, webhook, channel }].slice(-MAX_BEGUN);
    const webhookUrl = webhook.kind === "address" ? webhook.url : channel;
    const manifest = manifestFor({ redirectUrl: `${origin}/setup/registered`, webhookUrl });
    const { web } = this.#parts.settings;
    const action = new URL(`${web}${organisation ? `/organizations/${organisation}` : ""}/settings/apps/new`);
    action.searchParams.set("state", state);
    const owner = organisation ? `the App will belong to ${organisation}` : "the App will belong to you";
    return {
      status: 200,
      page: toGitHubPage({ base, action: action.href, manifest: JSON.stringify(manifest), owner, notice }),
    };
  }

  async #wayFor(
    way: WebhookWay,
    address: string | null,
  ): Promise<{ webhook: WebhookNews; channel: string | null; notice: string | null }> {
    if (way === "address" && address !== null) {
      return { webhook: { kind: "address", url: address }, channel: null, notice: null };
    }
    if (way !== "channel") return { webhook: { kind: "later" }, channel: null, notice: null };
    try {
      const channel = this.#parts.settings.webhookProxyUrl ?? (await this.#parts.createChannel());
      return { webhook: { kind: "channel" }, channel, notice: null };
    } catch {
      return { webhook: { kind: "later" }, channel: null, notice: NO_CHANNEL };
    }
  }

  /** GitHub led back, with a code for the App's credentials. */
  async #registered(query: URLSearchParams): Promise<Shown> {
    const state = query.get("state") ?? "";
    const begun = this.#begun.find((one) => isSame(state, one.state));
    const code = query.get("code") ?? "";
    if (!begun || !/^[\w-]{1,200}$/.test(code)) return WRONG_WAY_BACK;
    begun.exchange ??= this.#exchange(code, begun);
    return begun.exchange;
  }

  async #exchange(code: string, begun: Begun): Promise<Shown> {
    const { registration, settings } = this.#parts;
    if (this.#finished) return this.#finished;
    try {
      const app = await registration.convert(code);
      const variables = {
        APP_ID: String(app.id),
        PRIVATE_KEY: app.privateKey,
        WEBHOOK_SECRET: app.webhookSecret ?? secret(),
        ...(begun.channel !== null &&
          begun.channel !== settings.webhookProxyUrl && { WEBHOOK_PROXY_URL: begun.channel }),
      };
      return this.#save({
        variables,
        done: { ...this.#links(app), webhook: begun.webhook, lacking: [], madeSecret: app.webhookSecret === null },
      });
    } catch (error) {
      // Whether the code was used is not known: loading the page again asks once more.
      if (error instanceof Retryable) {
        delete begun.exchange;
        return {
          status: 503,
          page: messagePage("GitHub did not answer", `${whyNot(error)} Load this page again to go on.`),
        };
      }
      if (error instanceof Refused || error instanceof ZodError) {
        return { status: 422, page: messagePage("GitHub gave no credentials", CODE_REFUSED) };
      }
      throw error;
    }
  }

  #links({ name, slug, page, owner }: RegisteredApp): Pick<DonePage, "name" | "installUrl" | "settingsUrl" | "port"> {
    const { web, port } = this.#parts.settings;
    const settings = owner.isOrganisation
      ? `${web}/organizations/${owner.login}/settings/apps`
      : `${web}/settings/apps`;
    return {
      name,
      installUrl: `${page}/installations/new`,
      settingsUrl: `${settings}/${slug}`,
      port: port || this.#port,
    };
  }

  /** Checks the credentials of an App that is there, by themselves and with GitHub. */
  async #existing(form: URLSearchParams): Promise<Shown> {
    const entered: Entered = { ...this.#entered(), appId: field(form, "appId") };
    const privateKey = pemOf(field(form, "privateKey").replaceAll("\r\n", "\n")).trim();
    const webhookSecret = field(form, "webhookSecret");
    const mistakes: Mistakes = {
      ...wrongIn("appId", wrongAppId(entered.appId)),
      ...wrongIn("privateKey", wrongKey(privateKey)),
      ...wrongIn("webhookSecret", wrongSecret(webhookSecret)),
    };
    if (Object.keys(mistakes).length > 0) return this.#form(mistakes, null, entered);
    const { registration, settings } = this.#parts;
    try {
      const app = await registration.identify({ appId: Number(entered.appId), privateKey });
      const lacking = lackingFor(app);
      return this.#save({
        variables: { APP_ID: entered.appId, PRIVATE_KEY: `${privateKey}\n`, WEBHOOK_SECRET: webhookSecret },
        done: {
          ...this.#links(app),
          webhook: { kind: "existing", channel: settings.webhookProxyUrl !== null },
          lacking: [
            ...lacking.permissions.map(([name, level]) => `Give it the permission ${name}: ${level}.`),
            ...lacking.events.map((event) => `Subscribe it to the event ${event}.`),
          ],
          madeSecret: false,
        },
      });
    } catch (error) {
      if (error instanceof ZodError) return this.#form({}, "GitHub's answer was not as it describes it.", entered);
      if (!(error instanceof Retryable) && !(error instanceof Refused)) throw error;
      const { about, words } = wrongCredential(error);
      if (about === "id") return this.#form({ appId: `App ID: GitHub knows no App of this number.` }, null, entered);
      if (about === "key") return this.#form({ privateKey: `Private key: ${KEY_REFUSED}` }, null, entered);
      return this.#form({}, `${words}.`, entered);
    }
  }

  #save(ready: Ready): Shown {
    try {
      this.#parts.save(ready.variables);
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error;
      this.#unsaved = ready;
      const { message, fix } = error;
      return { status: 500, page: unsavedPage({ base: this.#session?.base ?? "/setup", message, fix }) };
    }
    this.#unsaved = null;
    const { name, installUrl } = ready.done;
    const ends = { variables: ready.variables, name, installUrl };
    this.#finished = { status: 200, page: donePage(ready.done), ends };
    return this.#finished;
  }

  #headers(): Record<string, string> {
    const { web } = this.#parts.settings;
    return {
      "content-security-policy": `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self' ${web}; frame-ancestors 'none'; base-uri 'none'`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      // Not "no-referrer", with which browsers do not say either which origin a form comes from.
      "referrer-policy": "strict-origin",
    };
  }
}

/** https://www.w3.org/TR/CSP3/#grammardef-hash-source */
const STYLE_HASH = `sha256-${createHash("sha256").update(STYLE).digest("base64")}`;

const START_AGAIN = "Start again for a new link.";

const refused = (message: string): Shown => ({ status: 403, page: messagePage("Not possible", message) });

const LINK_NEEDED = refused("Open the whole link that the program shows in the terminal.");
const LINK_USED = refused(
  "The link was used already. Go on in the window that it opened, or stop the program with Ctrl+C and start it again for a new link.",
);
const NOT_THERE: Shown = { status: 404, page: messagePage("Not found", "There is nothing here.") };
const WRONG_WAY_BACK = refused(
  "This does not belong to a registration that was begun here. Begin again from the link in the terminal.",
);
const CODE_REFUSED =
  "The code that GitHub gave is good for an hour, and once. Look in GitHub's developer settings whether the App is there: delete it and begin again, or generate a private key for it and enter it on the setup page.";
const KEY_REFUSED =
  "GitHub does not know it as a key of this App. Generate one on the App's settings page, under “Private keys”.";
const NO_CHANNEL =
  "smee.io cannot be reached from here, so the App gets no channel: GitHub's webhooks will not reach the service, which looks at GitHub by itself every hour instead. You can go on, and set an address in the App's settings later.";
const ADDRESS_WRONG =
  "Address of this service: it begins with https:// and is one that GitHub can reach, not one of this machine or your own network.";

/** 256 random bits, as text for addresses. */
const secret = (): string => randomBytes(32).toString("base64url");

/** Compares in a time that tells nothing of where they differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

const field = (form: URLSearchParams, name: string): string => (form.get(name) ?? "").trim();

const wrongIn = (name: keyof Mistakes, wrong: string | null): Mistakes => (wrong === null ? {} : { [name]: wrong });

function wrongAppId(text: string): string | null {
  if (/^Iv\d/.test(text)) return "App ID: this is the client ID. The App ID is the number above it.";
  return /^[1-9]\d{0,14}$/.test(text) ? null : "App ID: a number, from the App's settings page under “About”.";
}

function wrongKey(pem: string): string | null {
  if (pem === "") return "Private key: paste the whole .pem file.";
  switch (kindOfKey(pem)) {
    case "rsa":
      return null;
    case "other":
      return "Private key: GitHub's keys are RSA, this one is not. Generate one on the App's settings page.";
    case "none":
      return /PUBLIC KEY|^ssh-/.test(pem)
        ? "Private key: this is a public key. Paste the .pem file that GitHub had you download."
        : "Private key: not a private key in PEM format. Paste the whole file, with its first and last line.";
  }
}

function wrongSecret(text: string): string | null {
  if (text === "")
    return "Webhook secret: without one anybody could send webhooks. Enter the same in the App's settings.";
  if (text === "development") return "Webhook secret: everybody knows this one. Choose a random one.";
  return /^[\x20-\x7e]{1,200}$/.test(text)
    ? null
    : "Webhook secret: only letters, digits and signs of ASCII, 200 at most.";
}

const MACHINE = /^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/;
const OWN_NETWORK =
  /^(10\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|169\.254\..*|\[f[cde].*\]|.*\.(local|internal|lan))$/;

/** The address webhooks are sent to, below the one given; null where GitHub at `web` cannot send any there. */
function webhookAddress(text: string, web: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, username, origin, pathname } = new URL(text);
  if (username !== "" || MACHINE.test(hostname)) return null;
  // A GitHub Enterprise Server may stand in the same network.
  const isPublic = /^https:\/\/([\w-]+\.)?(github|ghe)\.com$/.test(web);
  if (protocol !== "https:" && (isPublic || protocol !== "http:")) return null;
  if (isPublic && OWN_NETWORK.test(hostname)) return null;
  return origin + pathname.replace(/\/+$/, "").replace(new RegExp(`${WEBHOOK_PATH}$`), "") + WEBHOOK_PATH;
}

function whyNot(error: Retryable): string {
  return error instanceof OutOfReach ? `${whyAppRefused(error)}.` : `${error.message}.`;
}

/** The fields of a form; null for a body that is none, or too large. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "")) return null;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_BODY) return null;
    chunks.push(bytes);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
