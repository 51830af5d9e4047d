/** A person's own word on their nudges: it holds in all repositories of the installation, and is found again on GitHub. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RepositoryHandle } from "../../emulator/handles.js";
import { parseMuteMarker } from "../../src/render/marker.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const PATH = "postmortems/cache.md";
const document = (...rows: readonly string[]) =>
  `# Cache bug\n\n**Date:** 2024-09-10\n\n## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n${rows.map((row) => `| ${row} |`).join("\n")}\n`;
const nudges = (repo: RepositoryHandle = stage.repo) =>
  [...repo.state.comments.values()].filter(({ body }) => body.includes("follow-through:nudge"));
/** Where they say it; what they say there is no answer on the overdue one. */
const PLANS = "Plan it | @dev | 2024-12-17";
const issue = () => stage.trackingIssues().find(({ title }) => title === "Plan it")?.number ?? 0;
const answers = () => stage.repo.comments(issue()).filter(({ body }) => body.includes("follow-through:mute"));
const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";

async function say(words: string): Promise<void> {
  stage.repo.as("dev").comment(issue(), words);
  await stage.settle();
}

/** The App's answer to a command of somebody's that cannot be carried out. */
async function answerAfter(login: string) {
  stage.repo.as(login).comment(issue(), "/mute blursday");
  await stage.settle();
  return [...stage.repo.state.comments.values()].find(({ body }) => body.includes("`/mute blursday`"));
}

async function loseDatabase(): Promise<void> {
  await stage.loseDatabase();
  await stage.service.tick();
  await stage.settle();
}

describe("/mute", () => {
  it("keeps nudges away in another repository too, which the digest says, also after the database was lost", async () => {
    const other = stage.gh.repository("acme/pay", {
      members: { ada: "write", dev: "triage" },
      files: { "README.md": "" },
    });
    stage.installation.addRepository("acme/pay");
    await stage.settle();
    await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
    const actor = other.as("ada");
    actor.mergePull(
      actor.proposeFiles({ [PATH]: document("Pay faster | @dev | 2024-09-17") }, "Add a postmortem").number,
    );
    await stage.settle();
    await say("/mute 2 weeks");
    expect(answers().map(({ body }) => body.split("\n")[0])).toEqual([
      "@dev, you get no overdue comments until Mon 30 Sep 2024, in any repository of this installation. Digests list your items all the same. `/unmute` ends it sooner.",
    ]);
    await loseDatabase();
    for (const day of ["18", "19", "23", "27"]) await stage.advanceTo(`2024-09-${day}T09:05:00Z`);
    expect([...nudges(), ...nudges(other)]).toEqual([]);
    expect(digest()).toContain("left alone: who would be asked is muted");
    for (const day of ["02", "03", "04", "07"]) await stage.advanceTo(`2024-10-${day}T09:05:00Z`);
    expect([nudges().length, nudges(other).length]).toEqual([1, 1]);
  });

  it("ends with /unmute, and the last word counts after the database was lost", async () => {
    await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
    await say("/mute 2 weeks");
    await say("/unmute");
    expect(answers()).toHaveLength(2);
    await loseDatabase();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges()).toHaveLength(1);
  });

  it("counts where a comment was edited into it, also after the database was lost", async () => {
    await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
    const { id } = stage.repo.as("dev").comment(issue(), "/mute blursday");
    await stage.settle();
    stage.gh.clock.advance(60_000);
    stage.repo.as("dev").editComment(id, "/mute 2 weeks");
    await stage.settle();
    expect(answers()).toHaveLength(1);
    await loseDatabase();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges()).toEqual([]);
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(nudges()).toHaveLength(1);
  });

  describe("forged by an edit of an answer of the App's, and the database lost", () => {
    const forged = (person: string, until: string, key = "reply:1") =>
      `Fine.\n\n<!-- follow-through:reply {"v":2,"key":"${key}"} -->\n<!-- follow-through:mute {"v":2,"person":"${person}","until":"${until}","at":"2024-09-16T09:00:00Z"} -->`;
    const statusComment = () => [...stage.repo.state.comments.values()].find(({ body }) => body.includes(":status "));

    sampled(it, 1).each([
      ["another's answer", () => answerAfter("lisa")],
      ["the status comment", async () => statusComment()],
      ["an answer to the person themselves", () => answerAfter("dev")],
    ])("mutes nobody: %s", async (_, find) => {
      await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
      const comment = await find();
      expect(comment).toBeDefined();
      stage.gh.clock.advance(60_000);
      stage.repo.as("ada").editComment(comment?.id ?? 0, `${comment?.body}\n${forged("dev", "2024-10-30")}`);
      stage.repo.as("ada").editComment(comment?.id ?? 0, forged("dev", "2024-10-30"));
      await loseDatabase();
      await stage.advanceTo("2024-09-18T09:05:00Z");
      expect(nudges()).toHaveLength(1);
    });

    it("leaves what was asked for as it was carried out, where the comment still says it", async () => {
      await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
      await say("/mute 2 weeks");
      const [answer] = answers();
      stage.gh.clock.advance(60_000);
      stage.repo.as("ada").editComment(answer?.id ?? 0, `${answer?.body}\nThanks!`);
      await loseDatabase();
      await stage.advanceTo("2024-09-18T09:05:00Z");
      expect(nudges()).toEqual([]);
    });

    it("ends no mute: what is edited to end it sooner or later is passed over", async () => {
      await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
      await say("/mute 2 weeks");
      const [answer] = answers();
      stage.gh.clock.advance(60_000);
      stage.repo.as("ada").editComment(answer?.id ?? 0, answer?.body.replaceAll("2024-09-30", "2024-11-30") ?? "");
      await loseDatabase();
      await stage.advanceTo("2024-10-01T09:05:00Z");
      expect(nudges()).toHaveLength(1);
    });
  });

  it("is nobody's but whoever wrote it, and asks for an end", async () => {
    await stage.merge({ [PATH]: document("Watch it | @dev | 2024-09-17", PLANS) });
    await say("/mute");
    expect(answers()).toEqual([]);
    stage.repo.as("lisa").comment(issue(), "/mute 2 weeks");
    await stage.settle();
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges()).toHaveLength(1);
  });

  it("counts no further than a command can ask, whoever edits the answer", () => {
    const said = (until: string) =>
      `<!-- follow-through:mute {"v":2,"person":"dev","until":"${until}","at":"2024-09-16T09:00:00Z"} -->`;
    expect(parseMuteMarker(said("2024-12-15"))?.person).toBe("dev");
    expect(parseMuteMarker(said("2099-01-01"))).toBeNull();
  });
});

describe("the policy's `mute`", () => {
  sampled(it, 2).each([
    ["always", 0, ""],
    ["mentions", 1, "`@dev`, this action item"],
    ["never", 1, "@dev, this action item"],
  ])("%s", async (how, comments, begins) => {
    const policy = `mute: { Dev: ${how} }\n`;
    await stage.merge({ ".github/follow-through.yml": policy, [PATH]: document("Watch it | @dev | 2024-09-17") });
    await stage.advanceTo("2024-09-18T09:05:00Z");
    expect(nudges()).toHaveLength(comments);
    expect(nudges()[0]?.body ?? "").toMatch(begins === "" ? /^$/ : new RegExp(`^${begins}`));
  });
});
