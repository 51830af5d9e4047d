/** A postmortem whose pull request stays open is late itself: its author is reminded once, and the digest names it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { another, TABLE } from "../fixtures/documents.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
});
afterEach(() => stage.close());

const propose = async (files: Record<string, string>): Promise<number> => {
  const { number } = stage.repo.as("ada").proposeFiles(files, "Postmortem of the cache");
  await stage.settle();
  return number;
};
const reminders = (pull: number) =>
  stage.repo.comments(pull).filter(({ body }) => body.includes("follow-through:review"));
const branchOf = (pull: number) => stage.repo.state.issues.get(pull)?.pull?.head.ref ?? "";
const digest = () => stage.repo.issues.find(({ title }) => title.startsWith("Weekly digest"))?.body ?? "";

describe("a pull request with a postmortem, opened on Mon 16 Sep 2024", () => {
  it("is reminded of once, after ten business days, and named in the digest until it is merged", async () => {
    const pull = await propose({ "postmortems/cache.md": TABLE });
    await stage.advanceTo("2024-09-30T09:05:00Z");
    expect(reminders(pull)).toHaveLength(0);
    expect(digest()).toBe("");
    await stage.advanceTo("2024-10-01T09:05:00Z");
    expect(reminders(pull).map(({ body }) => body.split("\n")[0])).toEqual([
      "@ada, this postmortem has been in review since Mon 16 Sep 2024, longer than 10 business days.",
    ]);
    await stage.advanceTo("2024-10-07T09:05:00Z");
    expect(reminders(pull)).toHaveLength(1);
    expect(digest()).toContain("**📝 Postmortems in review for too long: 1**");
    expect(digest()).toMatch(/- \[Postmortem of the cache\]\(\S+\): open since Mon 16 Sep 2024 · `@ada`/);
    stage.repo.as("ada").mergePull(pull);
    await stage.settle();
    await stage.advanceTo("2024-10-14T09:05:00Z");
    expect(digest()).not.toContain("in review for too long");
    expect(reminders(pull)).toHaveLength(1);
  });

  it("is known after the database was lost: no second reminder, and the digest names it", async () => {
    const pull = await propose({ "postmortems/cache.md": TABLE });
    await stage.merge({ "postmortems/other.md": another(TABLE, "again") });
    // That day she is asked about an item of the other one.
    await stage.advanceTo("2024-10-01T09:05:00Z");
    expect(reminders(pull)).toHaveLength(0);
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(reminders(pull)).toHaveLength(1);
    const { store } = stage.service.context;
    await store.forgetProjection(stage.repo.state.id);
    await store.changeRepository(stage.repo.state.id, { rebuiltAt: null });
    await stage.advanceTo("2024-10-07T09:05:00Z");
    await stage.advanceTo("2024-10-08T09:05:00Z");
    expect(reminders(pull)).toHaveLength(1);
    expect(digest()).toContain("in review for too long: 1");
  });

  it.each<[string, (pull: number) => void]>([
    ["was closed", (pull) => stage.repo.as("ada").closeIssue(pull)],
    ["asks to be left alone", (pull) => stage.repo.as("ada").label(pull, "no-follow-through")],
    [
      "brings a postmortem no more",
      (pull) =>
        void stage.repo
          .as("ada")
          .commitFiles({ branch: branchOf(pull), files: { "postmortems/cache.md": null, "docs/a.md": "x" } }),
    ],
  ])("that %s is left alone", async (_, act) => {
    const pull = await propose({ "postmortems/cache.md": TABLE });
    act(pull);
    await stage.settle();
    await stage.advanceTo("2024-10-07T09:05:00Z");
    expect(reminders(pull)).toHaveLength(0);
    expect(digest()).toBe("");
  });

  it("is left alone where the policy says so, and counted by its days", async () => {
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "review: { within: null }\n" });
    const pull = await propose({ "postmortems/cache.md": TABLE });
    await stage.advanceTo("2024-10-07T09:05:00Z");
    expect(reminders(pull)).toHaveLength(0);
    stage.repo.as("ada").pushDirect({ ".github/follow-through.yml": "review: { within: 16 business days }\n" });
    await stage.settle();
    await stage.advanceTo("2024-10-08T09:05:00Z");
    expect(reminders(pull)).toHaveLength(0);
    await stage.advanceTo("2024-10-09T09:05:00Z");
    expect(reminders(pull)).toHaveLength(1);
  });

  it("that is locked holds up nothing: it is tried again, and the others are told", async () => {
    const locked = await propose({ "postmortems/cache.md": TABLE });
    const other = await (async () => {
      const { number } = stage.repo
        .as("lisa")
        .proposeFiles({ "postmortems/two.md": another(TABLE, "again") }, "Another");
      await stage.settle();
      return number;
    })();
    stage.repo.as("ada").lock(locked);
    await stage.advanceTo("2024-10-01T09:05:00Z");
    expect([reminders(locked).length, reminders(other).length]).toEqual([0, 1]);
  });
});

it("an edit of a postmortem, and a pull request without one, hold nothing up", async () => {
  await stage.merge({ "postmortems/cache.md": TABLE });
  const edit = await propose({ "postmortems/cache.md": `${TABLE}\nMore.\n` });
  const none = await propose({ "README.md": "# Shop\n" });
  await stage.advanceTo("2024-10-07T09:05:00Z");
  expect([reminders(edit).length, reminders(none).length]).toEqual([0, 0]);
});
