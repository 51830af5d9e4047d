/**
 * A comment counts as its author wrote it last: what they edit it into is carried out, once, if nothing of it was before. An edit by somebody
 * else, or one of which no webhook told, is answered.
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { another } from "../fixtures/documents.js";
import { commenting, PATH, TABLE } from "../support/commenting.js";
import { sampled } from "../support/long.js";
import { Stage } from "../support/stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.start();
  await stage.merge({ [PATH]: TABLE });
});
afterEach(() => stage.close());

const { watch, own, thumbs, item, write } = commenting(() => stage);

const say = async (number: number, login: string, body: string): Promise<number> => {
  const { id } = stage.repo.as(login).comment(number, body);
  await stage.settle();
  return id;
};

/** A minute later. */
const edit = async (id: number, login: string, body: string): Promise<void> => {
  stage.gh.clock.advance(60_000);
  stage.repo.as(login).editComment(id, body);
  await stage.settle();
};

const answers = (number: number) => own(number).map(({ body }) => body.split("\n")[0]);

/** Time enough for what failed to be tried again, and for a sweep. */
const later = async (hours = 3): Promise<void> => {
  for (let hour = 0; hour < hours; hour++) {
    stage.gh.clock.advance(3_600_000);
    await stage.service.tick();
    await stage.settle();
  }
};

describe("a comment that its author edits into a command", () => {
  sampled(it, 2).each([
    ["that asked for nothing", "I will look."],
    ["that came near to it", "/dew 2024-10-04"],
    ["that was turned down", "/due blursday"],
  ])("%s is carried out, once", async (_, before) => {
    const number = watch();
    const id = await say(number, "dev", before);
    await edit(id, "dev", "/due 2024-10-04 the vendor is late");
    expect(await item(number)).toMatchObject({ due: "2024-10-04", slips: [{ by: "dev", why: "the vendor is late" }] });
    expect(thumbs(number)[0]).toBe(1);
    // The answer to what it was is edited into the one to what it is.
    expect(answers(number)).toEqual(["@dev, due Fri 4 Oct 2024."]);
    const said = own(number).length;
    await later();
    expect((await item(number)).slips).toHaveLength(1);
    expect(own(number)).toHaveLength(said);
  });

  sampled(it, 1).each([
    ["/assigne lisa", "/assign lisa"],
    ["/don", "/done"],
  ])("%s into %s, which a 👍 answers: what was said before stands no more", async (before, now) => {
    const number = watch();
    const id = await say(number, "dev", before);
    expect(answers(number)).toEqual([expect.stringContaining("was not carried out")]);
    await edit(id, "dev", now);
    expect(thumbs(number)[0]).toBe(1);
    expect(answers(number)).toContain("@dev, carried out, as it is written now.");
    expect(answers(number).join()).not.toContain("was not carried out");
    const told = own(number).map(({ body }) => body);
    await later();
    expect(own(number).map(({ body }) => body)).toEqual(told);
  });

  it("after later ones were carried out, and without undoing them", async () => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    await write(number, "lisa", "/due 2024-10-11");
    await edit(id, "dev", "/snooze 3 days");
    expect(await item(number)).toMatchObject({ due: "2024-10-11", snoozes: [{ by: "dev" }] });
    await edit(id, "dev", "/snooze 3 days, sorry");
    expect((await item(number)).snoozes).toHaveLength(1);
  });

  it("at once after it was written", async () => {
    const number = watch();
    stage.gh.webhooks.hold();
    const { id } = stage.repo.as("dev").comment(number, "/due blursday");
    stage.gh.clock.advance(5_000);
    stage.repo.as("dev").editComment(id, "/due 2024-10-04");
    stage.gh.webhooks.release();
    await stage.settle();
    expect((await item(number)).due).toBe("2024-10-04");
    expect(thumbs(number)).toEqual([1, 0]);
  });

  it("counts its dates from the day of the edit", async () => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    stage.gh.clock.set(new Date("2024-09-18T08:00:00Z"));
    await edit(id, "dev", "/due tomorrow");
    expect(answers(number)).toEqual(["@dev, due Thu 19 Sep 2024."]);
  });

  it("is told where something of it was carried out before, and only where it asks for something else", async () => {
    const number = watch();
    const id = await say(number, "dev", "/due 2024-10-04");
    await edit(id, "dev", "Sorry, all.\n\n/due 2024-10-04");
    expect(answers(number)).toEqual(["@dev, due Fri 4 Oct 2024."]);
    await edit(id, "dev", "/due 2024-10-11");
    expect((await item(number)).due).toBe("2024-10-04");
    const told = ["@dev, due Fri 4 Oct 2024.", expect.stringContaining("@dev, nothing more was changed")];
    expect(answers(number)).toEqual(told);
    await later();
    expect(answers(number)).toEqual(told);
  });

  it("who may give no commands is told so", async () => {
    const number = watch();
    const id = await say(number, "eve", "Soon?");
    await edit(id, "eve", "/due 2030-01-01");
    expect((await item(number)).due).toBe("2024-09-20");
    expect(answers(number)).toEqual([expect.stringContaining("@eve, nothing was changed: commands are for")]);
  });

  it("by deliveries that come twice and in any order", async () => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    stage.gh.webhooks.hold();
    stage.gh.webhooks.duplicate = () => true;
    for (const day of ["2024-10-04", "2024-10-11", "2024-10-18"]) {
      stage.gh.clock.advance(60_000);
      stage.repo.as("dev").editComment(id, `/due ${day}`);
    }
    stage.gh.webhooks.release((held) => [...held].reverse());
    await stage.settle();
    expect(await item(number)).toMatchObject({ due: "2024-10-18", slips: [{ to: "2024-10-18" }] });
  });

  it("also on an adopted issue", async () => {
    const number = stage.repo.as("lisa").openIssue({ title: "Hit rate is invisible" }).number;
    const early = await say(number, "ada", "Mine.");
    await stage.merge({
      "postmortems/b.md": another(TABLE, "again").replace("Watch the hit rate", `Watch the hit rate (#${number})`),
    });
    await edit(early, "ada", "/waive duplicate");
    expect(stage.repo.issue(number)).toMatchObject({ state: "closed", stateReason: "not_planned" });
    await edit(early, "ada", "/reopen");
    expect(stage.repo.issue(number).state).toBe("closed");
  });

  const CUTS = Array.from({ length: 16 }, (_, at) => at + 1).flatMap((nth) =>
    (["reset-before", "reset-after"] as const).map((kind) => [nth, kind] as const),
  );
  sampled(it, 2).each(CUTS)("once where request %i is cut (%s), whatever was carried out before", async (nth, kind) => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    await write(number, "lisa", "/due 2024-10-11");
    stage.gh.faults.add({ nth, fault: { kind } });
    await edit(id, "dev", "/due 2024-10-04");
    await later();
    stage.gh.faults.clear();
    expect((await item(number)).slips.map(({ to }) => to)).toEqual(["2024-10-11", "2024-10-04"]);
    expect(thumbs(number)).toEqual([1, 1, 0, 0]);
    expect(answers(number)).toEqual(["@lisa, due Fri 11 Oct 2024.", "@dev, due Fri 4 Oct 2024."]);
  });

  it("once, though the database is lost with the process that carried it out", async () => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    await write(number, "lisa", "/due 2024-10-11");
    stage.gh.faults.add({ method: "PATCH", path: /\/issues\/\d+$/, fault: { kind: "reset-after" } });
    await edit(id, "dev", "/due 2024-10-04");
    await stage.loseDatabase();
    await later();
    expect((await item(number)).slips.map(({ to }) => to)).toEqual(["2024-10-11", "2024-10-04"]);
    await edit(id, "dev", "/due 2024-10-18");
    expect((await item(number)).due).toBe("2024-10-04");
    expect(answers(number)).toEqual([
      "@lisa, due Fri 11 Oct 2024.",
      "@dev, due Fri 4 Oct 2024.",
      expect.stringContaining("nothing more was changed"),
    ]);
  });
});

describe("a comment that is edited into plain words", () => {
  it.each([
    ["that came near to a command", "/dew 2024-10-04"],
    ["that was turned down", "/due blursday"],
    ["that asked for help", "/help"],
  ])("%s has its answer taken back, and is answered again once it asks again", async (_, before) => {
    const number = watch();
    const id = await say(number, "dev", before);
    expect(own(number)).toHaveLength(1);
    await write(number, "lisa", "/snooze 2024-09-20");
    const others = own(number).slice(1);
    await edit(id, "dev", "I meant tomorrow.");
    expect(own(number)).toEqual(others);
    await later();
    expect(own(number)).toEqual(others);
    await edit(id, "dev", "/due blursday");
    expect(answers(number).at(-1)).toContain("`/due blursday` was not carried out");
  });

  it("has its answer taken back after the database was lost, and by whoever edits it", async () => {
    const number = watch();
    const id = await say(number, "dev", "/dew 2024-10-04");
    await stage.loseDatabase();
    await edit(id, "ada", "He meant tomorrow.");
    expect(own(number)).toEqual([]);
  });

  it("has its answer taken back beside others whose commands were carried out", async () => {
    const number = watch();
    const done = await say(number, "lisa", "/due 2024-10-04");
    const near = await say(number, "dev", "/dew 2024-10-11");
    const said = answers(number).slice(0, -1);
    stage.gh.clock.advance(60_000);
    stage.repo.as("lisa").editComment(done, "It is late.");
    stage.repo.as("dev").editComment(near, "I meant tomorrow.");
    await stage.settle();
    expect(answers(number)).toEqual(said);
  });

  it.each([403, 404, 410, 422, 451])(
    "whose answer GitHub does not let be deleted (%i): commands on the issue are carried out all the same",
    async (status) => {
      const number = watch();
      const id = await say(number, "dev", "/dew 2024-10-04");
      const fault = { kind: "answer", status, body: { message: "It was deleted" } } as const;
      stage.gh.faults.add({ method: "DELETE", path: /\/issues\/comments\//, times: Number.POSITIVE_INFINITY, fault });
      stage.gh.webhooks.drop = ({ event }) => event === "issue_comment";
      stage.repo.as("lisa").comment(number, "/due 2024-10-04");
      stage.gh.webhooks.drop = () => false;
      await edit(id, "dev", "I meant tomorrow.");
      expect(await item(number)).toMatchObject({ due: "2024-10-04" });
      await later();
      expect(thumbs(number)).toContain(1);
      expect(await stage.service.context.store.work.deadLetters()).toEqual([]);
    },
  );

  it.each([["/due 2024-10-04"], ["/due 2024-10-04\n/dew 2024-10-04"], ["/mute 2024-10-04"]])(
    "keeps the answer to what was carried out: %s",
    async (before) => {
      const number = watch();
      const id = await say(number, "dev", before);
      const said = answers(number);
      await edit(id, "dev", "Done.");
      expect(answers(number)).toEqual(said);
    },
  );

  it("keeps the answer to what an edit had carried out", async () => {
    const number = watch();
    const id = await say(number, "dev", "/dew 2024-10-04");
    await edit(id, "dev", "/due 2024-10-04");
    await edit(id, "dev", "Done.");
    expect(answers(number)).toEqual(["@dev, due Fri 4 Oct 2024."]);
  });
});

describe("is answered, and changes nothing:", () => {
  it("an edit by somebody else, who is told", async () => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    await edit(id, "ada", "/done");
    expect(stage.repo.issue(number).state).toBe("open");
    expect(answers(number)).toEqual([expect.stringContaining("@ada, nothing was changed: a comment counts only")]);
    await later();
    expect(own(number)).toHaveLength(1);
    // What its author makes of it counts.
    await edit(id, "dev", "/due 2024-10-04");
    expect((await item(number)).due).toBe("2024-10-04");
  });

  sampled(it, 1).each([
    ["written", false],
    ["passed, and others carried out since", true],
  ])("an edit that only a sweep found, of a comment that was %s", async (_, others) => {
    const number = watch();
    const id = await say(number, "dev", "I will look.");
    if (others) await write(number, "lisa", "/snooze 2024-09-20");
    stage.gh.webhooks.drop = () => true;
    await edit(id, "dev", "/due 2024-10-04");
    stage.gh.webhooks.drop = () => false;
    await later();
    expect((await item(number)).due).toBe("2024-09-20");
    expect(answers(number)).toEqual([
      ...(others ? ["@lisa, no overdue comments until Fri 20 Sep 2024."] : []),
      expect.stringContaining("@dev, nothing was changed: your comment was edited, and GitHub did not say by whom"),
    ]);
    await edit(id, "dev", "/due 2024-10-11");
    expect((await item(number)).due).toBe("2024-10-11");
  });

  it("nothing, where only a sweep found an edit of what was carried out before", async () => {
    const number = watch();
    const id = await say(number, "dev", "/due 2024-10-04");
    stage.gh.webhooks.drop = () => true;
    await edit(id, "dev", "/due 2024-10-04, sorry");
    stage.gh.webhooks.drop = () => false;
    await later();
    expect(answers(number)).toEqual(["@dev, due Fri 4 Oct 2024."]);
    expect((await item(number)).slips).toHaveLength(1);
  });
});
