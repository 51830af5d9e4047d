/** The time a policy gives for finding an owner: kept, missed, put off. The issues are opened on Mon 16 Sep 2024, with three days to find somebody. */
import { describe, expect, it } from "vitest";
import type { Policy } from "../../src/policy/schema.js";
import { asOf } from "../../src/tracking/figures/as-of.js";
import { countedAsOf } from "../../src/tracking/figures/counted.js";
import { becameOwnerless, ownerLateOn, withOwnerMissed, withoutOwnerSince } from "../../src/tracking/owner-deadline.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { item } from "../render/samples.js";
import { counted } from "./figures/samples.js";
import { policyWith } from "./samples.js";

const within = (days: number | null, calendar: Partial<Policy["calendar"]> = {}) => {
  const { due, calendar: plain } = policyWith({});
  const owners = { Payments: ["@acme/payments"], Lisa: ["@lisa"] };
  return policyWith({ due: { ...due, owner_within: days }, calendar: { ...plain, ...calendar }, owners });
};
const THREE = within(3);
const WORKING = within(3, { business_days: true, holidays: ["2024-09-18"] });

/** What was seen of the item on a day. */
interface Look {
  readonly on: string;
  readonly has?: readonly string[];
  readonly closed?: string;
  readonly part?: Partial<TrackedItem>;
  readonly names?: readonly string[];
}
const nobody = (on: string): Look => ({ on });
const lisa = (on: string): Look => ({ on, has: ["lisa"] });

/** What the App and the document last agreed on. */
const written = (...assignees: readonly string[]) => ({ title: "Write the runbook", assignees, open: true, hash: "" });

const seen = ({ has = [], closed, part, names = [] }: Look): TrackedItem =>
  item(
    "Write the runbook",
    { openedOn: "2024-09-16", written: written(), ...part },
    { owners: [...names], mentions: [] },
    { assignees: [...has], open: closed === undefined, closedOn: closed ?? null },
  );

/** The item after all these looks, each after the one before. */
function after(looks: readonly Look[], policy: Policy): TrackedItem {
  let before = seen(nobody("2024-09-16"));
  for (const look of looks) {
    const now = { ...seen(look), ...("ownerMissed" in before && { ownerMissed: before.ownerMissed }) };
    before = withOwnerMissed(now, before, policy, look.on);
  }
  return before;
}

const until = "2024-09-27";
const waiver = { on: "2024-09-17", by: "dev", why: "freeze", until };

describe("an item's first owner", () => {
  it.each<[string, readonly Look[], string | null | undefined, boolean | undefined, Policy?]>([
    ["is wanted still on the last day", [nobody("2024-09-19")], undefined, undefined],
    ["is too late the day after", [nobody("2024-09-20")], "2024-09-20", true],
    ["never comes, and nobody looked for weeks", [nobody("2024-10-30")], "2024-09-20", true],
    ["was found in time", [lisa("2024-09-19"), lisa("2024-09-25")], undefined, false],
    ["was there from the beginning", [lisa("2024-09-16"), lisa("2024-09-25")], undefined, false],
    ["was found late", [nobody("2024-09-20"), lisa("2024-09-23")], "2024-09-20", true],
    ["was found in time and lost", [lisa("2024-09-17"), nobody("2024-09-18"), nobody("2024-09-23")], null, false],
    ["was found in time and lost long after", [lisa("2024-09-17"), nobody("2024-10-18")], null, false],
    [
      "was found, lost and found again",
      [lisa("2024-09-17"), nobody("2024-09-18"), lisa("2024-09-23"), nobody("2024-09-24")],
      null,
      false,
    ],
    [
      "was found late, lost and found again",
      [nobody("2024-09-21"), lisa("2024-09-22"), nobody("2024-09-23"), lisa("2024-09-24")],
      "2024-09-20",
      true,
    ],
    [
      "was assigned by the App and taken off",
      [{ on: "2024-09-25", part: { written: written("lisa") } }],
      undefined,
      false,
    ],
    ["is a team", [{ on: "2024-09-25", names: ["Payments"] }], undefined, false],
    ["was a team once", [{ on: "2024-09-18", names: ["Payments"] }, nobody("2024-09-25")], null, false],
    ["is a name alone", [{ on: "2024-09-25", names: ["Somebody"] }], "2024-09-20", true],
    ["is not needed: it was done before", [{ on: "2024-09-25", closed: "2024-09-19" }], undefined, false],
    ["never came, though it was done later", [{ on: "2024-09-25", closed: "2024-09-24" }], "2024-09-20", true],
    ["is not needed: it left its document", [{ on: "2024-09-25", part: { leftOn: "2024-09-18" } }], undefined, false],
    ["can wait while it is waived", [{ on: "2024-09-25", part: { waiver } }], undefined, undefined],
    ["is too late once the waiver ended", [{ on: "2024-09-27", part: { waiver } }], "2024-09-27", true],
    ["has business days", [nobody("2024-09-20")], undefined, undefined, WORKING],
    ["has business days alone: a holiday, no weekend", [nobody("2024-09-21")], "2024-09-21", true, WORKING],
    ["has no time where the policy gives none", [nobody("2024-10-30")], undefined, undefined, within(null)],
    ["has no time before there is an issue", [{ on: "2024-10-30", part: { openedOn: null } }], undefined, undefined],
  ])("%s", (_, looks, missed, late, policy = THREE) => {
    const then = after(looks, policy);
    const today = looks.at(-1)?.on ?? "";
    expect(then.ownerMissed).toBe(missed);
    expect(ownerLateOn(then, policy, today)?.late).toBe(late);
    // Another look on the same day changes nothing.
    expect(withOwnerMissed(then, then, policy, today)).toBe(then);
  });

  it("is noticed to be too late once, on the day it becomes so, or when the App is back", () => {
    const became = (last: string, today: string, look = nobody("")) => becameOwnerless(seen(look), THREE, last, today);
    expect(became("2024-09-18", "2024-09-19")).toBe(false);
    expect(became("2024-09-19", "2024-09-20")).toBe(true);
    expect(became("2024-09-20", "2024-09-21")).toBe(false);
    expect(became("2024-09-17", "2024-10-01")).toBe(true);
    expect(became("2024-09-19", "2024-09-20", lisa(""))).toBe(false);
    expect(became("2024-09-19", "2024-09-20", { on: "", part: { ownerMissed: "2024-09-20" } })).toBe(false);
  });

  it("is told of while nobody has it", () => {
    const missed = { ownerMissed: "2024-09-20" };
    expect(withoutOwnerSince(seen({ on: "", part: missed }))).toEqual({ since: "2024-09-16", wantedBy: "2024-09-19" });
    expect(withoutOwnerSince(seen({ on: "", part: missed, has: ["lisa"] }))).toBeNull();
    expect(withoutOwnerSince(seen({ on: "", part: missed, closed: "2024-09-25" }))).toBeNull();
    expect(withoutOwnerSince(seen({ on: "", part: { ownerMissed: null } }))).toBeNull();
    expect(withoutOwnerSince(seen(nobody("")))).toBeNull();
  });
});

it("nothing was late on an earlier day", () => {
  const late = counted({
    on: "2024-09-16",
    item: { ownerMissed: "2024-09-20" },
    counted: { ownerLate: true, ownerBy: "2024-09-19" },
  });
  expect(asOf(late.item, "2024-09-20")?.ownerMissed).toBe("2024-09-20");
  expect(asOf(late.item, "2024-09-19")).not.toHaveProperty("ownerMissed");
  expect(countedAsOf(late, "2024-09-20")?.ownerLate).toBe(true);
  expect(countedAsOf(late, "2024-09-19")).not.toHaveProperty("ownerLate");
});
