import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../src/calendar.js";
import { askedFields, wantedFields, wantsIssue, withDerived } from "../../src/tracking/decide.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { an, DOCUMENT, decideOn, opened, policyWith, postmortem, TODAY } from "./samples.js";

const LATER = "2024-10-20";
const only = (items: readonly TrackedItem[]): TrackedItem => {
  const [item, ...more] = items;
  if (!item || more.length > 0) throw new Error(`expected one item, not ${items.length}`);
  return item;
};

describe("an item seen for the first time", () => {
  it("is dated by the policy from today, and wants an issue", () => {
    const item = only(decideOn([an("Add timeouts", { priority: "P1" })]));
    expect(item).toMatchObject({
      due: "2024-09-23",
      dueOrigin: { kind: "priority", priority: "P1" },
      originalDue: "2024-09-23",
      slips: [],
      issue: null,
    });
    expect(wantsIssue(item, DOCUMENT)).toBe(true);
    expect(wantsIssue(item, { held: "old" })).toBe(false);
    expect(wantsIssue(item, { held: "many" })).toBe(false);
  });

  it("that is done needs neither an issue nor a date", () => {
    const item = only(decideOn([an("Add timeouts", { done: true })]));
    expect(item).toMatchObject({ due: null, dueOrigin: { kind: "none" } });
    expect(wantsIssue(item, DOCUMENT)).toBe(false);
  });

  it("keeps a date it states, even where it is done", () => {
    expect(only(decideOn([an("Add timeouts", { done: true, due: "2024-09-14" })])).due).toBe("2024-09-14");
  });

  it.each([
    [{}, { owner: false, date: false }],
    [{ owners: ["Lisa"] }, { owner: true, date: false }],
    [{ due: "2024-10-01" }, { owner: false, date: true }],
    [{ window: "within 1 week" }, { owner: false, date: true }],
    // The policy's date is nobody's promise.
    [{ priority: "P1" }, { owner: false, date: false }],
  ])("that says %j keeps what it said at the merge, whatever the document says later", (said, atMerge) => {
    const before = opened(decideOn([an("Add timeouts", said)]));
    expect(only(before).atMerge).toEqual(atMerge);
    const later = decideOn([an("Add timeouts", { owners: ["Dev"], due: "2024-12-01" })], { tracked: before });
    expect(only(later).atMerge).toEqual(atMerge);
  });

  it("has an id of its own, also beside the same words, and always the same one", () => {
    const twice = [an("Add an alert"), an("Add an alert", { line: 11 })];
    const [first, second] = decideOn(twice);
    expect(first?.id).not.toBe(second?.id);
    expect(decideOn(twice).map(({ id }) => id)).toEqual([first?.id, second?.id]);
  });

  it("never takes the id of one that left", () => {
    const before = opened(decideOn([an("Add an alert")]));
    const gone = decideOn([], { tracked: before });
    const [back, ...rest] = decideOn([an("Add an alert"), an("Add an alert", { line: 11 })], { tracked: gone });
    expect(back?.id).toBe(before[0]?.id);
    expect(rest[0]?.id).not.toBe(before[0]?.id);
  });
});

describe("the same document again", () => {
  it("changes nothing, however often and on whatever day", () => {
    const word = fc.constantFrom("alert", "pool", "runbook", "timeouts", "retry", "cache", "queue");
    const item = fc.record({
      title: fc.tuple(word, word, word).map((words) => words.join(" ")),
      due: fc.option(fc.constantFrom("2024-09-20", "2024-10-01"), { nil: null }),
      priority: fc.option(fc.constantFrom("P0", "P1", "High"), { nil: null }),
      window: fc.option(fc.constantFrom("Immediate", "Short-term", "Within 2 weeks"), { nil: null }),
      done: fc.boolean(),
      owners: fc.subarray(["ada", "lisa", "Somebody"]),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (items) => {
        const read = items.map(({ title, ...rest }, index) =>
          an(title, { ...rest, mentions: rest.owners, line: 10 + index }),
        );
        const first = opened(decideOn(read));
        const settled = first.map((one) => withDerived(one, policyWith({}), new Set(["ada", "lisa", "dev"])));
        expect(decideOn(read, { tracked: settled, today: LATER })).toEqual(settled);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the due date of an open issue", () => {
  const [before] = opened(decideOn([an("Add timeouts", { due: "2024-09-25", dueText: "Sept 25" })]));
  const tracked = before ? [before] : [];

  it.each([
    ["moved later", { due: "2024-10-02", dueText: "Oct 2" }, "2024-10-02", { kind: "stated", text: "Oct 2" }],
    ["moved earlier", { due: "2024-09-18", dueText: "Sept 18" }, "2024-09-18", { kind: "stated", text: "Sept 18" }],
    ["taken away: by policy, from the day it was opened", {}, "2024-10-16", { kind: "default", days: 30 }],
    ["taken away, with a priority", { priority: "P1" }, "2024-09-23", { kind: "priority", priority: "P1" }],
  ])("%s in the document: the issue follows, and the slip is kept", (_, part, due, dueOrigin) => {
    const item = only(decideOn([an("Add timeouts", part)], { tracked, today: LATER }));
    expect(item).toMatchObject({ due, dueOrigin, originalDue: "2024-09-25" });
    expect(item.slips).toEqual([{ on: LATER, from: "2024-09-25", to: due, by: null, why: null }]);
  });

  it("said in other words for the same day is no slip, and is quoted as it now stands", () => {
    const item = only(decideOn([an("Add timeouts", { due: "2024-09-25", dueText: "2024-09-25" })], { tracked }));
    expect(item).toMatchObject({ due: "2024-09-25", dueOrigin: { kind: "stated", text: "2024-09-25" }, slips: [] });
  });

  it("moved on the issue stays while the document says what it said", () => {
    const moved = { ...tracked[0], due: "2024-11-01", slips: [] } as TrackedItem;
    const read = [an("Add timeouts", { due: "2024-09-25", dueText: "Sept 25" })];
    expect(only(decideOn(read, { tracked: [moved], today: LATER })).due).toBe("2024-11-01");
  });

  it("gathers every move, and the first date stays the first", () => {
    let items: TrackedItem[] = tracked;
    for (const due of ["2024-10-01", "2024-10-08", "2024-10-15"])
      items = decideOn([an("Add timeouts", { due, dueText: due })], { tracked: items, today: LATER });
    expect(only(items).slips.map(({ from, to }) => [from, to])).toEqual([
      ["2024-09-25", "2024-10-01"],
      ["2024-10-01", "2024-10-08"],
      ["2024-10-08", "2024-10-15"],
    ]);
    expect(only(items).originalDue).toBe("2024-09-25");
  });

  it("moved hundreds of times keeps the first and the newest moves, and counts those between", () => {
    let items: TrackedItem[] = tracked;
    for (let day = 1; day <= 300; day++) {
      const due = addDays("2024-09-25", day);
      items = decideOn([an("Add timeouts", { due, dueText: due })], { tracked: items, today: LATER });
    }
    const { slips, slipsLeftOut, originalDue } = only(items);
    expect(slips.map(({ from }) => from)).toEqual([
      "2024-09-25",
      ...Array.from({ length: 9 }, (_, index) => addDays("2024-09-25", 291 + index)),
    ]);
    expect(slipsLeftOut).toBe(290);
    expect(originalDue).toBe("2024-09-25");
  });

  it("does not move because the policy's default changed, or the severity", () => {
    const bare = opened(decideOn([an("Add timeouts")]));
    const policy = policyWith({ due: { ...policyWith({}).due, default: 5 } });
    expect(only(decideOn([an("Add timeouts")], { tracked: bare, policy, today: LATER })).due).toBe("2024-10-16");
  });
});

describe("the due date of an item without an issue", () => {
  it("is counted from the day it is opened: what was held back for months does not start overdue", () => {
    const held = decideOn([an("Add timeouts")]);
    const item = only(decideOn([an("Add timeouts")], { tracked: held, today: "2025-03-03" }));
    expect(item).toMatchObject({ due: "2025-04-02", originalDue: "2025-04-02", slips: [] });
  });

  it("is given once a done item is not done any more", () => {
    const done = decideOn([an("Add timeouts", { done: true })]);
    const item = only(decideOn([an("Add timeouts")], { tracked: done, today: LATER }));
    expect(item).toMatchObject({ due: "2024-11-19", dueOrigin: { kind: "default", days: 30 } });
    expect(wantsIssue(item, DOCUMENT)).toBe(true);
  });
});

describe("an item that leaves its document", () => {
  const tracked = opened(decideOn([an("Add timeouts", { due: "2024-09-25" }), an("Write the runbook", { line: 11 })]));
  const left = decideOn([an("Write the runbook", { line: 10 })], { tracked, today: LATER });

  it("comes last, keeps its issue open, and is not asked about any more", () => {
    expect(left.map((item) => [item.base.title, item.leftOn, item.ordinal])).toEqual([
      ["Write the runbook", null, 0],
      ["Add timeouts", LATER, 1],
    ]);
    expect(left[1]).toMatchObject({ issue: { open: true }, nextNudgeOn: null, conflicts: [] });
  });

  it.each(["unreadable", "too-large", "not-utf8"] as const)(
    "has not left where the document was read in part alone (%s)",
    (rule) => {
      const read = postmortem([an("Write the runbook", { line: 10 })]);
      const problems = [
        { line: 900, endLine: 900, rule, level: "error", message: "Not read.", fix: "Split it." },
      ] as const;
      const kept = decideOn([], { tracked, today: LATER, postmortem: { ...read, problems } });
      expect(kept.map((item) => [item.base.title, item.leftOn])).toEqual([
        ["Write the runbook", null],
        ["Add timeouts", null],
      ]);
      expect(kept[1]?.nextNudgeOn).toBe("2024-09-23");
    },
  );

  it("keeps the day it left, and comes back as itself", () => {
    const again = decideOn([an("Write the runbook")], { tracked: left, today: "2024-11-01" });
    expect(again[1]?.leftOn).toBe(LATER);
    const back = decideOn([an("Add timeouts", { due: "2024-09-25" }), an("Write the runbook", { line: 11 })], {
      tracked: again,
    });
    expect(back[0]).toMatchObject({
      id: tracked[0]?.id,
      leftOn: null,
      issue: { number: 1 },
      nextNudgeOn: "2024-09-23",
    });
  });
});

describe("where its words stand", () => {
  const tracked = opened(decideOn([an("Add timeouts", { line: 10 })]));
  const document = { ...DOCUMENT, commit: "c2" };

  it("is left alone when lines merely shift", () => {
    expect(only(decideOn([an("Add timeouts", { line: 40 })], { tracked, document })).place).toMatchObject({
      commit: "c1",
      line: 10,
    });
  });

  it("is taken again when the words change", () => {
    const item = only(decideOn([an("Add timeouts to every call", { line: 40 })], { tracked, document }));
    expect(item).toMatchObject({ id: tracked[0]?.id, place: { commit: "c2", line: 40 } });
  });
});

describe("what the document asks of an issue", () => {
  const assignable = new Set(["ada", "lisa"]);
  it("assigns only who can be assigned, ten at most", () => {
    const owners = ["Ada", "eve", "acme/platform", "Lisa W."];
    expect(
      askedFields(an("Add timeouts", { owners, mentions: owners.slice(0, 3) }), policyWith({}), assignable).assignees,
    ).toEqual(["ada"]);
    const many = Array.from({ length: 12 }, (_, index) => `user${index}`);
    const asked = askedFields(an("x", { owners: many, mentions: many }), policyWith({}), new Set(many));
    expect(asked.assignees).toHaveLength(10);
  });

  it("closes what is ticked", () => {
    const [item] = opened(decideOn([an("Add timeouts")]));
    const ticked = only(decideOn([an("Add timeouts", { done: true })], { tracked: item ? [item] : [] }));
    expect(wantedFields(ticked, policyWith({}), assignable).open).toBe(false);
  });

  it("leaves what people changed, and tells of a conflict", () => {
    const [item] = opened(decideOn([an("Add timeouts", { owners: ["lisa"], mentions: ["lisa"] })]));
    if (!item?.issue) throw new Error("no issue");
    const theirs = { ...item, issue: { ...item.issue, title: "Add timeouts everywhere", assignees: ["dev"] } };
    const next = only(decideOn([an("Add timeouts", { owners: ["ada"], mentions: ["ada"] })], { tracked: [theirs] }));
    expect(wantedFields(next, policyWith({}), new Set(["ada", "lisa", "dev"]))).toEqual({
      title: "Add timeouts everywhere",
      assignees: ["dev"],
      open: true,
    });
    expect(next.conflicts).toEqual([{ field: "owner", document: "ada", issue: "dev" }]);
  });
});

describe("what is done hides nothing that is to do", () => {
  const closed = (items: readonly TrackedItem[]): TrackedItem[] =>
    items.map((item) => ({ ...item, issue: item.issue && { ...item.issue, open: false } }));
  const opens = (before: readonly string[], after: readonly string[]): string[] => {
    const tracked = closed(opened(decideOn(before.map((title, at) => an(title, { line: 10 + at })))));
    const next = decideOn(
      after.map((title, at) => an(title, { line: 10 + at })),
      { tracked },
    );
    return next.filter((item) => wantsIssue(item, DOCUMENT)).map(({ base }) => base.title);
  };

  it.each([
    ["alone", []],
    ["among others", ["Train the on-call engineers", "Move the cron jobs"]],
  ])("issue closed, a typo fixed, nothing opens: %s", (_, others) => {
    expect(opens(["Throtle the nightly exports", ...others], ["Throttle the nightly exports", ...others])).toEqual([]);
  });

  it.each([
    ["in its place", ["Upgrade PostgreSQL to 16"], ["Upgrade Redis to 7"]],
    ["of the same service", ["Train staff", "Test the ledger import"], ["Train staff", "Automate the ledger import"]],
    [
      "elsewhere",
      ["Train staff", "Throttle the nightly exports"],
      ["Throttle nightly exports of the shop", "Train staff"],
    ],
  ])("issue closed, other work stands there, it opens: %s", (_, before, after) => {
    expect(opens(before, after)).toEqual(after.filter((title) => !before.includes(title)));
  });

  it("what left the document stands in nobody's way", () => {
    const tracked = opened(decideOn([an("Move the cron jobs"), an("Throtle the nightly exports", { line: 11 })]));
    const left = decideOn([an("Throtle the nightly exports")], { tracked });
    const next = decideOn([an("Throttle the nightly exports")], { tracked: closed(left) });
    expect(next.filter((item) => wantsIssue(item, DOCUMENT))).toEqual([]);
  });
});

describe("a nudge", () => {
  it("is awaited the day after the due date, once there is an issue", () => {
    expect(only(decideOn([an("Add timeouts", { due: "2024-09-25" })])).nextNudgeOn).toBeNull();
    const tracked = opened(decideOn([an("Add timeouts", { due: "2024-09-25" })]), TODAY);
    expect(only(decideOn([an("Add timeouts", { due: "2024-09-25" })], { tracked })).nextNudgeOn).toBe("2024-09-23");
  });
});
