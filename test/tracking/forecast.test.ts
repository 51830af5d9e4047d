/** What merging a document would do, foreseen without doing it. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import type { ActionItem } from "../../src/postmortem/types.js";
import type { DecideInput } from "../../src/tracking/decide.js";
import { type Forecast, foresee, foreseeAlone, hasOwner, isReady } from "../../src/tracking/forecast.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { an, DOCUMENT, decideOn, opened, policyWith, postmortem, TODAY } from "./samples.js";

const owned = (...logins: string[]) => ({ owners: logins, mentions: logins });
const due = (day: string) => ({ due: day, dueText: day });

/** Foresees a document with these items over those tracked; `ada`, `lisa` and `dev` can be assigned. */
function forecast(
  items: readonly ActionItem[],
  tracked: readonly TrackedItem[] = [],
  part: Partial<DecideInput> = {},
): Forecast {
  return foresee({
    document: DOCUMENT,
    postmortem: postmortem(items),
    tracked,
    policy: DEFAULT_POLICY,
    assignable: new Set(["ada", "lisa", "dev"]),
    today: TODAY,
    ...part,
  });
}

describe("a new item", () => {
  it("opens an issue; one that is done already opens none", () => {
    const { fresh, done, changes } = forecast([an("Add timeouts"), an("Roll back", { done: true })]);
    expect(fresh.map(({ item }) => item.base.title)).toEqual(["Add timeouts"]);
    expect({ done, changes }).toEqual({ done: 1, changes: [] });
  });

  it.each<[string, Partial<ActionItem>, boolean]>([
    ["a login that can be assigned", owned("lisa"), true],
    ["a team", owned("acme/platform"), true],
    ["nobody", {}, false],
    ["a name the policy does not know", { owners: ["Marcus R."] }, false],
    ["a login that cannot be assigned", owned("eve"), false],
    ["one of each", owned("eve", "lisa"), true],
  ])("with %s", (_, owner, expected) => {
    const [fresh] = forecast([an("Add timeouts", owner)]).fresh;
    expect(fresh && hasOwner(fresh)).toBe(expected);
  });

  it("says who is assigned, mentioned, unknown and refused", () => {
    const [fresh] = forecast([
      an("Add timeouts", { owners: ["lisa", "eve", "a/b", "Max"], mentions: ["lisa", "eve", "a/b"] }),
    ]).fresh;
    expect(fresh?.owners).toEqual({
      logins: ["lisa"],
      teams: ["a/b"],
      names: ["Max"],
      unassignable: [{ login: "eve", why: "no-access" }],
      unasked: [],
    });
  });

  it("is ready with an owner and a day, wherever the day is from", () => {
    const dateless = policyWith({ due: { ...DEFAULT_POLICY.due, default: null } });
    const [byPolicy] = forecast([an("Add timeouts", owned("lisa"))]).fresh;
    const [without] = forecast([an("Add timeouts", owned("lisa"))], [], { policy: dateless }).fresh;
    expect([byPolicy && isReady(byPolicy), without && isReady(without)]).toEqual([true, false]);
  });
});

describe("a due date", () => {
  const days = (part: Partial<ActionItem>) => forecast([an("Add timeouts", part)]).fresh[0]?.daysAfterMerge;

  it("that is stated does not move with the merge", () => {
    expect(days(due("2024-10-01"))).toBeNull();
  });

  it.each<[string, Partial<ActionItem>, number]>([
    ["by default", {}, 30],
    ["by priority", { priority: "P1" }, 7],
    ["from a section", { window: "Complete within 1 week" }, 7],
  ])("%s counts from the merge", (_, part, expected) => {
    expect(days(part)).toBe(expected);
  });

  it("says the same on another day, so that a check does not change overnight", () => {
    const on = (today: string) => forecast([an("Add timeouts")], [], { today }).fresh[0]?.daysAfterMerge;
    expect(on("2024-12-31")).toBe(on("2024-09-16"));
  });
});

describe("an item with an issue", () => {
  const before = [
    an("Add timeouts to every call", { ...owned("lisa"), ...due("2024-10-01") }),
    an("Write the runbook", owned("dev")),
  ];
  const tracked = opened(decideOn(before));
  const what = (items: readonly ActionItem[], known = tracked) =>
    forecast(items, known).changes.map(({ item, what }) => [item.issue?.number, what]);
  const [first = an(""), second = an("")] = before;

  it("of which nothing changed is not spoken of", () => {
    expect(forecast(before, tracked)).toEqual({ fresh: [], done: 0, changes: [], unchanged: 2, problems: [] });
    expect(what([{ ...second, line: 3 }, first])).toEqual([]);
  });

  it("follows the document's title, owner and date", () => {
    const edited = { ...first, title: "Add timeouts to every single call", ...owned("ada"), ...due("2024-10-08") };
    expect(what([edited, second])).toEqual([
      [
        1,
        [
          { kind: "title", to: "Add timeouts to every single call" },
          { kind: "owner", from: ["lisa"], to: ["ada"] },
          { kind: "due", from: "2024-10-01", to: "2024-10-08" },
        ],
      ],
    ]);
  });

  it("is closed by a tick, and opened again without it", () => {
    const ticked = { ...first, done: true };
    expect(what([ticked, second])).toEqual([[1, [{ kind: "closes" }]]]);
    const closed = decideOn([ticked, second], { tracked }).map((item) =>
      item.issue && item.written && item.base.done
        ? { ...item, issue: { ...item.issue, open: false }, written: { ...item.written, open: false } }
        : item,
    );
    expect(what([first, second], closed)).toEqual([[1, [{ kind: "reopens" }]]]);
  });

  it("stays when its item leaves, which is told once", () => {
    expect(what([first])).toEqual([[2, [{ kind: "gone" }]]]);
    expect(what([first], decideOn([first], { tracked }))).toEqual([]);
  });

  it("stands where a person changed it too", () => {
    const theirs = tracked.map((item) =>
      item.issue?.number === 1 ? { ...item, issue: { ...item.issue, title: "Timeouts everywhere" } } : item,
    );
    const [change] = what([{ ...first, title: "Add timeouts to every outer call" }, second], theirs);
    expect(change).toMatchObject([1, [{ kind: "stands", conflict: { field: "title", issue: "Timeouts everywhere" } }]]);
  });

  it("that was adopted keeps a person's title and owner", () => {
    const adopted = tracked.map((item) => ({ ...item, issue: item.issue && { ...item.issue, adoptedBy: 5 } }));
    expect(what([{ ...first, title: "Add timeouts to every single call", ...owned("ada") }, second], adopted)).toEqual(
      [],
    );
  });
});

it("a document on its own is foreseen as new, and every login as known", () => {
  const items = [an("Add timeouts", owned("whoever")), an("Write the runbook")];
  const { fresh } = foreseeAlone(postmortem(items), DEFAULT_POLICY, TODAY);
  expect(fresh.map(({ owners }) => owners.logins)).toEqual([["whoever"], []]);
});
