/** The digest in channels: told once each, whatever they answer, and never where more people read. */
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { doctor } from "../../src/cli/doctor.js";
import { previewDigests } from "../../src/cli/operate.js";
import { GATEWAY, TABLE } from "../fixtures/documents.js";
import { type Answer, answering, breaking, type ChannelServer, hanging, startChannel } from "../support/channel.js";
import { inLongTests, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";
import { talk } from "../support/talk.js";

const POLICY = "digest:\n  channels: [team-sre]\n";
const SECRET = "a-secret-of-the-channel";

let server: ChannelServer;
let stage: Stage;
const logged: string[] = [];
beforeEach(async () => {
  server = await startChannel();
  logged.length = 0;
});
afterEach(async () => {
  await stage.close();
  await server.close();
});

/** `timeoutMs`: where it hangs, how long it is waited for, as it is for GitHub; a busy machine must answer within. */
async function start(policy = POLICY, more: Record<string, string> = {}, timeoutMs?: number) {
  stage = await Stage.start({
    now: "2024-09-16T10:00:00Z",
    ...(timeoutMs && { timeoutMs }),
    environment: { CHANNEL_TEAM_SRE_URL: server.url, CHANNEL_TEAM_SRE_SECRET: SECRET, ...more },
    log: { write: (line) => void logged.push(line) },
  });
  await stage.merge({ ".github/follow-through.yml": policy, "postmortems/cache.md": TABLE });
}
const monday = async () => {
  await stage.advanceTo("2024-09-23T09:05:00Z");
  await stage.recover();
};
const dead = () => stage.service.context.store.work.deadLetters();
const toldByDoctor = async () => {
  const { terminal, lines } = talk();
  await doctor(terminal, stage.service.context);
  return lines().join("\n");
};

const HANG_MS = 1_000;
const SLACK = { CHANNEL_TEAM_SRE_KIND: "slack" };
const WEBHOOK = { CHANNEL_TEAM_SRE_KIND: "webhook" };

describe("a channel that the policy names", () => {
  it("slack: is told the digest in Block Kit, once a week", async () => {
    await start(POLICY, SLACK);
    await monday();
    expect(server.received).toHaveLength(1);
    const [told] = server.received;
    expect(told?.body).toMatchObject({ text: expect.stringContaining("acme/shop"), unfurl_links: false });
    const blocks = JSON.stringify(told?.body.blocks);
    expect(blocks).toContain('"type":"header"');
    expect(blocks).toContain("*🔴 Overdue: 1*");
    expect(blocks).toContain("Watch the hit rate");
    expect(blocks).toContain("`@dev`");
    await stage.advanceTo("2024-09-24T09:05:00Z");
    expect(server.received).toHaveLength(1);
    await stage.advanceTo("2024-09-30T09:05:00Z");
    expect(server.received).toHaveLength(2);
  });

  it("webhook: is told the same as JSON, with a key and a signature", async () => {
    await start(POLICY, WEBHOOK);
    await monday();
    const [told] = server.received;
    expect(told?.headers["idempotency-key"]).toBe("acme/shop digest 2024-09-23");
    const signature = createHmac("sha256", SECRET)
      .update(told?.raw ?? "")
      .digest("hex");
    expect(told?.headers["x-follow-through-signature-256"]).toBe(`sha256=${signature}`);
    expect(told?.body).toMatchObject({
      version: 1,
      key: "acme/shop digest 2024-09-23",
      title: "acme/shop: Action items on Mon 23 Sep 2024",
      sections: expect.arrayContaining([expect.objectContaining({ title: "🔴 Overdue: 1", left: 0 })]),
    });
  });

  it("is told a person's own summary where they ask for it", async () => {
    await start("digest:\n  summaries: { '@dev': team-sre, lisa: team-sre }\n", WEBHOOK);
    await monday();
    // Lisa has nothing open.
    expect(server.received.map(({ body }) => body.title)).toEqual(["acme/shop: your action items on Mon 23 Sep 2024"]);
    expect(server.received[0]?.body.lead).toMatchObject([{ text: expect.stringMatching(/^@dev: 1 overdue/) }]);
  });
});

describe("the week's comment on GitHub", () => {
  sampled(it, 1).each([
    ["is locked", () => {}],
    ["is refused for long", () => {}],
  ])("keeps no channel from being told where it %s, and none is told twice", async (what) => {
    await start(POLICY, SLACK);
    await monday();
    const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.number ?? 0;
    const refused = {
      kind: "answer",
      status: 403,
      body: { message: "Unable to create comment because issue is locked." },
    } as const;
    if (what === "is locked") stage.repo.as("ada").lock(digest);
    stage.gh.faults.add({ method: "POST", path: /\/issues\/\d+\/comments$/, fault: refused, times: 100 });
    await stage.advanceTo("2024-09-30T09:05:00Z");
    await stage.recover();
    expect(server.received).toHaveLength(2);
    for (const day of ["01", "02", "03"]) await stage.advanceTo(`2024-10-${day}T09:05:00Z`);
    stage.gh.faults.clear();
    for (const day of ["04", "05"]) await stage.advanceTo(`2024-10-${day}T09:05:00Z`);
    await stage.recover();
    expect(server.received).toHaveLength(2);
  });
});

describe("a week without anything", () => {
  it.each([
    ["silence", 0],
    ["line", 2],
  ])("is told by %s, to channels and to whoever asked for a summary", async (how, times) => {
    await start(`digest: { channels: [team-sre], summaries: { dev: team-sre }, when_empty: ${how} }\n`, WEBHOOK);
    for (const { number } of stage.trackingIssues()) stage.repo.as("ada").closeIssue(number);
    await stage.settle();
    await monday();
    server.received.length = 0;
    await stage.advanceTo("2024-09-30T09:05:00Z");
    await stage.recover();
    expect(server.received).toHaveLength(times);
    for (const { body } of server.received) expect(body).toMatchObject({ sections: [] });
    const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.number ?? 0;
    const lines = stage.repo.comments(digest).filter(({ body }) => body.includes("Nothing is open"));
    expect(lines).toHaveLength(times / 2);
  });
});

/** How often it comes in all, by kind; the last answer is 200. */
const TROUBLES: readonly (readonly [string, readonly Answer[], { slack: number; webhook: number }])[] = [
  ["429 with Retry-After", [answering(429, { "Retry-After": "30" })], { slack: 2, webhook: 2 }],
  ["429 with a date", [answering(429, { "Retry-After": "Mon, 23 Sep 2024 09:10:00 GMT" })], { slack: 2, webhook: 2 }],
  ["500, three times", [answering(500), answering(500), answering(500)], { slack: 4, webhook: 4 }],
  ["a hang", [hanging], { slack: 2, webhook: 2 }],
  ["a broken connection", [breaking], { slack: 2, webhook: 2 }],
  ["two that break after they took it", [breaking, breaking], { slack: 2, webhook: 3 }],
  ["a break, then 500, then a break", [breaking, answering(500), breaking], { slack: 3, webhook: 4 }],
];

describe.each(["slack", "webhook"] as const)("%s that answers", (kind) => {
  it.each(inLongTests(TROUBLES, kind === "slack" ? TROUBLES.slice(-2) : TROUBLES.slice(0, 1)))(
    "%s: is tried again, and repeated no more than it may be",
    async (_, answers, times) => {
      await start(POLICY, { CHANNEL_TEAM_SRE_KIND: kind }, answers.includes(hanging) ? HANG_MS : undefined);
      server.answers.push(...answers);
      await monday();
      expect(server.received).toHaveLength(times[kind]);
      const keys = new Set(server.received.map(({ body }) => body.key));
      expect(keys.size).toBe(1);
      await stage.advanceTo("2024-09-24T09:05:00Z");
      await stage.recover();
      expect(server.received).toHaveLength(times[kind]);
      expect(logged.join("")).not.toContain("secret-path");
      expect(logged.join("")).not.toContain(SECRET);
    },
  );

  it.each(inLongTests([404, 403, 400, 410, 302], kind === "slack" ? [404] : [302]))(
    "%d: is given up, which doctor tells, and its address is told nobody",
    async (status) => {
      await start(POLICY, { CHANNEL_TEAM_SRE_KIND: kind });
      server.answers.push(answering(status, { Location: server.url }));
      await monday();
      expect(server.received).toHaveLength(1);
      expect(await dead()).toMatchObject([
        { error: expect.stringContaining(`The channel team-sre answers ${status}`) },
      ]);
      const told = await toldByDoctor();
      expect(told).toContain(`The channel team-sre answers ${status}`);
      expect(told + logged.join("")).not.toContain("secret-path");
      await stage.service.context.store.work.replay("all", stage.now());
      await stage.recover();
      expect(server.received).toHaveLength(2);
      expect(await dead()).toEqual([]);
    },
  );
});

describe("the preview", () => {
  it("prints what a channel is told, as it is sent there, and sends nothing", async () => {
    await start(POLICY, SLACK);
    const repositories = await stage.service.context.store.repositories();
    const { terminal, lines, errors } = talk();
    expect(await previewDigests(terminal, stage.service.context, repositories, "team-sre")).toBe(0);
    expect(lines().join("\n")).toContain('"type": "header"');
    expect(await previewDigests(terminal, stage.service.context, repositories, "other")).toBe(1);
    expect(errors()).toEqual(["acme/shop: the policy names no channel other. Name it in digest.channels"]);
    expect(server.received).toEqual([]);
    expect(lines().join("\n")).not.toContain("secret-path");
  });
});

describe("a channel", () => {
  it("that takes nothing keeps nothing else from being done", async () => {
    await start(POLICY, SLACK, HANG_MS);
    server.answers.push(...Array.from({ length: 20 }, () => hanging));
    await monday();
    const digest = stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"));
    expect(stage.repo.comments(digest?.number ?? 0)).toHaveLength(1);
    await stage.merge({ "postmortems/gateway.md": GATEWAY });
    // On a busy machine GitHub, too, may take longer than is waited for.
    await stage.recover();
    expect(stage.trackingIssues()).toHaveLength(6);
  });

  it("that is not set is told by doctor, with its variable", async () => {
    await start("digest:\n  channels: [elsewhere-2]\n");
    await monday();
    expect(server.received).toEqual([]);
    expect(await toldByDoctor()).toContain(
      "the policy names the channel elsewhere-2. Set CHANNEL_ELSEWHERE_2_URL for it",
    );
  });

  sampled(it, 2).each([
    ["other, ACME/shop", 1],
    ["acme", 1],
    ["other, acme/ship", 0],
  ])("kept for %s is told by it alone", async (allowed, times) => {
    await start(POLICY, { CHANNEL_TEAM_SRE_FOR: allowed });
    await monday();
    expect(server.received).toHaveLength(times);
    expect((await toldByDoctor()).includes("CHANNEL_TEAM_SRE_FOR keeps for others")).toBe(times === 0);
  });
});

describe("what may be told, by who names the channel", () => {
  const CASES: readonly (readonly [where: string, isPrivate: boolean, READERS: string, told: number])[] = [
    ["its own policy", true, "anybody", 1],
    ["its own policy", false, "anybody", 1],
    ["the organisation's", true, "members", 0],
    ["the organisation's", true, "anybody", 0],
    ["the organisation's", false, "anybody", 1],
  ];
  sampled(it, 3).each(CASES)(
    "%s, private: %s, read by %3$s: told %4$d times",
    async (where, isPrivate, readers, times) => {
      stage = await Stage.start({
        now: "2024-09-16T10:00:00Z",
        environment: { CHANNEL_TEAM_SRE_URL: server.url, CHANNEL_TEAM_SRE_READERS: readers },
      });
      const isOwn = where === "its own policy";
      stage.gh.repository("acme/.github", { files: isOwn ? {} : { ".github/follow-through.yml": POLICY } });
      stage.installation.addRepository("acme/.github");
      stage.repo.as("ada").setPrivate(isPrivate);
      await stage.settle();
      const own = isOwn ? { ".github/follow-through.yml": POLICY } : {};
      await stage.merge({ ...own, "postmortems/cache.md": TABLE });
      await monday();
      expect(server.received).toHaveLength(times);
      expect((await toldByDoctor()).includes("where others may read")).toBe(times === 0);
    },
  );
});
