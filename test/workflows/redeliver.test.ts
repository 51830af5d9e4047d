/** Which failed deliveries are asked for again. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryFacts, GitHubApp } from "../../src/github/port.js";
import { SILENT } from "../../src/jobs/log.js";
import { Reader } from "../../src/reading/reader.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/types.js";
import { redeliverFailed } from "../../src/workflows/redeliver.js";
import { temporaryFolder } from "../support/folder.js";

const folder = temporaryFolder();
const reader = new Reader();
let store: Store;
let asked: number[];
let since: string[];
let attempts: DeliveryFacts[];
let now: Date;

beforeEach(async () => {
  store = await openStore({ dataDir: folder() });
  [asked, since, attempts] = [[], [], []];
  now = new Date("2024-09-16T09:00:00Z");
});
afterEach(() => store.close());

const refuse = () => Promise.reject(new Error("not asked for here"));
const app: GitHubApp = {
  bot: refuse,
  askTime: refuse,
  installation: refuse,
  installations: refuse,
  installationOf: refuse,
  repositories: refuse,
  in: refuse,
  budget: () => null,
  async deliveriesSince(from) {
    since.push(from);
    return attempts;
  },
  async redeliver(id) {
    asked.push(id);
  },
};
/** A machine whose clock is a day ahead of GitHub's, which shows `now`. */
const wrong = () => new Date(now.getTime() + 86_400_000);
const context = () => ({
  store,
  app,
  reader,
  now: wrong,
  wall: wrong,
  githubTime: () => now,
  log: SILENT,
  web: "https://github.com",
});
const look = () => redeliverFailed(context());
/** Attempts as GitHub lists them, newest first. */
const attempt = (id: number, guid: string, ok: boolean): DeliveryFacts => ({ id, guid, ok });

describe("failed deliveries", () => {
  it("are asked for again by their latest attempt", async () => {
    attempts = [attempt(3, "a", false), attempt(2, "b", true), attempt(1, "a", false)];
    expect(await look()).toBe(1);
    expect(asked).toEqual([3]);
  });

  it("that came through on another attempt are not, whichever it was", async () => {
    attempts = [attempt(4, "a", true), attempt(3, "b", false), attempt(2, "a", false), attempt(1, "b", true)];
    expect(await look()).toBe(0);
  });

  it("are left to the sweep after five attempts", async () => {
    attempts = [5, 4, 3, 2].map((id) => attempt(id, "a", false));
    expect(await look()).toBe(1);
    attempts = [attempt(6, "a", false), ...attempts];
    expect(await look()).toBe(0);
  });

  it("are looked for over three days at first, then since a little before the last look", async () => {
    await look();
    now = new Date("2024-09-16T11:00:00Z");
    await look();
    now = new Date("2024-10-01T00:00:00Z");
    await look();
    expect(since).toEqual(["2024-09-13T09:00:00.000Z", "2024-09-16T08:00:00.000Z", "2024-09-28T00:00:00.000Z"]);
  });

  it("are looked for as far back as GitHub goes where it has not told the time yet", async () => {
    now = new Date(0);
    await look();
    expect(since).toEqual(["1970-01-01T00:00:00.000Z"]);
  });

  it("are looked for as far back again where asking failed half-way", async () => {
    attempts = [attempt(1, "a", false)];
    const broken: GitHubApp = { ...app, redeliver: refuse };
    await expect(redeliverFailed({ ...context(), app: broken })).rejects.toThrow();
    now = new Date("2024-09-16T12:00:00Z");
    expect(await look()).toBe(1);
    expect(since.at(-1)).toBe("2024-09-13T12:00:00.000Z");
  });
});
