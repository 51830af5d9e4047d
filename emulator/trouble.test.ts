import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusal, SHOP, type Stage, stage } from "./support.js";

let s: Stage;
let wall: Date;
beforeEach(async () => {
  wall = new Date();
  s = await stage({ wallClock: () => wall });
});
afterEach(async () => {
  expect(s.gh.violations).toEqual([]);
  await s.gh.close();
});

const create = (title = "x") => s.octokit.rest.issues.create({ ...SHOP, title });

describe("limits", () => {
  it("allow eighty creations a minute and count what is more", async () => {
    s.gh.limits.pointsPerMinute = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 80; i += 1) await create();
    expect(s.gh.limitBreaches).toEqual([]);
    expect(await refusal(create())).toMatchObject({
      status: 403,
      message: expect.stringContaining("secondary rate limit"),
    });
    expect(s.gh.limitBreaches).toMatchObject([{ limit: "content per minute" }]);
    expect(s.repo.issues).toHaveLength(80);
    wall = new Date(wall.getTime() + 61_000);
    expect((await create()).status).toBe(201);
  });

  it("allow five hundred creations an hour", async () => {
    Object.assign(s.gh.limits, { pointsPerMinute: Number.POSITIVE_INFINITY, contentPerHour: 3 });
    for (let i = 0; i < 3; i += 1) await create();
    wall = new Date(wall.getTime() + 59 * 60_000);
    expect((await refusal(create())).status).toBe(403);
    expect(s.gh.limitBreaches).toMatchObject([{ limit: "content per hour" }]);
  });

  it("count a read one point and a write five", async () => {
    await s.octokit.rest.repos.get(SHOP);
    s.gh.limits.pointsPerMinute = 11;
    await create();
    await create();
    expect((await refusal(s.octokit.rest.repos.get(SHOP))).status).toBe(403);
    expect(s.gh.limitBreaches).toMatchObject([{ limit: "points per minute" }]);
  });

  it("count requests that run at the same time, and forget them when they are over", async () => {
    await create();
    s.gh.limits.concurrent = 2;
    await Promise.all([s.octokit.rest.repos.get(SHOP), s.octokit.rest.repos.get(SHOP)]);
    await Promise.all([s.octokit.rest.repos.get(SHOP), s.octokit.rest.repos.get(SHOP)]);
    expect(s.gh.limitBreaches).toEqual([]);
    // None is answered before all three are there.
    const waiting: (() => void)[] = [];
    s.gh.onRequest = async (phase) => {
      if (phase !== "after-commit") return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const answer of waiting) answer();
      });
    };
    const three = [1, 2, 3].map(() => s.octokit.rest.repos.get(SHOP));
    await Promise.allSettled(three);
    expect(s.gh.limitBreaches).toMatchObject([{ limit: "concurrent" }]);
  });

  it("tell what is left, and turn requests away when nothing is", async () => {
    const { headers } = await s.octokit.rest.repos.get(SHOP);
    expect(headers).toMatchObject({ "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "4999" });
    const { data } = await s.octokit.rest.rateLimit.get();
    expect(data.rate.remaining).toBe(4998);
    s.gh.limits.primary = 2;
    const over = await refusal(s.octokit.rest.repos.get(SHOP));
    expect(over).toMatchObject({ status: 403, message: expect.stringContaining("API rate limit exceeded") });
  });
});

describe("conditional requests", () => {
  it("answer 304 to the token that had the ETag, at no cost, and the whole to another", async () => {
    const token = () => s.gh.tokens.issue(s.installation.state, s.installation.state.permissions, null).token;
    const get = (bearer: string, etag = "") =>
      fetch(`${s.gh.apiUrl}/repos/acme/shop`, { headers: { authorization: `token ${bearer}`, "if-none-match": etag } });
    const mine = token();
    const first = await get(mine);
    const etag = first.headers.get("etag") ?? "";
    const again = await get(mine, etag);
    expect(again.status).toBe(304);
    expect(again.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
    expect((await get(token(), etag)).status).toBe(200);
    s.repo.as("ada").renameDefaultBranch("trunk");
    expect((await get(mine, etag)).status).toBe(200);
  });
});

describe("faults", () => {
  it("answer instead of GitHub, for the nth request that matches, with headers", async () => {
    const headers = { "retry-after": "7" };
    const fault = { kind: "answer", status: 429, headers, body: { message: "slow down" } } as const;
    s.gh.faults.add({ method: "POST", path: /\/issues$/, nth: 2, fault });
    await create();
    expect(await refusal(create())).toMatchObject({ status: 429, message: "slow down" });
    await create();
    expect(s.repo.issues).toHaveLength(2);
    expect(s.gh.requests.map((r) => r.fault)).toContain("answer");
  });

  it("break the connection before or after the work was done", async () => {
    await create();
    s.gh.faults.add({ method: "POST", path: /\/issues$/, fault: { kind: "reset-before" } });
    await refusal(create());
    expect(s.repo.issues).toHaveLength(1);
    s.gh.faults.add({ method: "POST", path: /\/issues$/, fault: { kind: "reset-after" } });
    await refusal(create());
    expect(s.repo.issues).toHaveLength(2);
  });

  it("break off half-way through an answer, and keep silent for a while", async () => {
    await create();
    s.gh.faults.add({ method: "POST", fault: { kind: "truncate" } });
    // Octokit takes a body that breaks off for an empty one, and the status for success.
    expect(await create()).toMatchObject({ status: 201, data: "" });
    expect(s.repo.issues).toHaveLength(2);
    s.gh.faults.add({ path: /\/shop$/, fault: { kind: "hang", milliseconds: 40 } });
    const started = performance.now();
    await s.octokit.rest.repos.get(SHOP);
    expect(performance.now() - started).toBeGreaterThan(30);
  });

  it("go on for as many requests as wanted", async () => {
    await create();
    s.gh.faults.add({ method: "POST", times: 2, fault: { kind: "answer", status: 502 } });
    expect([(await refusal(create())).status, (await refusal(create())).status]).toEqual([502, 502]);
    expect((await create()).status).toBe(201);
  });
});

describe("the request log and its boundaries", () => {
  it("names operation, actor and outcome, and waits at each boundary", async () => {
    await create();
    const seen: string[] = [];
    s.gh.onRequest = async (phase, record) => {
      await Promise.resolve();
      seen.push(`${phase} ${record.method} ${s.repo.issues.length}`);
    };
    await create();
    await s.octokit.rest.issues.get({ ...SHOP, issue_number: 1 });
    expect(seen.slice(0, 3)).toEqual(["before POST 1", "after-commit POST 2", "after-response POST 2"]);
    expect(s.gh.requests.at(-1)).toMatchObject({
      method: "GET",
      template: "/repos/{owner}/{repo}/issues/{issue_number}",
      actor: `installation ID ${s.installation.id}`,
      status: 200,
    });
  });
});
