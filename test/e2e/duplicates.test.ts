/** A duplicate goes on in another issue, wherever GitHub says it does: its state is told, and its work counts once (docs/adr/0027). */
import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
beforeEach(async () => {
  stage = await Stage.start();
  home = await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const { watch, numberOf, bodyOf, writes, item } = commenting(() => stage);
const runbook = () => numberOf("runbook");
const lisa = () => stage.repo.as("lisa");

/** The state that the status comment shows for an issue, without its links. */
const shown = (number: number) =>
  stage
    .status(home)
    .split("\n")
    .find((line) => line.includes(`/issues/${number}) |`))
    ?.split("|")[1]
    ?.replace(/\[(#\d+)\]\([^)]*\)/g, "$1")
    .replace(/\u200b/g, "")
    .trim();

const lines = () => stage.repo.comments(home).filter(({ body }) => body.includes("follow-through:closing"));

let hour = 11;
async function loseDatabase(): Promise<void> {
  await stage.stopService();
  rmSync(stage.dataDir, { recursive: true });
  await stage.startService();
  // The first tick only takes in when its schedules are due.
  await stage.advanceTo(`2024-09-16T${hour++}:05:00Z`);
}

const HOW = ["webhook", "sweep"] as const;
/** What people do is told by webhooks, or by the next sweep alone. */
async function told(how: (typeof HOW)[number], deed: () => void): Promise<void> {
  stage.gh.webhooks.drop = () => how === "sweep";
  deed();
  stage.gh.webhooks.drop = () => false;
  if (how === "sweep") await stage.advanceTo(`2024-09-16T${hour++}:05:00Z`);
  else await stage.settle();
}
beforeEach(() => {
  hour = 11;
});

sampled(describe, 1).each(HOW)("a duplicate of an issue that is no item's (%s)", (how) => {
  it("shows the other one's state, and is done once that is completed", async () => {
    const other = lisa().openIssue({ title: "Watch all rates" });
    const number = watch();
    await told(how, () => lisa().closeAsDuplicate(number, other));
    expect(shown(number)).toBe(`👯 Duplicate of #${other.number}, open`);
    expect(stage.status(home)).toContain("0 of 2 action items done, 1 closed as duplicate");
    expect(bodyOf(number)).toContain(`a duplicate of [#${other.number}]`);
    if (how === "webhook") await loseDatabase();
    expect(shown(number)).toBe(`👯 Duplicate of #${other.number}, open`);

    await told(how, () => lisa().closeIssue(other.number, "not_planned"));
    expect(shown(number)).toBe(`👯 Duplicate of #${other.number}, not planned`);
    await told(how, () => lisa().reopenIssue(other.number));
    expect(shown(number)).toBe(`👯 Duplicate of #${other.number}, open`);
    await told(how, () => lisa().closeIssue(other.number));
    expect(shown(number)).toBe(`✅ Done in #${other.number}`);
    expect(stage.status(home)).toContain("1 of 2 action items done");
    expect(bodyOf(number)).toContain("This item is done");
    const from = stage.gh.requests.length;
    if (how === "webhook") await loseDatabase();
    expect(shown(number)).toBe(`✅ Done in #${other.number}`);
    await stage.advanceTo(`2024-09-16T${hour++}:05:00Z`);
    expect(writes(from)).toEqual([]);

    await told(how, () => lisa().reopenIssue(number));
    expect(shown(number)).toBe("⚪ Open");
    expect(bodyOf(number)).toContain("Done? Close this issue");
    expect((await item(number)).issue?.duplicateOf).toBeUndefined();
    await told(how, () => lisa().closeIssue(number, "not_planned"));
    expect(shown(number)).toBe("⛔ Not planned");
  });

  it("of two duplicates of one issue the oldest counts, and the other one once that is reopened", async () => {
    const other = lisa().openIssue({ title: "All of it" });
    const [first = 0, second = 0] = [watch(), runbook()].sort((a, b) => a - b);
    await told(how, () => {
      for (const number of [second, first]) lisa().closeAsDuplicate(number, other);
    });
    await told(how, () => lisa().closeIssue(other.number));
    expect([shown(first), shown(second)]).toEqual([
      `✅ Done in #${other.number}`,
      `👯 Duplicate of #${other.number}, done`,
    ]);
    expect(stage.status(home)).toContain("1 of 2 action items done, 1 closed as duplicate");
    if (how === "sweep") return;
    await told(how, () => lisa().reopenIssue(first));
    expect([shown(first), shown(second)]).toEqual(["⚪ Open", `✅ Done in #${other.number}`]);
  });

  it("is followed through a chain, and not around a circle", async () => {
    const [middle, last] = [lisa().openIssue({ title: "Middle" }), lisa().openIssue({ title: "Last" })];
    const number = watch();
    lisa().closeAsDuplicate(middle.number, last);
    await told(how, () => lisa().closeAsDuplicate(number, middle));
    expect(shown(number)).toBe(`👯 Duplicate of #${last.number}, open`);
    lisa().closeIssue(last.number);
    await stage.advanceTo(`2024-09-16T${hour++}:05:00Z`);
    expect(shown(number)).toBe(`✅ Done in #${last.number}`);
    lisa().reopenIssue(last.number);
    await told(how, () => {
      lisa().closeAsDuplicate(last.number, stage.repo.issue(number));
      lisa().reopenIssue(number);
      lisa().closeAsDuplicate(number, middle);
    });
    expect(shown(number)).toBe(`👯 Duplicate of #${last.number}, a duplicate too`);
  });
});

it("is counted once where the other one is an item's own issue, whose state it shows", async () => {
  const [number, other] = [watch(), runbook()];
  lisa().closeAsDuplicate(number, stage.repo.issue(other));
  await stage.settle();
  expect(shown(number)).toBe(`👯 Duplicate of #${other}, open`);
  await stage.advanceTo("2024-10-26T11:05:00Z");
  expect(shown(number)).toBe(`👯 Duplicate of #${other}, overdue`);
  expect(lines()).toEqual([]);
  lisa().comment(other, "/done");
  await stage.settle();
  expect(shown(number)).toBe(`👯 Duplicate of #${other}, done`);
  expect(stage.status(home)).toContain("1 of 2 action items done, 1 closed as duplicate");
  expect(lines()).toHaveLength(1);
});

it("is overdue by its own date while the other one is open", async () => {
  const other = lisa().openIssue({ title: "Watch all rates" });
  lisa().closeAsDuplicate(watch(), other);
  await stage.advanceTo("2024-09-20T11:05:00Z");
  expect(shown(watch())).toBe(`👯 Duplicate of #${other.number}, open`);
  await stage.advanceTo("2024-09-21T11:05:00Z");
  expect(shown(watch())).toBe(`👯 Duplicate of #${other.number}, overdue`);
});

it("holds back the closing line until the other one is closed", async () => {
  const other = lisa().openIssue({ title: "Watch all rates" });
  lisa().closeAsDuplicate(watch(), other);
  lisa().closeIssue(runbook());
  await stage.settle();
  expect(lines()).toEqual([]);
  lisa().closeIssue(other.number);
  await stage.settle();
  expect(lines().map(({ body }) => body.split("\n")[0])).toEqual(["**All closed: 2 of 2 action items done.**"]);
  lisa().reopenIssue(other.number);
  await stage.settle();
  expect(lines().map(({ body }) => body)).toEqual([expect.stringContaining(`Open again: [#${other.number}]`)]);
});

it("is no reason for thanks in the digest while the other one is open, however it was closed", async () => {
  const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";
  const other = lisa().openIssue({ title: "Watch all rates" });
  lisa().closeAsDuplicate(watch(), other);
  await stage.advanceTo("2024-09-23T11:05:00Z");
  expect(digest()).toContain("1 open** (0 a week ago) · **0 overdue** · 0 due within a week · 2 opened · 0 closed");
  expect(digest()).toContain("👯 Closed as a duplicate, counted with the other issue: 1");
  expect(digest()).not.toContain("thank you");
  lisa().closeIssue(other.number, "not_planned");
  await stage.advanceTo("2024-10-14T11:05:00Z");
  lisa().reopenIssue(other.number);
  await stage.advanceTo("2024-10-15T11:05:00Z");
  lisa().closeIssue(other.number, "not_planned");
  await stage.advanceTo("2024-10-21T11:05:00Z");
  expect(digest()).toContain("thank you: 1");
  expect(digest()).toContain("not planned");
});

it("holds back the closing line too where it was joined by command with an item of another postmortem", async () => {
  await stage.merge({
    "postmortems/second.md": "# Two\n\n## Action items\n\n- [ ] Draw a map of all services @lisa\n",
  });
  const map = numberOf("map");
  lisa().comment(watch(), `/same-as #${map}`);
  await stage.settle();
  lisa().closeIssue(runbook());
  await stage.settle();
  expect(lines()).toEqual([]);
  lisa().closeIssue(map);
  await stage.settle();
  expect(lines().map(({ body }) => body.split("\n")[0])).toContain(
    "**All closed: 1 of 2 action items done, 1 closed as duplicate.**",
  );
});

describe("a duplicate of an issue of another repository", () => {
  sampled(it, 1).each([true, false])("(private: %s) is named only where everybody may read it", async (isPrivate) => {
    const repo = stage.gh.repository("acme/secret-plans", { members: { lisa: "write" } });
    repo.state.private = isPrivate;
    const other = repo.as("lisa").openIssue({ title: "Quiet work" });
    lisa().closeAsDuplicate(watch(), other);
    await stage.settle();
    expect(shown(watch())).toBe(
      isPrivate
        ? "👯 Duplicate of an issue that not everybody here can read"
        : `👯 Duplicate of acme/secret-plans#${other.number}, open`,
    );
    repo.as("lisa").closeIssue(other.number);
    await stage.advanceTo("2024-09-16T11:05:00Z");
    const text = `${stage.status(home)}${bodyOf(watch())}`;
    if (isPrivate) expect(text).not.toMatch(/secret|quiet/i);
    else expect(shown(watch())).toBe(`✅ Done in acme/secret-plans#${other.number}`);
  });
});

sampled(it, 1).each([200, 403, 502])(
  "is told as one where GraphQL does not answer (%s), and named once it does",
  async (status) => {
    const other = lisa().openIssue({ title: "Watch all rates" });
    const body = { data: null, errors: [{ type: "UNDEFINED", message: "no such field" }] };
    stage.gh.faults.add({ method: "POST", path: /graphql/, times: 1, fault: { kind: "answer", status, body } });
    lisa().closeAsDuplicate(watch(), other);
    await stage.settle();
    expect(shown(watch())).toBe("👯 Duplicate");
    expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    await stage.advanceTo("2024-09-16T11:05:00Z");
    expect(shown(watch())).toBe(`👯 Duplicate of #${other.number}, open`);
  },
);
