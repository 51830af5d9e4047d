/** What a guard held back is opened from GitHub: by a comment on the pull request, once, whoever else writes whatever there. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  const policy = "guards:\n  max_new_items: 3\n";
  stage = await Stage.start({ files: { ".github/follow-through.yml": policy, [OLD]: oven(TWO, "2023-01-10") } });
  stage.gh.user("mallory");
});
afterEach(() => stage.close());

const PATH = "postmortems/oven.md";
/** There before the App, of an incident long past. */
const OLD = "postmortems/old.md";
const TWO = "- [ ] Oil the door - @lisa\n- [ ] Buy a timer - @dev\n";
const MANY = Array.from({ length: 4 }, (_, index) => `- [ ] Paint the wall that is numbered ${index}\n`).join("");
const oven = (items: string, date = "2024-09-12") => `# Oven cold\n\n**Date:** ${date}\n\n## Action items\n\n${items}`;

const OPEN = "/follow-through open";

/** Opening {@link MANY} takes so many requests at most. */
const MOST_REQUESTS = 21;
const CUTS = Array.from({ length: MOST_REQUESTS }, (_, at) => at + 1).flatMap((nth) =>
  (["reset-before", "reset-after"] as const).map((kind) => [nth, kind] as const),
);

/** A merged pull request whose items are held back; `old` by their age, else by their number. */
async function held(why: "old" | "many"): Promise<number> {
  const typo = `${oven(TWO, "2023-01-10")}\nA typo less.\n`;
  return stage.merge(why === "many" ? { [PATH]: oven(MANY) } : { [OLD]: typo });
}

async function write(number: number, login: string, body: string): Promise<number> {
  const { id } = stage.repo.as(login).comment(number, body);
  await stage.settle();
  return id;
}

const answers = (number: number) =>
  stage.repo
    .comments(number)
    .filter(({ viaApp, body }) => viaApp && !body.includes("follow-through:status"))
    .map(({ body }) => body.split("\n")[0]);
const isApproved = (number: number, id: number) =>
  stage.repo.comments(number).some((one) => one.id === id && one.reactions.some(({ content }) => content === "+1"));

/** Time enough for what failed to be tried again, and looked for twice. */
async function later(): Promise<void> {
  for (let hour = 0; hour < 3; hour++) {
    stage.gh.clock.advance(3_600_000);
    await stage.settle();
  }
}

describe("what a guard held back", () => {
  it.each([
    ["old", 2],
    ["many", 4],
  ] as const)("as %s is opened by a comment of somebody with triage access, once", async (why, issues) => {
    const pull = await held(why);
    expect(stage.status(pull)).toContain(`comment \`${OPEN}\` on this pull request`);
    expect(stage.trackingIssues()).toHaveLength(0);
    const id = await write(pull, "ada", `Yes, please.\n\n${OPEN}`);
    expect(stage.trackingIssues()).toHaveLength(issues);
    expect(isApproved(pull, id)).toBe(true);
    expect(stage.status(pull)).not.toContain(OPEN);
    expect(answers(pull)).toEqual([]);
    const requests = stage.gh.requests.length;
    await stage.recover();
    expect(stage.trackingIssues()).toHaveLength(issues);
    expect(stage.spent(requests, "POST")).toBe(0);
  });

  it("is opened at the merge where that was asked for before", async () => {
    const ada = stage.repo.as("ada");
    const pull = ada.proposeFiles({ [PATH]: oven(MANY) }, "Add a postmortem").number;
    await stage.settle();
    const id = await write(pull, "ada", OPEN);
    expect(stage.trackingIssues()).toHaveLength(0);
    ada.mergePull(pull);
    await stage.settle();
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(isApproved(pull, id)).toBe(true);
  });

  it("is opened by the next sweep where no webhook told of the comment", async () => {
    const pull = await held("many");
    stage.gh.webhooks.drop = () => true;
    const id = await write(pull, "ada", OPEN);
    stage.gh.webhooks.drop = () => false;
    expect(stage.trackingIssues()).toHaveLength(0);
    await stage.advanceTo("2024-09-16T11:10:00Z");
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(isApproved(pull, id)).toBe(true);
  });

  it("is held again by a later guard, though the database is lost: a comment is handled once", async () => {
    const pull = await held("many");
    await write(pull, "ada", OPEN);
    await stage.loseDatabase();
    await stage.merge({ [PATH]: oven(MANY + MANY.replaceAll("wall", "floor")) });
    await stage.recover();
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(stage.status(pull)).toContain(OPEN);
    await write(pull, "ada", OPEN);
    expect(stage.trackingIssues()).toHaveLength(8);
  });

  it("stays held where a stranger asks, who is told once", async () => {
    const pull = await held("many");
    for (let i = 0; i < 2; i++) await write(pull, "mallory", OPEN);
    expect(stage.trackingIssues()).toHaveLength(0);
    expect(answers(pull)).toEqual([
      "@mallory, nothing was changed: commands on a pull request are for people with triage or write access. Ask one of them to write it.",
    ]);
  });

  sampled(it, 3).each([
    [
      "/follow-through",
      /^@ada, `\/follow-through` was not carried out: it is no command. If you mean `\/follow-through open`, edit your comment/,
    ],
    ["/follow-through opne", /^@ada, `\/follow-through opne` was not carried out/],
    // What was carried out of a comment bars its edits.
    ["/follow-through opne\n/unrelated #7", /If you mean `\/follow-through open`, write that in a new comment\.$/],
    ["/followthrough open", /^@ada, `\/followthrough open` was not carried out/],
    ["> /follow-through open", null],
    ["`/follow-through open`", null],
    ["/approve", null],
    ["/done", null],
  ])("stays held by %s, which is answered where it is nearly the command", async (body, answer) => {
    const pull = await held("many");
    await write(pull, "ada", body);
    expect(stage.trackingIssues()).toHaveLength(0);
    expect(answers(pull)).toEqual(answer ? [expect.stringMatching(answer)] : []);
  });

  it("costs no more requests than are cut below", async () => {
    const pull = await held("many");
    const asked = stage.gh.requests.length;
    await write(pull, "ada", OPEN);
    expect(stage.spent(asked)).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  sampled(it, 4).each(CUTS)("is opened once where request %i is cut (%s)", async (nth, kind) => {
    const pull = await held("many");
    stage.gh.faults.add({ nth, fault: { kind } });
    const id = await write(pull, "ada", OPEN);
    await later();
    stage.gh.faults.clear();
    expect(stage.trackingIssues()).toHaveLength(4);
    expect(isApproved(pull, id)).toBe(true);
    expect(answers(pull)).toEqual([]);
    expect(stage.status(pull)).toContain("0 of 4 action items done");
    expect(stage.status(pull)).not.toContain(OPEN);
  });

  sampled(it, 2).each([403, 404, 410, 422, 451])(
    "is opened but for the one that GitHub refuses with %i, which is told",
    async (status) => {
      const pull = await held("many");
      const body = { message: status === 410 ? "This issue was deleted" : "No" };
      stage.gh.faults.add({ nth: 2, method: "POST", path: /\/issues$/, fault: { kind: "answer", status, body } });
      const id = await write(pull, "ada", OPEN);
      stage.gh.faults.clear();
      expect(stage.trackingIssues()).toHaveLength(3);
      expect(isApproved(pull, id)).toBe(true);
      expect(stage.status(pull)).toContain("could not be opened");
      await stage.advanceTo("2024-09-16T14:10:00Z");
      expect(stage.trackingIssues()).toHaveLength(4);
      expect(stage.status(pull)).not.toContain("could not be opened");
      expect(answers(pull)).toEqual([]);
    },
  );

  describe("by a comment that is edited into the request", () => {
    const edit = async (id: number, login: string, body: string) => {
      stage.gh.clock.advance(60_000);
      stage.repo.as(login).editComment(id, body);
      await stage.settle();
    };

    it.each(["Looks fine.", "/follow-through opne"])("of its author (before: %s) is opened, once", async (before) => {
      const pull = await held("many");
      const id = await write(pull, "ada", before);
      await edit(id, "ada", OPEN);
      expect(stage.trackingIssues()).toHaveLength(4);
      expect(isApproved(pull, id)).toBe(true);
      const said = answers(pull).length;
      await edit(id, "ada", `${OPEN}\n\nThank you.`);
      expect(answers(pull)).toHaveLength(said);
      await stage.loseDatabase();
      await stage.merge({ [PATH]: oven(MANY + MANY.replaceAll("wall", "floor")) });
      await stage.recover();
      expect(stage.trackingIssues()).toHaveLength(4);
    });

    it("has the answer to what it was taken back where it asks for nothing any more", async () => {
      const pull = await held("many");
      const id = await write(pull, "ada", "/follow-through opne");
      expect(answers(pull)).toHaveLength(1);
      await edit(id, "ada", "Never mind.");
      expect(answers(pull)).toEqual([]);
    });

    it("of somebody else's stays held, which is told to who edited it", async () => {
      const pull = await held("many");
      const id = await write(pull, "dev", "Looks fine.");
      await edit(id, "ada", OPEN);
      expect(stage.trackingIssues()).toHaveLength(0);
      expect(answers(pull)).toEqual([expect.stringContaining("@ada, nothing was changed: a comment counts only as")]);
    });

    it("that only a sweep found stays held, which is told", async () => {
      const pull = await held("many");
      const id = await write(pull, "ada", "Looks fine.");
      stage.gh.webhooks.drop = () => true;
      await edit(id, "ada", OPEN);
      stage.gh.webhooks.drop = () => false;
      await stage.advanceTo("2024-09-16T12:10:00Z");
      expect(stage.trackingIssues()).toHaveLength(0);
      expect(answers(pull)).toEqual([expect.stringContaining("@ada, nothing was changed: your comment was edited")]);
    });

    sampled(it, 2).each(CUTS)("is opened once where request %i is cut (%s)", async (nth, kind) => {
      const pull = await held("many");
      const id = await write(pull, "ada", "Looks fine.");
      await write(pull, "ada", "/unrelated #999");
      stage.gh.faults.add({ nth, fault: { kind } });
      await edit(id, "ada", OPEN);
      await later();
      stage.gh.faults.clear();
      expect(stage.trackingIssues()).toHaveLength(4);
      expect(isApproved(pull, id)).toBe(true);
      expect(answers(pull)).toEqual([]);
    });
  });

  it("is nothing where nothing is held, which is said", async () => {
    const pull = await stage.merge({ [PATH]: oven(TWO) });
    await write(pull, "ada", OPEN);
    expect(stage.trackingIssues()).toHaveLength(2);
    expect(answers(pull)).toEqual([
      "@ada, nothing is held back in the postmortems of this pull request, so there is nothing to open.",
    ]);
  });
});
