/** Who is who, where people know better than the words: two issues that are one work, one that was taken for another, two lines that merge. */
import { afterEach, describe, expect, it } from "vitest";
import { commenting } from "../support/commenting.js";
import { itAtLength, sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
let home: number;
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const cache = (...items: string[]) =>
  `# Cache outage\n\n**Date:** 2024-09-10\n\n## Action items\n\n${items.map((item) => `- [ ] ${item}\n`).join("")}`;

const { numberOf, bodyOf, own, thumbs, item, write, writes } = commenting(() => stage);

const RUNBOOK = "Write the runbook - @lisa, due 2024-10-25";
/** The same work in other words: so few that nobody can say. */
const [ALERT, PAGE] = ["Alert on the hit rate of the cache", "Page somebody when the cache misses"];
/** Other work in nearly the same words, which is taken for a rewording. */
const [POSTGRES, MYSQL] = [
  "Raise the connection limit of the orders database",
  "Raise the memory limit of the orders database",
];

/** Merges a document, then the next version of it. */
async function edit(before: readonly string[], after: readonly string[]): Promise<void> {
  stage = await Stage.start();
  stage.gh.user("mallory");
  home = await stage.merge({ [PATH]: cache(...before, RUNBOOK) });
  await stage.merge({ [PATH]: cache(...after, RUNBOOK) });
}

/** A pair in doubt: the older issue, whose item left, and the newer one. */
async function inDoubt(): Promise<[older: number, newer: number]> {
  await edit([`${ALERT} - @dev, due 2024-09-20`], [`${PAGE} - @lisa, due 2024-10-01`]);
  return [numberOf(ALERT), numberOf(PAGE)];
}

/** An issue that was taken for other work. */
async function mistaken(ticked = false): Promise<number> {
  await edit([`${POSTGRES} - @dev, due 2024-09-20`], [`${MYSQL} - @lisa, due 2024-10-01`]);
  if (ticked) await stage.merge({ [PATH]: cache(`${MYSQL} - @lisa, due 2024-10-01`, RUNBOOK).replace("[ ]", "[x]") });
  return numberOf(MYSQL);
}

const issue = (number: number) => {
  const { title, state, stateReason, assignees, duplicateOf } = stage.repo.issue(number);
  return { title, state, stateReason, assignees: assignees.map(({ login }) => login), of: duplicateOf?.number ?? null };
};
/** The App's answers on an issue. */
const answers = (number: number) => own(number).map(({ body }) => body.split("\n")[0]);
const rows = () =>
  stage
    .status(home)
    .split("\n")
    .filter((line) => /^\| [^|]+ \| \[/.test(line))
    .map((line) => line.replace(/\]\([^)]*\)/g, "]"));

/** Time enough for what failed to be tried again, and looked for twice. */
async function later(): Promise<void> {
  for (let hour = 0; hour < 3; hour++) {
    stage.gh.clock.advance(3_600_000);
    await stage.settle();
  }
}

/** Whatever is looked at again, nothing more is written. */
async function expectQuiet(): Promise<void> {
  // The week's digest first.
  stage.gh.clock.advance(1_800_000);
  await stage.service.tick();
  await stage.settle();
  const from = stage.gh.requests.length;
  await stage.loseDatabase();
  await stage.service.tick();
  stage.gh.clock.advance(3_600_000);
  await stage.service.tick();
  await stage.settle();
  expect(writes(from)).toEqual([]);
}

const JOINED = {
  older: { title: PAGE, state: "open", assignees: ["lisa"] },
  newer: { title: PAGE, state: "closed", stateReason: "duplicate", assignees: ["lisa"] },
};
const SPLIT = {
  older: { title: POSTGRES, state: "open", assignees: ["dev"], of: null },
  newer: { title: MYSQL, state: "open", assignees: ["lisa"], of: null },
};

/** The status comment names both in these words, with the command that joins them, until one of them is closed. */
async function expectNamed(older: number, newer: number, words: string): Promise<void> {
  expect(stage.status(home)).toContain(words);
  expect(stage.status(home)).toContain(`comment \`/same-as #${older}\` on #${newer}`);
  await expectQuiet();
  expect(stage.status(home)).toContain(words);
  stage.repo.as("ada").closeIssue(older);
  await stage.settle();
  expect(stage.status(home)).not.toContain(words);
}

describe("two issues that may be the same work", () => {
  it("are both named in the status comment, with the command that joins them, until one is closed", async () => {
    const [older, newer] = await inDoubt();
    await expectNamed(older, newer, `may be [#${older}]`);
  });

  it("are foretold by the check, with what to do after the merge", async () => {
    stage = await Stage.start();
    home = await stage.merge({ [PATH]: cache(`${ALERT} - @dev, due 2024-09-20`, RUNBOOK) });
    const older = numberOf(ALERT);
    const files = { [PATH]: cache(`${PAGE} - @lisa, due 2024-10-01`, RUNBOOK) };
    const pull = stage.repo.as("ada").proposeFiles(files, "Other words");
    await stage.settle();
    const said = () => stage.repo.checks(stage.repo.issue(pull.number).pull?.head.sha ?? "").at(-1)?.summary ?? "";
    expect(said()).toContain(`may be [#${older}]`);
    expect(said()).toContain(`comment \`/same-as #${older}\` on its issue after the merge`);
    stage.repo.as("ada").mergePull(pull.number);
    await stage.settle();
    expect(stage.status(home)).toContain(`comment \`/same-as #${older}\` on #${numberOf(PAGE)}`);
  });

  itAtLength("are named no more once the older words are back", async () => {
    const [older] = await inDoubt();
    await stage.merge({ [PATH]: cache(ALERT, PAGE, RUNBOOK) });
    expect(stage.status(home)).not.toContain(`may be [#${older}]`);
  });

  it("are nobody's question where a document was written again from scratch", async () => {
    const many = (words: string) => Array.from({ length: 25 }, (_, at) => `${words} number ${at}`);
    await edit(many(ALERT), many(PAGE));
    expect(stage.status(home)).not.toContain("in other words");
  });

  it("become one: words, owner and date go to the older, and the newer is its duplicate", async () => {
    const [older, newer] = await inDoubt();
    await write(newer, "lisa", `/same-as #${older}`);
    expect(issue(older)).toMatchObject(JOINED.older);
    expect(issue(newer)).toMatchObject({ ...JOINED.newer, of: older });
    expect(await item(older)).toMatchObject({ due: "2024-10-01", originalDue: "2024-09-20" });
    expect(bodyOf(newer)).toContain(`This is the same work as #${older}, where it goes on.`);
    expect(rows()).toEqual([
      `| ⚪ Open | [${PAGE}] | \`@lisa\` | Tue 1 Oct 2024 |`,
      "| ⚪ Open | [Write the runbook] | `@lisa` | Fri 25 Oct 2024 |",
      `| 👯 Duplicate of [#${older}], open | [${PAGE}] | \`@lisa\` | Tue 1 Oct 2024 |`,
    ]);
    expect(stage.status(home)).not.toContain("Needs attention");
    expect(answers(newer)).toEqual([]);
    expect(thumbs(newer)).toEqual([1]);
    await expectQuiet();
  });

  itAtLength("stay one whatever the document says from then on", async () => {
    const [older, newer] = await inDoubt();
    await write(newer, "lisa", `/same-as #${older}`);
    await stage.merge({ [PATH]: cache(RUNBOOK, `${PAGE} too often - @lisa, due 2024-10-01`) });
    expect(issue(older)).toMatchObject({ title: `${PAGE} too often`, state: "open" });
    await stage.loseDatabase();
    await stage.merge({ [PATH]: cache(`${PAGE} - @dev, due 2024-10-01`, RUNBOOK) });
    expect(issue(older)).toMatchObject({ title: PAGE, assignees: ["dev"] });
    expect(issue(newer)).toMatchObject({ state: "closed", stateReason: "duplicate" });
    await stage.merge({ [PATH]: cache(PAGE, RUNBOOK).replace("[ ] Page", "[x] Page") });
    expect(issue(older)).toMatchObject({ state: "closed", stateReason: "completed" });
    expect(stage.trackingIssues()).toHaveLength(3);
  });

  itAtLength("become one with the date and the people that were given to the newer one by hand", async () => {
    const [older, newer] = await inDoubt();
    await write(newer, "lisa", "/assign @ada", "/due 2024-11-05 after the freeze");
    await write(newer, "lisa", `/same-as #${older} they asked for it twice`);
    expect(issue(older).assignees.sort()).toEqual(["ada", "lisa"]);
    expect((await item(older)).due).toBe("2024-11-05");
    await expectQuiet();
  });

  itAtLength("keep their own words where both stand in the document", async () => {
    await edit([ALERT], [ALERT, PAGE]);
    const [older, newer] = [numberOf(ALERT), numberOf(PAGE)];
    await write(newer, "ada", `/same-as #${older}`);
    expect(issue(older)).toMatchObject({ title: ALERT, state: "open" });
    expect(issue(newer)).toMatchObject({ title: PAGE, state: "closed", stateReason: "duplicate", of: older });
    await expectQuiet();
    await stage.merge({ [PATH]: cache(PAGE, RUNBOOK) });
    expect(issue(older)).toMatchObject({ title: PAGE, state: "open" });
    expect(stage.trackingIssues()).toHaveLength(3);
  });

  it("become one across documents", async () => {
    stage = await Stage.start();
    const first = await stage.merge({ [PATH]: cache(ALERT, RUNBOOK) });
    home = await stage.merge({ [PATH]: cache(RUNBOOK), "postmortems/next.md": cache(PAGE).replace("Cache", "Next") });
    const [older, newer] = [numberOf(ALERT), numberOf(PAGE)];
    await write(newer, "ada", `/same-as ${stage.repo.issue(older).number}`);
    expect(issue(older)).toMatchObject({ title: PAGE, state: "open" });
    expect(issue(newer)).toMatchObject({ state: "closed", of: older });
    expect(stage.status(home)).toContain(`issues/${older}`);
    expect(stage.status(first)).not.toContain(`issues/${older}`);
    await expectQuiet();
  });

  describe("where the older left another postmortem in the same change", () => {
    /** So much of it is the same that it may be, and not enough where it stood elsewhere. */
    const FALLS = "Page somebody when the hit rate falls";
    const NEXT = "postmortems/next.md";
    const next = (...items: string[]) => cache(...items).replace("Cache", "Queue");
    const WAYS = ["pull request", "push", "sweep", "removed"] as const;

    /** Moves an item to another postmortem in other words; returns both issues. */
    async function moved(way: (typeof WAYS)[number]): Promise<[older: number, newer: number]> {
      stage = await Stage.start();
      await stage.merge({ [PATH]: cache(ALERT, RUNBOOK) });
      home = await stage.merge({ [NEXT]: next("Drop poison messages") });
      const older = numberOf(ALERT);
      const files = {
        [PATH]: way === "removed" ? null : cache(RUNBOOK),
        [NEXT]: next("Drop poison messages", FALLS),
      };
      if (way === "pull request" || way === "removed") await stage.merge(files);
      else {
        if (way === "sweep") stage.gh.webhooks.drop = ({ event }) => event === "push";
        stage.repo.as("ada").pushDirect(files);
        await stage.settle();
        stage.gh.webhooks.drop = () => false;
        if (way === "sweep") await stage.advanceTo("2024-09-16T11:10:00Z");
      }
      return [older, numberOf(FALLS)];
    }

    it.each(WAYS)("are both named where the newer stands (%s), until one is closed", async (way) => {
      const [older, newer] = await moved(way);
      expect(newer).not.toBe(older);
      await expectNamed(older, newer, `/issues/${newer}) may be [#${older}]`);
    });

    it("are foretold by the check, and become one by the command", async () => {
      stage = await Stage.start();
      await stage.merge({ [PATH]: cache(ALERT, RUNBOOK) });
      home = await stage.merge({ [NEXT]: next("Drop poison messages") });
      const older = numberOf(ALERT);
      const files = { [PATH]: cache(RUNBOOK), [NEXT]: next("Drop poison messages", FALLS) };
      const pull = stage.repo.as("ada").proposeFiles(files, "Other words elsewhere");
      await stage.settle();
      const said = stage.repo.checks(stage.repo.issue(pull.number).pull?.head.sha ?? "").at(-1)?.summary ?? "";
      expect(said).toContain(`may be [#${older}]`);
      stage.repo.as("ada").mergePull(pull.number);
      await stage.settle();
      const newer = numberOf(FALLS);
      await write(newer, "lisa", `/same-as #${older}`);
      expect(issue(older)).toMatchObject({ title: FALLS, state: "open" });
      expect(issue(newer)).toMatchObject({ state: "closed", of: older });
      expect(stage.status(home)).not.toContain("in other words");
      await expectQuiet();
    });

    it("are named no more once the older words are back where they stood", async () => {
      const [older] = await moved("pull request");
      await stage.merge({ [PATH]: cache(ALERT, RUNBOOK) });
      await stage.advanceTo("2024-09-17T09:05:00Z");
      expect(stage.status(home)).not.toContain(`may be [#${older}]`);
    });
  });

  it("are one that a person had opened and one of the App's", async () => {
    stage = await Stage.start();
    const mine = stage.repo.as("ada").openIssue({ title: "Cache is blind" }).number;
    home = await stage.merge({ [PATH]: cache(`${ALERT} (#${mine}) - @dev`, RUNBOOK) });
    await stage.merge({ [PATH]: cache(`${PAGE} - @lisa`, RUNBOOK) });
    const newer = numberOf(PAGE);
    await write(newer, "ada", `/same-as #${mine}`);
    expect(issue(mine)).toMatchObject({ title: "Cache is blind", state: "open" });
    expect(issue(newer)).toMatchObject({ state: "closed", of: mine });
    expect((await item(mine)).base.title).toBe(PAGE);
    await expectQuiet();
  });

  sampled(it, 1).each(["/split", "/reopen", "by hand"])("are two again by %s", async (how) => {
    const [older, newer] = await inDoubt();
    await write(newer, "lisa", `/same-as #${older}`);
    if (how === "by hand") {
      stage.repo.as("ada").reopenIssue(newer);
      await stage.settle();
    } else await write(newer, "lisa", how);
    expect(issue(older)).toMatchObject({ title: ALERT, state: "open", assignees: ["dev"] });
    expect(issue(newer)).toMatchObject({ title: PAGE, state: "open", assignees: ["lisa"], of: null });
    expect(await item(older)).toMatchObject({ due: "2024-09-20", slips: [] });
    expect(bodyOf(newer)).not.toContain("the same work");
    await expectQuiet();
    await write(newer, "lisa", `/same-as #${older}`);
    expect(issue(newer)).toMatchObject({ ...JOINED.newer, of: older });
  });

  itAtLength("are two again by /split on the older one", async () => {
    const [older, newer] = await inDoubt();
    await write(newer, "lisa", `/same-as #${older}`);
    await write(older, "lisa", "/split");
    expect(issue(older)).toMatchObject({ title: ALERT, state: "open", assignees: ["dev"] });
    expect(issue(newer)).toMatchObject({ title: PAGE, state: "open", of: null });
    expect(stage.trackingIssues()).toHaveLength(3);
    await expectQuiet();
  });

  it("become one once, however often it is said", async () => {
    const [older, newer] = await inDoubt();
    await write(newer, "lisa", `/same-as #${older}`, `/same-as acme/shop#${older}`);
    const [link] = stage.status(home).match(new RegExp(`http[^)]*/issues/${older}`)) ?? [];
    await write(newer, "ada", `/same-as ${link}`);
    expect(issue(older)).toMatchObject(JOINED.older);
    expect(issue(newer)).toMatchObject(JOINED.newer);
    expect(answers(newer)).toEqual([]);
    await write(newer, "ada", `/same-as #${numberOf("runbook")}`);
    expect(answers(newer)).toEqual([expect.stringContaining(`closed as a duplicate of #${older} already`)]);
  });

  sampled(it, 2).each([
    ["#9999", "is no action item's issue"],
    ["#1", "is no action item's issue"],
    ["acme/api#2", "is in another repository"],
    ["https://github.com/acme/api/issues/2", "is in another repository"],
    ["itself", "is this issue itself"],
    ["closed", "is closed, so nothing would go on there. Reopen it first"],
    ["deleted", "is gone"],
    ["", "the number is missing. Write it like `/same-as #12`"],
    ["the other one", "the number is missing"],
  ])("are not joined by /same-as %s, which is answered", async (written, said) => {
    const [older, newer] = await inDoubt();
    if (written === "closed") stage.repo.as("ada").closeIssue(older);
    if (written === "deleted") stage.repo.as("ada").deleteIssue(older);
    await stage.settle();
    const ref = { itself: `#${newer}`, closed: `#${older}`, deleted: `#${older}` }[written] ?? written;
    await write(newer, "lisa", `/same-as ${ref}`);
    expect(answers(newer)).toEqual([expect.stringContaining(said)]);
    expect(thumbs(newer)[0]).toBe(0);
    expect(issue(newer)).toMatchObject({ title: PAGE, state: "open" });
  });

  it("are not joined by who is assigned to one of them only", async () => {
    const [older, newer] = await inDoubt();
    stage.gh.user("guest");
    // A member of the organisation may read, and be assigned.
    stage.gh.world.account("acme")?.members.add("guest");
    stage.repo.as("ada").assign(newer, "guest");
    await stage.settle();
    await write(newer, "guest", `/same-as #${older}`);
    expect(answers(newer)).toEqual([expect.stringContaining(`\`#${older}\` is not yours to change`)]);
    expect(issue(newer)).toMatchObject({ title: PAGE, state: "open" });
    stage.repo.as("ada").assign(older, "guest");
    await stage.settle();
    await write(newer, "guest", `/same-as #${older}`);
    expect(issue(newer)).toMatchObject({ state: "closed", of: older });
  });

  itAtLength("are not joined, nor split, by a stranger, who is told once", async () => {
    const [older, newer] = await inDoubt();
    for (const command of [`/same-as #${older}`, "/split"]) await write(newer, "mallory", command);
    expect(answers(newer)).toEqual([expect.stringContaining("nothing was changed: commands are for the assignees")]);
    expect(issue(newer).state).toBe("open");
  });
});

describe("an issue that was taken for other work", () => {
  it("is what it was before by /split, and the new words get an issue of their own", async () => {
    const number = await mistaken();
    await write(number, "lisa", "/split");
    const fresh = numberOf(MYSQL);
    expect(fresh).not.toBe(number);
    expect(issue(number)).toMatchObject(SPLIT.older);
    expect(issue(fresh)).toMatchObject(SPLIT.newer);
    expect(await item(number)).toMatchObject({ due: "2024-09-20", slips: [], leftOn: "2024-09-16" });
    expect(await item(fresh)).toMatchObject({ due: "2024-10-01" });
    expect(thumbs(number)).toEqual([1]);
    await expectQuiet();
    // Nor is it taken for that ever again.
    await stage.merge({ [PATH]: cache(RUNBOOK, `${MYSQL} - @dev`) });
    expect(issue(number)).toMatchObject(SPLIT.older);
    expect(stage.status(home)).not.toContain("in other words");
    await stage.merge({ [PATH]: cache(RUNBOOK, MYSQL, POSTGRES) });
    expect(await item(number)).toMatchObject({ leftOn: null });
    expect(stage.trackingIssues()).toHaveLength(3);
  });

  itAtLength("is open again where the new words were ticked", async () => {
    const number = await mistaken(true);
    expect(issue(number).state).toBe("closed");
    await write(number, "lisa", "/split");
    expect(issue(number)).toMatchObject(SPLIT.older);
    expect(stage.trackingIssues()).toHaveLength(2);
    await expectQuiet();
  });

  itAtLength("keeps the people and the date that it was given by hand", async () => {
    const number = await mistaken();
    await write(number, "lisa", "/assign @ada", "/due 2024-11-05");
    await write(number, "lisa", "/split");
    expect(issue(number).assignees.sort()).toEqual(["ada", "dev"]);
    expect((await item(number)).due).toBe("2024-11-05");
    expect(issue(numberOf(MYSQL)).assignees).toEqual(["lisa"]);
  });

  it("is split once, and whoever says it again is answered", async () => {
    const number = await mistaken();
    await write(number, "lisa", "/split");
    await write(number, "ada", "/split");
    expect(issue(number)).toMatchObject(SPLIT.older);
    expect(stage.trackingIssues()).toHaveLength(3);
    expect(answers(number)).toEqual([expect.stringContaining("nothing is known of its words before")]);
    await write(numberOf("runbook"), "lisa", "/split");
    expect(answers(numberOf("runbook"))).toEqual([expect.stringContaining("this issue is no duplicate")]);
  });

  itAtLength("is joined with the new words' issue again by /same-as", async () => {
    const number = await mistaken();
    await write(number, "lisa", "/split");
    const fresh = numberOf(MYSQL);
    await write(number, "ada", `/same-as #${fresh}`);
    expect(issue(number)).toMatchObject({ state: "closed", stateReason: "duplicate", of: fresh });
    expect(issue(fresh)).toMatchObject({ title: MYSQL, state: "open" });
    await expectQuiet();
  });
});

describe("lines that merge, or split", () => {
  const [DISK, QUEUE] = ["Alert on a full disk", "Alert on a long queue"];

  it("two that merge keep one issue, and the other is its duplicate, which is said", async () => {
    await edit([`${DISK} - @dev`, `${QUEUE} - @lisa`], ["Alert on a full disk and on a long queue - @dev"]);
    const [kept, closed] = [numberOf("full disk and"), numberOf(QUEUE)].sort();
    if (kept === undefined || closed === undefined) throw new Error("no issues");
    const goesOn = issue(kept).state === "open" ? kept : closed;
    const over = goesOn === kept ? closed : kept;
    expect(issue(goesOn)).toMatchObject({ title: "Alert on a full disk and on a long queue", state: "open" });
    expect(issue(over)).toMatchObject({ state: "closed", stateReason: "duplicate", of: goesOn });
    expect(bodyOf(over)).toContain(`This is the same work as #${goesOn}, where it goes on.`);
    expect(stage.status(home)).toContain("👯 Duplicate of");
    expect(stage.trackingIssues()).toHaveLength(3);
    await expectQuiet();
    await write(over, "ada", "/split");
    expect(issue(over)).toMatchObject({ state: "open", of: null });
    await expectQuiet();
    await stage.merge({ [PATH]: cache("Alert on a full disk and on a very long queue - @dev", RUNBOOK) });
    expect(issue(over).state).toBe("open");
  });

  it("one that is split in two keeps its issue on one part, and the other gets its own", async () => {
    await edit(["Alert on a full disk and on a long queue - @dev"], [`${DISK} - @dev`, `${QUEUE} - @lisa`]);
    expect(stage.trackingIssues().map(({ title, state }) => [title, state])).toEqual(
      expect.arrayContaining([
        [DISK, "open"],
        [QUEUE, "open"],
      ]),
    );
    expect(stage.trackingIssues()).toHaveLength(3);
  });

  itAtLength("one that goes beside one that is reworded is not taken for a part of it", async () => {
    await edit([DISK, "Buy more disks for the build servers"], ["Alert on a full disk within a minute"]);
    expect(stage.trackingIssues().map(({ state }) => state)).toEqual(["open", "open", "open"]);
  });
});

describe("whatever fails", () => {
  const STORIES = {
    "/same-as": async () => {
      const [older, newer] = await inDoubt();
      return {
        say: () => write(newer, "lisa", `/same-as #${older}`),
        check: () => {
          expect(issue(older)).toMatchObject(JOINED.older);
          expect(issue(newer)).toMatchObject({ ...JOINED.newer, of: older });
          expect(thumbs(newer)).toEqual([1]);
          expect(stage.trackingIssues()).toHaveLength(3);
        },
      };
    },
    "/split of a duplicate": async () => {
      const [older, newer] = await inDoubt();
      await write(newer, "lisa", `/same-as #${older}`);
      return {
        say: () => write(newer, "lisa", "/split"),
        check: () => {
          expect(issue(older)).toMatchObject({ title: ALERT, state: "open", assignees: ["dev"] });
          expect(issue(newer)).toMatchObject({ title: PAGE, state: "open", assignees: ["lisa"] });
          expect(thumbs(newer)).toEqual([1, 1]);
          expect(stage.trackingIssues()).toHaveLength(3);
        },
      };
    },
    "/split of a rewording": async () => {
      const number = await mistaken();
      return {
        say: () => write(number, "lisa", "/split"),
        check: () => {
          expect(issue(number)).toMatchObject(SPLIT.older);
          expect(issue(numberOf(MYSQL))).toMatchObject(SPLIT.newer);
          expect(thumbs(number)).toEqual([1]);
          expect(stage.trackingIssues()).toHaveLength(3);
        },
      };
    },
  };
  const stories = Object.entries(STORIES);
  /** Each takes so many requests at most. */
  const MOST_REQUESTS = 26;
  const cuts = stories.flatMap(([name, story]) =>
    Array.from({ length: MOST_REQUESTS }, (_, at) => at + 1).flatMap((nth) =>
      (["reset-before", "reset-after"] as const).map((kind) => ({ name, story, nth, kind })),
    ),
  );

  it.each(stories)("%s costs no more requests than are cut below", async (_, story) => {
    const { say, check } = await story();
    const asked = stage.gh.requests.length;
    await say();
    expect(stage.spent(asked)).toBeLessThanOrEqual(MOST_REQUESTS);
    check();
  });

  sampled(it, 3).each(cuts)("$name is done once where request $nth is cut ($kind)", async ({ story, nth, kind }) => {
    const { say, check } = await story();
    stage.gh.faults.add({ nth, fault: { kind } });
    await say();
    await later();
    stage.gh.faults.clear();
    await stage.service.tick();
    await later();
    check();
  });

  sampled(it, 1).each(cuts)(
    "$name is done once where the database is lost after request $nth was cut ($kind)",
    async ({ story, nth, kind }) => {
      const { say, check } = await story();
      stage.gh.faults.add({ nth, fault: { kind } });
      await say();
      await stage.loseDatabase();
      await later();
      stage.gh.faults.clear();
      await stage.service.tick();
      await later();
      check();
    },
  );

  it("a split that the rebuild found half done is approved, not turned down", async () => {
    const { say, check } = await STORIES["/split of a duplicate"]();
    // The write of the other issue is the last that is seen.
    const before = stage.gh.requests.length;
    stage.gh.faults.add({ method: "PATCH", path: /\/issues\/\d+$/, fault: { kind: "reset-after" } });
    await say();
    expect(stage.spent(before, "PATCH")).toBe(1);
    await stage.loseDatabase();
    await later();
    check();
  });

  sampled(it, 1).each(stories)("%s is carried out by the next sweep where no webhook told of it", async (_, story) => {
    const { say, check } = await story();
    stage.gh.webhooks.drop = () => true;
    await say();
    stage.gh.webhooks.drop = () => false;
    await stage.advanceTo("2024-09-16T11:10:00Z");
    check();
  });
});
