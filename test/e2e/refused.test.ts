/** GitHub says no to one thing: it is told and tried again, and everything else goes on. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { doctor } from "../../src/cli/doctor.js";
import { rebuild, runSchedule, sync } from "../../src/cli/operate.js";
import { another, TABLE } from "../fixtures/documents.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";
import { talk } from "../support/talk.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const BOT = "follow-through[bot]";
const as = (login: string) => stage.repo.as(login);
const deadLetters = () => stage.service.context.store.work.deadLetters();
const troubles = async () =>
  (await stage.service.context.store.troubles(stage.repo.state.id)).map(({ piece, why }) => [piece.kind, why]);
const own = (number: number) => stage.repo.comments(number).filter(({ user }) => user.login === BOT);
const byIssue = () =>
  stage.trackingIssues().map(({ number }) => own(number).filter(({ body }) => body.includes("nudge")).length);
/** How many nudges stand on the first issue, and elsewhere. */
const nudged = () => {
  const all = [...stage.repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
  const onFirst = all.filter(({ issue }) => issue.number === first());
  return [onFirst.length, all.length - onFirst.length];
};
const first = () => stage.trackingIssues()[0]?.number ?? 0;
const second = () => stage.trackingIssues()[1]?.number ?? 0;
/** What `doctor` prints that is wrong. */
const wrong = async () => {
  const { terminal, lines } = talk();
  await doctor(terminal, stage.service.context);
  return lines().filter((line) => line.startsWith("WRONG"));
};

describe("a tracking issue that is locked", () => {
  beforeEach(async () => {
    await stage.merge({ [PATH]: TABLE });
    as("ada").lock(first());
    await stage.settle();
  });

  it("gets no overdue comment, and every other does; told on the pull request and by doctor, until it is unlocked", async () => {
    await stage.advanceTo("2024-09-26T10:05:00Z");
    expect(nudged()).toEqual([0, 1]);
    const said = `No overdue comment could be written on [#${first()}]`;
    expect(stage.status(1)).toContain(said);
    expect(stage.status(1)).toContain("it is locked. Unlock it to go on.");
    expect(await wrong()).toEqual([
      expect.stringContaining(`No overdue comment could be written on #${first()}: it is locked.`),
    ]);
    expect(await deadLetters()).toEqual([]);
    // A week later, the same: the other gets its second.
    await stage.advanceTo("2024-10-04T10:05:00Z");
    expect(nudged()).toEqual([0, 2]);
    as("ada").unlock(first());
    await stage.advanceTo("2024-10-07T10:05:00Z");
    expect(nudged()).toEqual([1, 2]);
    expect(stage.status(1)).not.toContain(said);
    expect(await troubles()).toEqual([]);
  });

  itAtLength("is not asked each hour: the waits grow", async () => {
    await stage.advanceTo("2024-09-26T10:05:00Z");
    const from = stage.gh.requests.length;
    for (let hour = 0; hour < 48; hour++) {
      stage.gh.clock.advance(3_600_000);
      await stage.service.tick();
      await stage.settle();
    }
    const refused = stage.gh.requests.slice(from).filter(({ status }) => status === 403);
    expect(refused.length).toBeLessThanOrEqual(6);
    expect(refused.length).toBeGreaterThanOrEqual(4);
  });

  it("is tried at once by a person at the terminal, who is told, with exit code 1", async () => {
    await stage.advanceTo("2024-09-26T10:05:00Z");
    const { terminal, lines, errors } = talk();
    const { context } = stage.service;
    const repositories = await context.store.repositories();
    const eager = { ...context, eager: true };
    expect(await runSchedule(terminal, eager, "nudges", repositories)).toBe(1);
    expect(lines()).toEqual(["acme/shop: 0 nudges"]);
    expect(errors()).toEqual([
      `acme/shop: No overdue comment could be written on #${first()}: it is locked. Unlock it to go on.`,
    ]);
    as("ada").unlock(first());
    expect(await runSchedule(terminal, eager, "nudges", repositories)).toBe(0);
    expect(nudged()).toEqual([1, 1]);
  });

  it("is still kept up to date, and commands there are carried out", async () => {
    await stage.merge({ [PATH]: TABLE.replace("Watch the hit rate", "Watch the hit rate of the cache") });
    expect(stage.trackingIssues()[0]?.title).toBe("Watch the hit rate of the cache");
    as("ada").comment(first(), "/due 2024-10-04\n/due nonsense");
    await stage.settle();
    expect(stage.trackingIssues()[0]?.body).toContain("Fri 4 Oct 2024");
    expect(await troubles()).toEqual([["reply", "locked"]]);
    // Nobody is told for ever.
    await stage.advanceTo("2024-09-30T10:07:00Z");
    await stage.advanceTo("2024-10-01T10:07:00Z");
    expect((await troubles()).filter(([kind]) => kind === "reply")).toEqual([]);
  });
});

describe("many that refuse", () => {
  it("take nobody's place in a pass that is capped", async () => {
    const rows = Array.from(
      { length: 12 },
      (_, n) => `| P1 | Task number ${n} | @dev | 2024-09-${17 + (n > 7 ? 1 : 0)} |`,
    );
    await stage.repo.write({ ".github/follow-through.yml": "nudges: { max_per_run: 4 }\n" });
    await stage.merge({ [PATH]: TABLE.replace(/\| P1 .*\n\| P2 .*\n/, `${rows.join("\n")}\n`) });
    for (const { number } of stage.trackingIssues().slice(0, 8)) as("ada").lock(number);
    for (const day of [19, 20, 23, 24]) await stage.advanceTo(`2024-09-${day}T10:05:00Z`);
    // One comment, on the first that takes one; it lists the others, locked or not.
    expect(byIssue().slice(8)).toEqual([1, 0, 0, 0]);
    const number = stage.trackingIssues()[8]?.number ?? 0;
    const said = own(number).find(({ body }) => body.includes("nudge"))?.body ?? "";
    for (const n of [1, 9, 10, 11]) expect(said).toContain(`Task number ${n}]`);
  });
});

describe("a pull request that takes no comment", () => {
  const status = (number: number) => own(number).filter(({ body }) => body.includes("follow-through:status"));

  sampled(it, 1).each<[string, (number: number) => void]>([
    ["since it is locked", (number) => as("ada").lock(number)],
    ["since its author blocked the App", () => as("ada").block(BOT)],
  ])("%s: its status stands on the first tracking issue, and is kept true there", async (_, close) => {
    const pull = as("ada").proposeFiles({ [PATH]: TABLE }, "Add a postmortem");
    close(pull.number);
    as("ada").mergePull(pull.number);
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(status(pull.number)).toEqual([]);
    expect(status(first())).toHaveLength(1);
    as("lisa").closeIssue(second());
    await stage.settle();
    expect(status(first())[0]?.body).toContain("1 of 2 action items done");
    expect(await troubles()).toEqual([]);
    expect(await deadLetters()).toEqual([]);
  });

  it("any more, and whose status comment was deleted: likewise", async () => {
    const pull = await stage.merge({ [PATH]: TABLE });
    as("ada").lock(pull);
    for (const { id } of status(pull)) as("ada").deleteComment(id);
    as("lisa").closeIssue(second());
    await stage.settle();
    expect(status(pull)).toEqual([]);
    expect(status(first())[0]?.body).toContain("1 of 2 action items done");
  });

  it("any more: doctor tells, and it is renewed once it is unlocked", async () => {
    const pull = await stage.merge({ [PATH]: TABLE });
    as("ada").lock(pull);
    as("lisa").closeIssue(second());
    await stage.settle();
    expect(await wrong()).toEqual([
      expect.stringContaining(`The status comment on #${pull} could not be written: it is locked.`),
    ]);
    as("ada").unlock(pull);
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(status(pull)[0]?.body).toContain("1 of 2 action items done");
    expect(await wrong()).toEqual([]);
  });

  it("in a backfill: all documents are followed", async () => {
    stage.gh.webhooks.drop = () => true;
    for (const [index, name] of ["a", "b", "c"].entries()) {
      const pull = as("ada").proposeFiles({ [`postmortems/${name}.md`]: another(TABLE, name) }, `Add ${name}`);
      if (index === 0) as("ada").lock(pull.number);
      as("ada").mergePull(pull.number);
    }
    await stage.settle();
    const { terminal, lines } = talk();
    const { context } = stage.service;
    const [repository] = await context.store.repositories();
    if (!repository) throw new Error("no repository");
    expect(await sync(terminal, context, repository, { comment: true })).toBe(0);
    expect(lines().at(-1)).toBe("acme/shop: done");
    expect(stage.trackingIssues()).toHaveLength(6);
    expect(await deadLetters()).toEqual([]);
  });
});

describe("a linked issue that takes no comment", () => {
  sampled(it, 1).each<[string, (number: number) => void]>([
    ["since it is locked", (number) => as("lisa").lock(number)],
    ["since its author blocked the App", () => as("lisa").block(BOT)],
  ])("%s: the item gets one of its own", async (_, close) => {
    const { number } = as("lisa").openIssue({ title: "Runbook" });
    close(number);
    await stage.merge({ [PATH]: TABLE.replace("Update the runbook", `Update the runbook (#${number})`) });
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(own(number)).toEqual([]);
    expect(await troubles()).toEqual([]);
  });
});

const REFUSES = { kind: "answer", status: 451, body: { message: "Repository access blocked" } } as const;
const refuse = (path: RegExp) =>
  stage.gh.faults.add({ method: "GET", path, times: Number.POSITIVE_INFINITY, fault: REFUSES });
const anHourLater = () => stage.advanceTo(new Date(stage.gh.clock.now().getTime() + 3_660_000).toISOString());

describe("a policy that GitHub does not let the App read", () => {
  const POLICY = ".github/follow-through.yml";
  const labels = () => stage.repo.issues.map((issue) => issue.labels[0]?.name);

  sampled(it, 1).each([
    ["its folder", /\/shop\/contents\/\.github$/],
    ["the file", /\/shop\/contents\/\.github%2F/],
  ])("(%s) holds as it was read last, which is told", async (_, path) => {
    as("ada").pushDirect({ [POLICY]: "labels: [read-last]\n" });
    await stage.settle();
    refuse(path);
    const pull = await stage.merge({ [PATH]: TABLE });
    expect(labels()).toEqual(["read-last", "read-last"]);
    const said = "The policy cannot be read: GitHub answers 451. The one that was read last holds.";
    expect(stage.status(pull)).toContain(said);
    expect(await wrong()).toEqual([expect.stringContaining(said)]);
    stage.gh.faults.clear();
    await anHourLater();
    expect(await wrong()).toEqual([]);
  });

  it("and never did keeps everything back until it does: it is not taken for none", async () => {
    stage.repo.write({ [POLICY]: "labels: [never-read]\n" });
    await stage.service.context.store.changeRepository(stage.repo.state.id, { policyOrigin: null, policyText: null });
    refuse(/\/shop\/contents\/\.github/);
    const pull = await stage.merge({ [PATH]: TABLE });
    expect(stage.repo.issues).toEqual([]);
    expect(stage.status(pull)).toContain("The policy of this repository cannot be read: GitHub answers 451.");
    expect(await wrong()).toEqual([expect.stringContaining("cannot be read: GitHub answers 451.")]);
    stage.gh.faults.clear();
    await anHourLater();
    await stage.recover();
    expect(labels()).toEqual(["never-read", "never-read"]);
    expect(await wrong()).toEqual([]);
  });
});

describe("a rebuild that GitHub refuses a part of", () => {
  beforeEach(async () => {
    const { number } = as("lisa").openIssue({ title: "Runbook" });
    await stage.merge({ [PATH]: TABLE.replace("Update the runbook", `Update the runbook (#${number})`) });
    await stage.service.context.store.changeRepository(stage.repo.state.id, { rebuiltAt: null });
  });

  sampled(it, 1).each([
    ["the issues", /\/issues$/],
    ["the comments", /\/issues\/comments$/],
    ["an adopted issue", /\/issues\/1$/],
  ])("(%s) holds everything back, is told, and nothing is done twice once it is over", async (_, path) => {
    refuse(path);
    await stage.merge({ "postmortems/queue.md": TABLE.replace("Watch the hit rate", "Drain the queue") });
    expect(await wrong()).toContainEqual(
      expect.stringContaining("What Follow-Through wrote here before cannot be read: GitHub refuses it (451"),
    );
    expect(stage.trackingIssues()).toHaveLength(1);
    await anHourLater();
    stage.gh.faults.clear();
    await anHourLater();
    await stage.recover();
    expect(stage.trackingIssues().map(({ title }) => title)).toEqual([
      "Watch the hit rate",
      "Drain the queue",
      "Update the runbook",
    ]);
    expect(await wrong()).toEqual([]);
  });

  it("ends no other repository's: the command line says so, with exit code 1", async () => {
    stage.gh.repository("acme/bank", { files: { "a.md": "" } });
    stage.installation.addRepository("acme/bank");
    await stage.settle();
    refuse(/\/shop\/issues$/);
    const { terminal, errors } = talk();
    const { context } = stage.service;
    const repositories = await context.store.repositories();
    expect(await rebuild(terminal, { ...context, eager: true }, repositories)).toBe(1);
    expect(errors()).toEqual(["acme/shop: GitHub refused: 451 Repository access blocked"]);
    const bank = (await context.store.repositories()).find(({ name }) => name === "bank");
    expect(bank).toMatchObject({ obstacle: null, rebuiltAt: expect.any(String) });
  });
});

describe("a bot that changes back whatever the App writes into an issue", () => {
  const TIDY = "tidy[bot]";
  let theirs: string;
  const edits = (from: number) =>
    stage.gh.requests
      .slice(from)
      .filter(({ method, path }) => method === "PATCH" && path.endsWith(`/issues/${first()}`));
  /** From now on, the bot answers each of the App's edits of the first issue with its own. */
  const fight = () => {
    stage.gh.user(TIDY);
    theirs = (stage.repo.issue(first()).body ?? "").replace("**Owner**", "**Who**");
    stage.gh.onRequest = (phase, { method, path }) => {
      if (phase === "after-commit" && method === "PATCH" && path.endsWith(`/issues/${first()}`))
        as(TIDY).editIssueBody(first(), theirs);
    };
    as(TIDY).editIssueBody(first(), theirs);
  };
  const hours = async (count: number) => {
    for (let hour = 0; hour < count; hour++) {
      stage.gh.clock.advance(3_600_000);
      await stage.service.tick();
      await stage.settle();
    }
  };

  beforeEach(async () => {
    await stage.merge({ [PATH]: TABLE.replaceAll("2024-09", "2024-12") });
  });

  itAtLength("is answered less and less often; told on the pull request and by doctor, until it stops", async () => {
    const from = stage.gh.requests.length;
    fight();
    for (let round = 0; round < 5; round++) await stage.settle();
    expect(edits(from)).toHaveLength(3);
    const said = `Somebody, perhaps a bot, keeps changing back what Follow-Through writes into [#${first()}]`;
    expect(stage.status(1)).toContain(said);
    expect(await wrong()).toEqual([
      expect.stringContaining(`keeps changing back what Follow-Through writes into #${first()}. It is`),
    ]);
    const more = stage.gh.requests.length;
    await hours(48);
    expect(edits(more).length).toBeGreaterThanOrEqual(3);
    expect(edits(more).length).toBeLessThanOrEqual(6);
    expect(await deadLetters()).toEqual([]);
    // What really changes is written all the same.
    as("dev").comment(first(), "/due 2024-12-20");
    await stage.settle();
    expect((await stage.service.context.store.itemOfIssue(stage.repo.state.id, first()))?.due).toBe("2024-12-20");
    stage.gh.onRequest = () => {};
    await hours(60);
    expect(stage.repo.issue(first()).body).toContain("**Owner**");
    expect(stage.status(1)).not.toContain(said);
    expect(await wrong()).toEqual([]);
  });

  it("is no word worth where a person does it once: it is put right at once", async () => {
    as("ada").editIssueBody(first(), (stage.repo.issue(first()).body ?? "").replace("**Owner**", "**Who**"));
    await stage.settle();
    expect(stage.repo.issue(first()).body).toContain("**Owner**");
    expect(await wrong()).toEqual([]);
    expect(stage.status(1)).not.toContain("keeps changing back");
  });
});
