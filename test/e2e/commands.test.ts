/** What people ask for in comments on tracking issues: moved dates, rest, owners, ends, and who may ask. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { another } from "../fixtures/documents.js";
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

const { watch, bodyOf, own, thumbs, item, write, writes } = commenting(() => stage);
const nudges = (number: number) => own(number).filter(({ body }) => body.includes("follow-through:nudge"));

describe("a due date", () => {
  it("is moved by whoever is assigned, and the first one stays on record", async () => {
    const number = watch();
    const from = stage.gh.requests.length;
    await write(number, "dev", "I need a hand here.", "", "/due 2024-10-04 the vendor is late");
    expect(bodyOf(number)).toContain("| **Due** | **Fri 4 Oct 2024** (moved by dev) |");
    expect(bodyOf(number)).toContain(
      "once: from Fri 20 Sep 2024 to Fri 4 Oct 2024, by dev on Mon 16 Sep 2024: the vendor is late",
    );
    expect(thumbs(number)).toEqual([1, 0]);
    expect(own(number)[0]?.body).toContain("@dev, due Fri 4 Oct 2024.");
    expect(stage.status(home)).toContain("Fri 4 Oct 2024");
    expect(await item(number)).toMatchObject({ originalDue: "2024-09-20", nextNudgeOn: "2024-10-05" });
    // One 👍, one answer, one change of the issue, one of the status comment.
    expect(writes(from).map(({ method }) => method)).toEqual(["POST", "POST", "PATCH", "PATCH"]);
  });

  it("is counted from the day the comment was written, not from when it is read", async () => {
    stage.gh.webhooks.hold();
    stage.repo.as("dev").comment(watch(), "/due in 2 weeks");
    stage.gh.clock.set(new Date("2024-09-18T08:00:00Z"));
    stage.gh.webhooks.release();
    await stage.settle();
    expect(bodyOf(watch())).toContain("**Mon 30 Sep 2024**");
  });

  it("is counted in the policy's time zone", async () => {
    await stage.merge({ ".github/follow-through.yml": "time_zone: Asia/Tokyo\n" });
    // There it is Tuesday already.
    stage.gh.clock.set(new Date("2024-09-16T16:00:00Z"));
    await write(watch(), "dev", "/due in 1 week");
    expect(bodyOf(watch())).toContain("**Tue 24 Sep 2024**");
  });

  it("stands where the document moves it too, which is shown, until the two agree", async () => {
    const number = watch();
    await write(number, "dev", "/due 2024-10-04");
    await stage.merge({ [PATH]: TABLE.replace("2024-09-20", "2024-10-11") });
    expect(bodyOf(number)).toContain("**Fri 4 Oct 2024**");
    expect(stage.status(home)).toContain(
      "differ on the due date: “2024-10-11” in the postmortem, “2024-10-04” on the issue",
    );
    await stage.merge({ [PATH]: TABLE.replace("2024-09-20", "2024-10-04") });
    expect(stage.status(home)).not.toContain("was changed both");
    expect((await item(number)).slips).toHaveLength(1);
    // From here on the document leads again.
    await stage.merge({ [PATH]: TABLE.replace("2024-09-20", "2024-10-18") });
    expect(bodyOf(number)).toContain("**Fri 18 Oct 2024**");
  });

  it("stays where a later edit of the document does not speak of it", async () => {
    await write(watch(), "dev", "/due 2024-10-04");
    await stage.merge({ [PATH]: TABLE.replace("Watch the hit rate", "Watch the hit rate of each node") });
    expect(bodyOf(watch())).toContain("**Fri 4 Oct 2024**");
    expect(stage.status(home)).not.toContain("Needs attention");
  });

  sampled(it, 2).each([
    ["/due", "a date is missing"],
    ["/due blursday", "it names no day"],
    ["/due 2024-02-30", "there is no day 2024-02-30"],
    ["/due 03/04/2025", "it could be day first or month first"],
    ["/due 2023-10-01", "Sun 1 Oct 2023 is not in the future"],
  ])("%s is answered once, and changes nothing", async (command, said) => {
    const number = watch();
    const before = await item(number);
    await write(number, "dev", command);
    expect(own(number)).toHaveLength(1);
    expect(own(number)[0]?.body).toMatch(/^@dev, `\/due/);
    expect(own(number)[0]?.body).toContain(said);
    expect(own(number)[0]?.body).toContain("Write the date like");
    expect(thumbs(number)).toEqual([0, 0]);
    expect((await item(number)).due).toBe(before.due);
  });
});

describe("rest", () => {
  it("keeps reminders away until its day; the item stays overdue, and says it is snoozed", async () => {
    const number = watch();
    await write(number, "dev", "/snooze until 2024-10-02 on holiday");
    await stage.advanceTo("2024-09-30T09:05:00Z");
    expect(nudges(number)).toHaveLength(0);
    expect(bodyOf(number)).toContain("| **Snoozed** | until Wed 2 Oct 2024, by dev on Mon 16 Sep 2024: on holiday |");
    const digest = stage.repo.issues.find((issue) => issue.title.startsWith("Weekly digest"));
    expect(digest?.body).toContain("10 days overdue · snoozed until Wed 2 Oct 2024");
    await stage.advanceTo("2024-10-02T09:05:00Z");
    expect(nudges(number)).toHaveLength(1);
  });

  it("takes ninety days at once", async () => {
    await write(watch(), "dev", "/snooze 1 year");
    expect(own(watch())[0]?.body).toContain("until Sun 15 Dec 2024");
    expect((await item(watch())).snoozes).toEqual([]);
  });
});

describe("a waiver", () => {
  it("for good closes the issue as not planned, and is no success", async () => {
    const number = watch();
    await write(number, "ada", "/waive the cache goes away in October");
    expect(stage.repo.issue(number)).toMatchObject({ state: "closed", stateReason: "not_planned" });
    expect(stage.status(home)).toContain("0 of 2 action items done, 1 waived");
    expect(stage.status(home)).toContain("| 🚫 Waived |");
    expect(stage.status(home)).toContain("the cache goes away in October");
    await stage.advanceTo("2024-09-23T09:05:00Z");
    const digest = stage.repo.issues.find((issue) => issue.title.startsWith("Weekly digest"));
    expect(digest?.body).toContain(": waived: the cache goes away in October");
  });

  it("until a day leaves it open and silent, and then it is asked about again", async () => {
    const number = watch();
    await write(number, "ada", "/waive code freeze until 2024-10-01");
    expect(stage.repo.issue(number).state).toBe("open");
    await stage.advanceTo("2024-09-30T09:05:00Z");
    expect(nudges(number)).toHaveLength(0);
    expect(stage.status(home)).toContain("until Tue 1 Oct 2024: code freeze");
    await stage.advanceTo("2024-10-01T09:05:00Z");
    expect(nudges(number)).toHaveLength(1);
    expect(stage.status(home)).toContain("1 overdue");
  });

  it.each([
    ["/reopen", () => write(watch(), "dev", "/reopen")],
    [
      "reopening it by hand",
      async () => {
        stage.repo.as("lisa").reopenIssue(watch());
        await stage.settle();
      },
    ],
  ])("is lifted by %s", async (_, lift) => {
    await write(watch(), "dev", "/waive not worth it");
    await lift();
    expect(stage.repo.issue(watch()).state).toBe("open");
    expect((await item(watch())).waiver).toBeNull();
    expect(bodyOf(watch())).not.toContain("**Waived**");
    expect(stage.status(home)).not.toContain("waived");
  });

  it("needs a reason", async () => {
    await write(watch(), "dev", "/waive");
    expect(own(watch())[0]?.body).toContain("a reason is missing");
    expect(stage.repo.issue(watch()).state).toBe("open");
  });
});

describe("owners and ends", () => {
  it("are changed on the issue, and the document does not change them back", async () => {
    const number = watch();
    await write(number, "dev", "/unassign", "/assign @lisa @ADA");
    expect(stage.repo.issue(number).assignees.map(({ login }) => login)).toEqual(["ada", "lisa"]);
    await write(number, "lisa", "/done see the dashboard");
    expect(stage.repo.issue(number)).toMatchObject({ state: "closed", stateReason: "completed" });
    expect(stage.status(home)).toContain("1 of 2 action items done");
    await stage.merge({ [PATH]: `${TABLE}\nMore is known now.\n` });
    expect(stage.repo.issue(number)).toMatchObject({ state: "closed" });
    expect(stage.repo.issue(number).assignees.map(({ login }) => login)).toEqual(["ada", "lisa"]);
  });

  it("who cannot be assigned is said, and the rest of the comment still counts", async () => {
    const number = watch();
    await write(number, "dev", "/assign @eve", "/due 2024-10-04", "/assign @acme/web");
    expect(own(number)).toHaveLength(1);
    expect(own(number)[0]?.body).toContain("`@eve` cannot be assigned in this repository");
    expect(own(number)[0]?.body).toContain("`@acme/web` is no login");
    expect(thumbs(number)).toEqual([1, 0]);
    expect((await item(number)).due).toBe("2024-10-04");
  });

  it("also of an issue that was there before and was adopted", async () => {
    const number = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible" }).number;
    stage.repo.as("dev").comment(number, "/assign @ada");
    await stage.merge({
      "postmortems/b.md": another(TABLE, "again").replace("Watch the hit rate", `Watch the hit rate (#${number})`),
    });
    // What was written before it was adopted was not meant for the App.
    expect(stage.repo.issue(number).assignees).toEqual([]);
    await write(number, "ada", "/assign", "/waive duplicate");
    expect(stage.repo.issue(number)).toMatchObject({ state: "closed", stateReason: "not_planned" });
    expect(stage.repo.issue(number).assignees.map(({ login }) => login)).toEqual(["ada"]);
    expect(own(number)[0]?.body).toContain("| **Waived** | by ada on Mon 16 Sep 2024: duplicate |");
  });

  it("/help is answered with what there is", async () => {
    await write(watch(), "dev", "/help");
    expect(own(watch())[0]?.body).toContain("| `/due DATE [reason]` | moves the due date");
  });
});

describe("who is not asked", () => {
  it("a stranger changes nothing, and is told so once, however often it is delivered", async () => {
    stage.gh.webhooks.duplicate = () => true;
    const number = watch();
    await write(number, "eve", "/due 2030-01-01", "/waive whatever", "/assign @eve");
    expect(own(number)).toHaveLength(1);
    expect(own(number)[0]?.body).toContain("@eve, nothing was changed");
    await write(number, "eve", "/done");
    expect(own(number)).toHaveLength(1);
    expect(await item(number)).toMatchObject({ due: "2024-09-20", waiver: null });
    // Who is let in later is not obeyed for what was said before.
    stage.repo.setRole("eve", "write");
    await write(number, "eve", "/due 2024-10-04");
    expect(await item(number)).toMatchObject({ due: "2024-10-04", waiver: null });
    expect(own(number).map(({ body }) => body.split("\n")[0])).toEqual([
      expect.stringContaining("@eve, nothing was changed"),
      "@eve, due Fri 4 Oct 2024.",
    ]);
  });

  it("bots, pull requests, issues of others, quotes and code", async () => {
    const number = watch();
    const other = stage.repo.as("dev").openIssue({ title: "Something else" }).number;
    await stage.settle();
    const from = stage.gh.requests.length;
    stage.gh.user("renovate[bot]");
    await write(number, "renovate[bot]", "/done");
    await write(home, "dev", "/done");
    await write(other, "dev", "/done");
    await write(number, "dev", "> /done", "", "```", "/done", "```", "- /done", "Then type /done");
    expect(stage.gh.requests.length).toBe(from);
    expect(stage.repo.issue(number).state).toBe("open");
  });

  it("the App itself, when it acknowledges", async () => {
    await write(watch(), "dev", "/help");
    await write(watch(), "dev", "/help");
    expect(own(watch())).toHaveLength(2);
  });
});

describe("commands that come together", () => {
  /** Plain can be assigned, and may do nothing unless they are. */
  const together = async (...comments: readonly (readonly [login: string, body: string])[]) => {
    stage.gh.user("plain");
    stage.repo.setRole("plain", "read");
    const number = watch();
    stage.gh.webhooks.hold();
    for (const [login, body] of comments) stage.repo.as(login).comment(number, body);
    stage.gh.webhooks.release();
    await stage.settle();
    return item(number);
  };

  it("whoever was just taken off is refused", async () => {
    const { due, issue } = await together(
      ["lisa", "/assign @plain"],
      ["plain", "/due 2024-10-04"],
      ["lisa", "/unassign @plain"],
      ["plain", "/due 2024-10-11"],
    );
    expect(due).toBe("2024-10-04");
    expect(issue?.assignees).toEqual(["dev"]);
    expect(own(watch()).map(({ body }) => body)).toEqual([
      expect.stringContaining("@plain, due Fri 4 Oct 2024."),
      expect.stringContaining("@plain, nothing was changed"),
    ]);
  });

  it("the commands of whoever was just assigned count", async () => {
    const { due, issue } = await together(
      ["plain", "/due 2024-10-11"],
      ["lisa", "/assign @plain"],
      ["plain", "/due 2024-10-04"],
    );
    expect(due).toBe("2024-10-04");
    expect(issue?.assignees).toEqual(["dev", "plain"]);
  });
});
