/** Registering an App from a manifest, as GitHub does it. */
import { ProbotOctokit } from "probot";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Emulator } from "./emulator.js";
import type { Manifest } from "./manifests.js";
import { refusal } from "./support.js";

const MANIFEST: Manifest = {
  name: "Octo App",
  url: "https://example.com",
  hook_attributes: { url: "https://example.com/hooks" },
  redirect_url: "http://127.0.0.1:3000/back?here=1",
  default_permissions: { issues: "write" },
  default_events: ["issues"],
};

let gh: Emulator;
let wall: Date;
beforeEach(async () => {
  wall = new Date("2025-03-03T09:00:00Z");
  gh = await Emulator.start({ wallClock: () => wall });
  gh.organisation("acme");
});
afterEach(() => gh.close());

const send = (manifest: object | string, path = "/settings/apps/new?state=s1") =>
  fetch(gh.origin + path, {
    method: "POST",
    body: new URLSearchParams({ manifest: typeof manifest === "string" ? manifest : JSON.stringify(manifest) }),
    redirect: "manual",
  });

const convert = (code: string) =>
  new ProbotOctokit({
    baseUrl: gh.apiUrl,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  }).rest.apps.createFromManifest({ code });

async function codeFor(manifest: Manifest, path?: string): Promise<string> {
  const location = new URL((await send(manifest, path)).headers.get("location") ?? "");
  return location.searchParams.get("code") ?? "";
}

describe("a manifest", () => {
  it("leads back with a code and the state", async () => {
    const response = await send(MANIFEST);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toMatch(
      /^http:\/\/127\.0\.0\.1:3000\/back\?here=1&code=[0-9a-f]{40}&state=s1$/,
    );
  });

  it.each([
    ["is no JSON", "{", "not valid JSON"],
    ["has a name that is too long", { ...MANIFEST, name: "x".repeat(35) }, "maximum is 34"],
    ["has no homepage", { ...MANIFEST, url: undefined }, "Homepage url"],
    ["has a webhook without an address", { ...MANIFEST, hook_attributes: {} }, "Hook url must be"],
    [
      "has a webhook on this machine",
      { ...MANIFEST, hook_attributes: { url: "http://localhost:3000" } },
      "public Internet",
    ],
    ["asks for a permission there is not", { ...MANIFEST, default_permissions: { wishes: "read" } }, "wishes"],
    ["asks for a level there is not", { ...MANIFEST, default_permissions: { issues: "admin" } }, "issues"],
    ["wants events it may not see", { ...MANIFEST, default_events: ["push"] }, "push"],
    ["has a key there is not", { ...MANIFEST, colour: "red" }, "colour"],
  ])("that %s is refused on the page", async (_, manifest, says) => {
    const response = await send(manifest);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(says)]);
  });

  it("for an organisation there is not is not found", async () => {
    expect((await send(MANIFEST, "/organizations/nobody/settings/apps/new")).status).toBe(404);
  });
});

describe("a code", () => {
  it("gives the App's credentials, which then count", async () => {
    const code = await codeFor(MANIFEST, "/organizations/acme/settings/apps/new?state=s1");
    const { status, data } = await convert(code);
    expect(status).toBe(201);
    expect(data).toMatchObject({
      name: "Octo App",
      slug: "octo-app",
      permissions: { issues: "write" },
      events: ["issues"],
    });
    expect(data.owner).toMatchObject({ login: "acme", type: "Organization" });
    expect({ APP_ID: String(data.id), PRIVATE_KEY: data.pem, WEBHOOK_SECRET: data.webhook_secret }).toEqual({
      APP_ID: gh.environment.APP_ID,
      PRIVATE_KEY: gh.environment.PRIVATE_KEY,
      WEBHOOK_SECRET: gh.environment.WEBHOOK_SECRET,
    });
    expect(gh.webhooks.url).toBe("https://example.com/hooks");
    expect(gh.violations).toEqual([]);
  });

  it("is good once", async () => {
    const code = await codeFor(MANIFEST);
    await convert(code);
    expect((await refusal(convert(code))).status).toBe(404);
  });

  it("is good for an hour", async () => {
    const code = await codeFor(MANIFEST);
    wall = new Date(wall.getTime() + 3_600_000);
    expect((await refusal(convert(code))).status).toBe(404);
  });

  it("comes with no secret where there is to be no webhook", async () => {
    const { hook_attributes: _, ...without } = MANIFEST;
    expect((await convert(await codeFor(without))).data.webhook_secret).toBeNull();
    expect(gh.webhooks.url).toBeNull();
  });
});
