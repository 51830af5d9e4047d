/** The setup page: by the real process and the emulator from nothing to a running service, and each of its borders. */
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Emulator } from "../../emulator/emulator.js";
import { CannotStart } from "../../src/errors.js";
import { appManifest } from "../../src/github/manifest.js";
import { registration } from "../../src/github/registration.js";
import { createLog } from "../../src/log.js";
import { runSetup, type SetupOutcome, type SetupParts } from "../../src/web/setup.js";
import { Browser, formOf, type Page, plain } from "../support/browser.js";
import { freePort } from "../support/cluster.js";
import { temporaryFolder } from "../support/folder.js";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const ADDRESS = "https://follow-through.example.com";
const SECRET = "a webhook secret";
const folder = temporaryFolder();

let gh: Emulator;
let browser: Browser;
const children: ChildProcess[] = [];
const ends: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  gh = await Emulator.start();
  gh.organisation("acme");
  browser = new Browser();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  ending.abort();
  ending = new AbortController();
  for (const end of ends.splice(0)) await end();
  expect(gh.violations).toEqual([]);
  await gh.close();
});

/** The real process in a folder, and all it says. */
function start(cwd: string, env: Record<string, string> = {}) {
  const { GHE_HOST, GHE_PROTOCOL } = gh.environment;
  const child = spawn(process.execPath, [MAIN], {
    cwd,
    env: { PATH: process.env.PATH, GHE_HOST, GHE_PROTOCOL, ...env },
  });
  children.push(child);
  const said = { text: "" };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said.text += String(chunk)));
  const until = (pattern: RegExp) =>
    vi.waitUntil(() => pattern.exec(said.text), { timeout: 25_000, interval: 20 }) as Promise<RegExpExecArray>;
  return { said, until };
}

const LINK = /http:\/\/127\.0\.0\.1:\d+\/setup\?token=[\w-]{43}/;

/** From the form to the page GitHub leads back to, as somebody does who presses every button. */
async function register(form: Page, fields: Record<string, string>): Promise<Page> {
  const onward = await browser.submit(form, formOf(form, "/register").action, fields);
  const { action, hidden } = formOf(onward, "/settings/apps/new");
  return browser.submit(onward, action, hidden);
}

describe("from nothing to a running service", () => {
  it("registers an App, writes .env for the owner alone, and goes on by itself", async () => {
    const cwd = folder();
    const port = await freePort();
    const { said, until } = start(cwd, { PORT: String(port), GH_ORG: "acme" });
    const [link = ""] = await until(LINK);
    expect(link).toContain(`127.0.0.1:${port}/`);
    const form = await browser.open(link);
    expect(form.text).toContain('value="acme"');

    const done = await register(form, { organisation: "acme", way: "address", address: ADDRESS });
    expect(done.status, done.text).toBe(200);
    expect(gh.manifests.proposed).toEqual([
      {
        ...appManifest(),
        redirect_url: `http://127.0.0.1:${port}/setup/registered`,
        hook_attributes: { url: `${ADDRESS}/api/github/webhooks`, active: true },
      },
    ]);
    const page = plain(done.text);
    expect(page).toContain(`href="${gh.origin}/apps/follow-through/installations/new"`);
    expect(page).toContain(`${ADDRESS}/api/github/webhooks`);
    expect(page).toContain(`port ${port} of this machine`);

    await until(/"msg":"listening"/);
    const file = join(cwd, ".env");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { APP_ID, PRIVATE_KEY = "", WEBHOOK_SECRET } = parseEnv(readFileSync(file, "utf8"));
    expect({ APP_ID, PRIVATE_KEY, WEBHOOK_SECRET }).toEqual({
      APP_ID: gh.environment.APP_ID,
      PRIVATE_KEY: gh.environment.PRIVATE_KEY,
      WEBHOOK_SECRET: gh.environment.WEBHOOK_SECRET,
    });
    const token = link.split("token=")[1] ?? "";
    expect(said.text.split(token)).toHaveLength(2);
    for (const line of [PRIVATE_KEY.slice(100, 140), WEBHOOK_SECRET ?? ""]) {
      expect(said.text).not.toContain(line);
      expect(done.text).not.toContain(line);
    }

    // GitHub's webhooks are let in by the secret it made.
    gh.webhooks.url = `http://127.0.0.1:${port}/api/github/webhooks`;
    const repo = gh.repository("acme/shop");
    gh.installApp({ on: ["acme/shop"] });
    repo.as("acme").proposeFiles({ "README.md": "# Shop\n\nNew\n" }, "Say more");
    await gh.webhooks.settled();
    expect(gh.webhooks.log.length).toBeGreaterThan(1);
    expect(gh.webhooks.log.map(({ status }) => status)).toEqual(gh.webhooks.log.map(() => "OK"));

    // And at the next start there is nothing to set up.
    const again = start(cwd, { PORT: "0", DATA_DIR: folder() });
    await again.until(/"msg":"listening"/);
    expect(again.said.text).not.toContain("/setup");
  });

  it("takes an App that is there, beside other lines, in place of those left empty", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, ".env"), "# mine\nLOG_LEVEL=warn\nAPP_ID=\nPORT=0\n");
    const { said, until } = start(cwd);
    const [link = ""] = await until(LINK);
    const form = await browser.open(link);
    const { APP_ID, PRIVATE_KEY } = gh.environment;
    const privateKey = PRIVATE_KEY.replaceAll("\n", "\r\n");
    const entered = { appId: ` ${APP_ID} `, privateKey, webhookSecret: SECRET };
    const done = await browser.submit(form, formOf(form, "/existing").action, entered);
    expect(done.status, done.text).toBe(200);
    expect(plain(done.text)).toContain("https://YOUR-HOST/api/github/webhooks");
    expect(plain(done.text)).toContain(`href="${gh.origin}/organizations/app-makers/settings/apps/follow-through"`);
    await until(/is set up, with its credentials in \.env/);
    const written = readFileSync(join(cwd, ".env"), "utf8");
    expect(written).toMatch(/^# mine\nLOG_LEVEL=warn\nAPP_ID=\d+\nPORT=0\nPRIVATE_KEY=".*"\nWEBHOOK_SECRET='.*'\n$/);
    expect(parseEnv(written)).toMatchObject({ APP_ID, PRIVATE_KEY, WEBHOOK_SECRET: SECRET });
    // It listens, of which nothing is said at this level.
    await vi.waitUntil(() => gh.requests.some(({ path }) => path.startsWith("/app/installations")), {
      timeout: 20_000,
    });
    expect(said.text).not.toContain(SECRET);
  });
});

interface Opened {
  readonly link: string;
  readonly form: Page;
  readonly outcome: Promise<SetupOutcome>;
  readonly saved: Record<string, string>[];
}

/** The page within this process, opened by its link. */
async function open(parts: Partial<SetupParts> = {}, settings: Partial<SetupParts["settings"]> = {}): Promise<Opened> {
  const saved: Record<string, string>[] = [];
  const { link, outcome } = await listen(
    { save: (variables) => void saved.push({ ...variables }), ...parts },
    settings,
  );
  return { link, outcome, saved, form: await browser.open(link) };
}

/** Ends the pages that a test leaves open. */
let ending = new AbortController();

async function listen(parts: Partial<SetupParts>, settings: Partial<SetupParts["settings"]> = {}) {
  let tell: (link: string) => void = () => {};
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const outcome = runSetup({
    settings: {
      port: 0,
      apiUrl: gh.apiUrl,
      web: gh.origin,
      webhookProxyUrl: null,
      databaseUrl: undefined,
      dataDir: folder(),
      organisation: "",
      ...settings,
    },
    registration: registration(gh.apiUrl, createLog("silent")),
    createChannel: async () => "https://smee.io/a-channel",
    save: () => {},
    folder: "/srv/<b>follow-through</b>",
    onLink: tell,
    signal: ending.signal,
    ...parts,
  });
  ends.push(() => outcome.catch(() => {}));
  return { outcome, link: await told };
}

describe("the link", () => {
  it("opens the page once", async () => {
    const { link, form } = await open();
    expect(form.status).toBe(200);
    const again = await new Browser().open(link);
    expect(again.status).toBe(403);
    expect(again.text).toContain("The link was used already");
  });

  it.each([
    ["a wrong token", (link: string) => `${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`],
    ["a token's beginning", (link: string) => link.slice(0, -1)],
    ["an empty token", (link: string) => link.replace(/token=.*/, "token=")],
    ["no token", (link: string) => link.replace(/\?.*/, "")],
    ["no path", (link: string) => link.replace(/\/setup.*/, "/")],
    ["the service's webhooks", (link: string) => link.replace(/\/setup.*/, "/api/github/webhooks")],
  ])("with %s opens nothing, and leaves the right one good", async (_, change) => {
    const { link } = await listen({});
    const page = await browser.open(change(link));
    expect([page.status, page.text]).toEqual([403, expect.stringContaining("Open the whole link")]);
    expect(browser.cookies).toEqual([]);
    expect((await browser.open(link)).status).toBe(200);
  });

  it("is not used up by who only looks whether it is there", async () => {
    const { link } = await listen({});
    expect((await browser.ask(new URL(link), "", { method: "HEAD" })).status).toBe(405);
    expect((await browser.open(link)).status).toBe(200);
  });

  it("becomes a cookie for that page alone, out of reach of scripts and other sites", async () => {
    const { form } = await open();
    const [cookie] = browser.cookies;
    expect(cookie?.flags).toBe(`Path=${form.url.pathname}; HttpOnly; SameSite=Strict`);
    expect(form.url.pathname).toMatch(/^\/setup\/[\w-]{43}$/);
    const without = await new Browser().open(form.url.href);
    expect(without.status).toBe(403);
    const forged = await browser.ask(form.url, `${cookie?.pair}x`, {});
    expect(forged.status).toBe(403);
  });

  it("ends the start where nobody opens it in time", async () => {
    const { outcome } = await listen({ linkMs: 50 });
    await expect(outcome).rejects.toThrow("Nobody opened the setup page in time.");
  });

  it("ends where nobody finishes in time", async () => {
    const { outcome } = await open({ sessionMs: 50 });
    await expect(outcome).rejects.toThrow("not finished within an hour");
  });
});

describe("who asks", () => {
  it.each([
    ["a name that was made to lead here", (port: string) => `evil.example:${port}`],
    ["the machine's name in a network", (port: string) => `192.168.1.5:${port}`],
    ["another port", () => "127.0.0.1:1"],
    ["a longer name", (port: string) => `127.0.0.1.evil.example:${port}`],
    ["no port", () => "127.0.0.1"],
  ])("by %s is refused", async (_, host) => {
    const { link, form } = await open();
    const cookie = browser.cookies[0]?.pair ?? "";
    for (const url of [new URL(link), form.url]) {
      const page = await browser.ask(url, cookie, { headers: { host: host(url.port) } });
      expect([page.status, page.text]).toEqual([403, expect.stringContaining("for the machine itself")]);
    }
  });

  it.each(["localhost", "127.0.0.1"])("as %s is answered", async (name) => {
    const { link } = await listen({});
    expect((await browser.open(link.replace("127.0.0.1", name))).status).toBe(200);
  });

  it("by the other loopback address is answered, where there is one", async () => {
    const { link } = await listen({});
    const page = await browser.open(link.replace("127.0.0.1", "[::1]")).catch(() => null);
    if (page !== null) expect(page.status).toBe(200);
  });

  it.each([
    ["another site", "https://evil.example"],
    ["another port of this machine", "http://127.0.0.1:1"],
    ["another name of this machine", "http://localhost"],
    ["nowhere that is said", "null"],
    ["nowhere at all", undefined],
  ])("by a form from %s is refused", async (_, origin) => {
    const { form, saved } = await open();
    const { APP_ID: appId, PRIVATE_KEY: privateKey } = gh.environment;
    const url = new URL(formOf(form, "/existing").action, form.url);
    const page = await browser.ask(url, browser.cookies[0]?.pair ?? "", {
      form: { appId, privateKey, webhookSecret: SECRET },
      headers: origin === undefined ? {} : { origin },
    });
    expect([page.status, saved]).toEqual([403, []]);
  });

  it("by a form without the cookie is refused", async () => {
    const { form, saved } = await open();
    const page = await new Browser().submit(form, formOf(form, "/existing").action, { appId: "1" });
    expect([page.status, saved]).toEqual([403, []]);
  });

  it("by a body that is no form, or too large, is refused", async () => {
    const { form } = await open();
    const url = new URL(formOf(form, "/existing").action, form.url);
    const cookie = browser.cookies[0]?.pair ?? "";
    const headers = { origin: form.url.origin };
    const json = await browser.ask(url, cookie, {
      form: {},
      headers: { ...headers, "content-type": "application/json" },
    });
    const large = await browser.ask(url, cookie, { form: { privateKey: "x".repeat(70_000) }, headers });
    expect([json.status, large.status]).toEqual([403, 403]);
  });
});

describe("GitHub's way back", () => {
  it.each([
    ["a state nobody gave out", "forged-state"],
    ["no state", ""],
  ])("with %s is refused, and the code is not exchanged", async (_, state) => {
    const { form, saved } = await open();
    const page = await browser.open(`${form.url.origin}/setup/registered?code=abc&state=${state}`);
    expect([page.status, saved]).toEqual([403, []]);
    expect(gh.requests).toEqual([]);
  });

  it("with a code GitHub does not know says what to do", async () => {
    const { form, saved } = await open();
    const onward = await browser.submit(form, formOf(form, "/register").action, { way: "later" });
    const state = new URL(formOf(onward, "/settings/apps/new").action).searchParams.get("state");
    const page = await browser.open(`${form.url.origin}/setup/registered?code=abc&state=${state}`);
    expect([page.status, saved]).toEqual([422, []]);
    expect(page.text).toContain("good for an hour, and once");
  });

  it("is gone again where GitHub did not answer", async () => {
    const { form, saved, outcome } = await open();
    gh.faults.add({ path: /^\/app-manifests\//, fault: { kind: "reset-before" } });
    const failed = await register(form, { way: "later" });
    expect([failed.status, saved]).toEqual([503, []]);
    expect(plain(failed.text)).toContain("Load this page again");
    const done = await browser.open(failed.url.href, { from: gh.origin });
    expect(done.status, done.text).toBe(200);
    expect(saved).toHaveLength(1);
    expect((await outcome).variables).toEqual(saved[0]);
  });

  it("keeps credentials that could not be written, and tries again", async () => {
    const saved: object[] = [];
    let full = true;
    const { form, outcome } = await open({
      save(variables) {
        if (full) throw new CannotStart(".env cannot be written (ENOSPC).", "Make room.");
        saved.push(variables);
      },
    });
    const failed = await register(form, { way: "later" });
    expect([failed.status, saved]).toEqual([500, []]);
    expect(failed.text).toContain("ENOSPC");
    full = false;
    const done = await browser.submit(failed, formOf(failed, "/save").action, {});
    expect([done.status, saved.length]).toEqual([200, 1]);
    expect((await outcome).variables).toEqual(saved[0]);
    expect(gh.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("how webhooks come", () => {
  const hook = () => gh.manifests.proposed.at(-1)?.hook_attributes;

  it("by a new channel, which is kept", async () => {
    const { form, saved } = await open();
    const done = await register(form, { way: "channel" });
    expect(hook()).toEqual({ url: "https://smee.io/a-channel", active: true });
    expect(saved[0]?.WEBHOOK_PROXY_URL).toBe("https://smee.io/a-channel");
    expect(plain(done.text)).toContain("that others could read");
  });

  it("by the channel that is set", async () => {
    const { form, saved } = await open({}, { webhookProxyUrl: "https://smee.io/mine" });
    await register(form, { way: "channel" });
    expect(hook()).toEqual({ url: "https://smee.io/mine", active: true });
    expect(saved[0]).not.toHaveProperty("WEBHOOK_PROXY_URL");
  });

  it("not yet, where smee.io is out of reach, and what that means", async () => {
    const { form, saved } = await open({
      createChannel: async () => {
        throw new Error("fetch failed");
      },
    });
    const onward = await browser.submit(form, formOf(form, "/register").action, { way: "channel" });
    expect(plain(onward.text)).toContain("smee.io cannot be reached from here");
    const { action, hidden } = formOf(onward, "/settings/apps/new");
    const done = await browser.submit(onward, action, hidden);
    expect(hook()).toMatchObject({ active: false });
    expect(plain(done.text)).toContain("No webhooks come yet; the service looks at GitHub every hour.");
    expect(saved[0]).toMatchObject({ WEBHOOK_SECRET: gh.webhooks.secret });
  });

  it.each([
    [ADDRESS, `${ADDRESS}/api/github/webhooks`],
    [`${ADDRESS}/`, `${ADDRESS}/api/github/webhooks`],
    [`${ADDRESS}/api/github/webhooks`, `${ADDRESS}/api/github/webhooks`],
    [`${ADDRESS}/bots/`, `${ADDRESS}/bots/api/github/webhooks`],
    ["http://bots.internal", "http://bots.internal/api/github/webhooks"],
  ])("at %s", async (address, url) => {
    const { form } = await open();
    await register(form, { way: "address", address });
    expect(hook()).toEqual({ url, active: true });
  });

  it.each([
    "",
    "follow-through.example.com",
    "https://localhost:3000",
    "https://127.0.0.1",
    "ftp://x.example",
    "https://u:p@x.example",
  ])("not at “%s”", async (address) => {
    const { form } = await open();
    const page = await browser.submit(form, formOf(form, "/register").action, { way: "address", address });
    expect(page.status).toBe(422);
    expect(plain(page.text)).toMatch(/aria-invalid="true" aria-describedby="address-hint address-mistake"/);
    expect(gh.manifests.proposed).toEqual([]);
  });

  it.each(["http://follow-through.example.com", "https://192.168.1.5", "https://10.0.0.1", "https://bots.internal"])(
    "not at %s, which github.com cannot reach",
    async (address) => {
      const { form } = await open({}, { web: "https://github.com" });
      const page = await browser.submit(form, formOf(form, "/register").action, { way: "address", address });
      expect(page.status).toBe(422);
    },
  );
});

describe("where the App is registered", () => {
  it.each([
    ["https://github.com", "", "https://github.com/settings/apps/new"],
    ["https://github.com", "acme", "https://github.com/organizations/acme/settings/apps/new"],
    ["https://acme.ghe.com", "", "https://acme.ghe.com/settings/apps/new"],
    ["https://ghe.example.com", "acme", "https://ghe.example.com/organizations/acme/settings/apps/new"],
  ])("at %s by “%s”: %s", async (web, organisation, expected) => {
    const { form } = await open({}, { web });
    const page = await browser.submit(form, formOf(form, "/register").action, { way: "later", organisation });
    const { action } = formOf(page, "/settings/apps/new");
    expect(action).toMatch(/\?state=[\w-]{43}$/);
    expect(action.split("?")[0]).toBe(expected);
    expect(page.headers["content-security-policy"]).toContain(`form-action 'self' ${web};`);
  });

  it.each(["a/b", "../settings", "a b", '"><script>alert(1)</script>'])(
    "not by an organisation “%s”",
    async (organisation) => {
      const { form } = await open();
      const page = await browser.submit(form, formOf(form, "/register").action, { way: "later", organisation });
      expect(page.status).toBe(422);
      expect(page.text).not.toContain("<script");
      expect(plain(page.text)).toContain(`value="${organisation}"`);
    },
  );
});

describe("credentials that are there", () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = (key: { export(options: object): string | Buffer }, type: string) =>
    key.export({ type, format: "pem" }).toString();
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });

  it.each([
    ["no App ID", { appId: "" }, "appId", "App ID: a number"],
    ["the client ID", { appId: "Iv23liABC" }, "appId", "this is the client ID"],
    ["an App ID that is no number", { appId: "12x" }, "appId", "App ID: a number"],
    ["the ID of no App", { appId: "999999" }, "appId", "GitHub knows no App of this number"],
    ["no key", { privateKey: "" }, "privateKey", "paste the whole .pem file"],
    ["half a key", { privateKey: "-----BEGIN RSA PRIVATE KEY-----\nMIIE" }, "privateKey", "not a private key in PEM"],
    ["a public key", { privateKey: pem(other.publicKey, "spki") }, "privateKey", "this is a public key"],
    ["a key of another kind", { privateKey: pem(ec.privateKey, "pkcs8") }, "privateKey", "GitHub's keys are RSA"],
    [
      "another App's key",
      { privateKey: pem(other.privateKey, "pkcs1") },
      "privateKey",
      "does not know it as a key of this App",
    ],
    ["no secret", { webhookSecret: "" }, "webhookSecret", "without one anybody could send webhooks"],
    ["the secret everybody knows", { webhookSecret: "development" }, "webhookSecret", "everybody knows this one"],
    ["a secret with a line end", { webhookSecret: "a\nb" }, "webhookSecret", "only letters, digits and signs"],
  ])("with %s: nothing is written, and the field says why", async (_, wrong, name, says) => {
    const { form, saved } = await open();
    const { APP_ID: appId, PRIVATE_KEY: privateKey } = gh.environment;
    const entered = { appId, privateKey, webhookSecret: SECRET, ...wrong };
    const page = await browser.submit(form, formOf(form, "/existing").action, entered);
    expect([page.status, saved]).toEqual([422, []]);
    const text = plain(page.text);
    expect(/id="(\w+)-mistake">([^<]*)</.exec(text)?.slice(1)).toEqual([name, expect.stringContaining(says)]);
    expect(text).toContain(`href="#${name}"`);
    for (const kept of [entered.privateKey, entered.webhookSecret].filter((one) => one.length > 3)) {
      expect(text).not.toContain(kept);
    }
  });

  it("with GitHub out of reach says so, and can be sent again", async () => {
    const { form, saved } = await open();
    const { APP_ID: appId, PRIVATE_KEY: privateKey } = gh.environment;
    gh.faults.add({ path: /^\/app$/, fault: { kind: "reset-before" } });
    const send = () =>
      browser.submit(form, formOf(form, "/existing").action, { appId, privateKey, webhookSecret: SECRET });
    const page = await send();
    expect([page.status, saved]).toEqual([422, []]);
    expect(plain(page.text)).toContain("GitHub could not be reached");
    expect((await send()).status).toBe(200);
    expect(saved).toHaveLength(1);
  });

  it("says which permissions and events the App lacks", async () => {
    gh.world.register({ ...gh.world.app, slug: "lesser", permissions: { issues: "read" }, events: ["push"] });
    const { form } = await open();
    const { APP_ID: appId, PRIVATE_KEY: privateKey } = gh.environment;
    const done = await browser.submit(form, formOf(form, "/existing").action, {
      appId,
      privateKey,
      webhookSecret: SECRET,
    });
    const text = plain(done.text);
    expect(text).toContain("Give it the permission issues: write.");
    expect(text).toContain("Give it the permission checks: write.");
    expect(text).toContain("Subscribe it to the event issue_comment.");
    expect(text).not.toContain("event push");
  });
});

describe("the pages", () => {
  it("need no script, take nothing from elsewhere, and show text as text", async () => {
    const { form, link } = await open();
    const onward = await browser.submit(form, formOf(form, "/register").action, { way: "channel" });
    const wrong = await browser.submit(form, formOf(form, "/existing").action, { appId: "<img src=x>" });
    const none = await new Browser().open(link);
    for (const page of [form, onward, wrong, none]) {
      expect(page.headers["content-security-policy"]).toBe(
        `default-src 'none'; style-src '${/sha256-[\w+/=]+/.exec(String(page.headers["content-security-policy"]))?.[0]}'; form-action 'self' ${gh.origin}; frame-ancestors 'none'; base-uri 'none'`,
      );
      expect(page.headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin",
      });
      expect(page.text).not.toMatch(/<script|<img|<link|<iframe|@import|url\(| on\w+=| style="/i);
      expect(page.text).not.toContain("<b>follow-through</b>");
    }
    expect(form.text).toContain("&#60;b&#62;follow-through");
  });

  it("have one heading, a language, and a label for each field", async () => {
    const { form } = await open();
    expect(form.text.match(/<h1>/g)).toHaveLength(1);
    expect(form.text).toContain('<html lang="en">');
    const ids = [...form.text.matchAll(/<(?:input|textarea)[^>]* id="([\w-]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(8);
    for (const id of ids) {
      expect(form.text).toContain(`<label for="${id}">`);
      expect(form.text).toContain(`id="${id}-hint"`);
    }
  });

  it("are closed once all is done, and the port is free", async () => {
    const { form, outcome } = await open();
    await register(form, { way: "later" });
    await outcome;
    const port = Number(form.url.port);
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    server.close();
  });
});
