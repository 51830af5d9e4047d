/** Who else is told, when, and how often: once a rung, nobody who was not named. */
import { describe, expect, it } from "vitest";
import { loadPolicy } from "../../src/policy/load.js";
import { rungOn } from "../../src/tracking/escalation.js";
import { nextNudgeOn } from "../../src/tracking/nudging.js";
import type { Nudge, Slip } from "../../src/tracking/types.js";
import { type Candidate, planVoices } from "../../src/tracking/voices.js";
import { aDocument, anIssue, anItem } from "../store/samples.js";

const policyOf = (text: string) => {
  const { policy, problems } = loadPolicy(text);
  expect(problems).toEqual([]);
  return policy;
};
const LADDER = policyOf(`escalation:
  - { after: 2 weeks, to: "@Boss" }
  - { after: 30 days, to: ["@acme/leads"] }
  - { after: 3 moves, to: "@noor" }
  - { after: 5 days, to: "@oncall", priorities: [P0] }
`);
const nudge = (n: number, on: string, rung?: string): Nudge => ({ n, on, ...(rung && { rung }) });
const slip = (on: string): Slip => ({ on, from: null, to: null, by: null, why: null });
const item = (part: Parameters<typeof anItem>[0] = {}, priority: string | null = null) => {
  const plain = anItem();
  return anItem({ due: "2024-09-10", openedOn: "2024-09-01", nudges: [], base: { ...plain.base, priority }, ...part });
};
const ASKED = [nudge(1, "2024-09-11")];

describe("a rung", () => {
  it.each([
    ["is not reached early", item({ nudges: ASKED }), "2024-09-23", null],
    ["is reached so many days after the due date", item({ nudges: ASKED }), "2024-09-24", "14 days"],
    ["waits until its owner was asked", item(), "2024-12-24", null],
    ["is told once", item({ nudges: [...ASKED, nudge(2, "2024-09-24", "14 days")] }), "2024-10-09", null],
    ["leads to the next", item({ nudges: [...ASKED, nudge(2, "2024-09-24", "14 days")] }), "2024-10-10", "30 days"],
    [
      "comes a week after the one before at the earliest",
      item({ nudges: [...ASKED, nudge(2, "2024-11-01", "14 days")] }),
      "2024-11-07",
      null,
    ],
    ["comes then", item({ nudges: [...ASKED, nudge(2, "2024-11-01", "14 days")] }), "2024-11-08", "30 days"],
    ["is for some priorities alone", item({ nudges: ASKED }, "p0"), "2024-09-15", "5 days"],
    [
      "is reached by moves",
      item({ slips: [slip("2024-09-02"), slip("2024-09-03")], slipsLeftOut: 1 }),
      "2024-09-04",
      "3 moves",
    ],
    ["is not reached by fewer", item({ slips: [slip("2024-09-02"), slip("2024-09-03")] }), "2024-09-08", null],
  ])("%s", (_, one, today, after) => {
    expect(rungOn(one, LADDER, today)?.after ?? null).toBe(after);
  });

  it("names those alone whom the policy names at that height", () => {
    const both = policyOf(
      'escalation: [{ after: 14 days, to: "@Boss" }, { after: 2 weeks, to: ["@boss", "@acme/Leads"] }]',
    );
    expect(rungOn(item({ nudges: ASKED }), both, "2024-10-01")?.to).toEqual(["boss", "acme/leads"]);
    expect(rungOn(item({ nudges: ASKED }), policyOf(""), "2024-10-01")).toBeNull();
  });

  it("brings the next nudge forward, and never two to one day", () => {
    const fresh = policyOf('nudges: { every: 30 days }\nescalation: [{ after: 14 days, to: "@boss" }]');
    const next = (nudges: Nudge[]) => nextNudgeOn(item({ issue: anIssue(), nudges }), fresh, null);
    expect(next(ASKED)).toBe("2024-09-24");
    expect(next([nudge(1, "2024-09-24")])).toBe("2024-09-25");
    expect(next([...ASKED, nudge(2, "2024-09-24", "14 days")])).toBe("2024-10-24");
    const snoozes = [{ on: "2024-09-12", until: "2024-10-01", by: "lisa", why: null }];
    expect(nextNudgeOn(item({ issue: anIssue(), nudges: ASKED, snoozes }), fresh, null)).toBe("2024-10-01");
  });

  it.each(["after: soon", "after: 0 days", "after: 3 months", 'after: "3"'])("is refused with %s", (after) => {
    expect(loadPolicy(`escalation: [{ ${after}, to: "@boss" }]`).problems).toHaveLength(1);
  });
  it.each(["to: boss", "to: []", "to: somebody else"])("is refused with %s", (to) => {
    expect(loadPolicy(`escalation: [{ after: 3 days, ${to} }]`).problems).toHaveLength(1);
  });
});

it("who is named is told of what is on the rung, and of nothing else its owner has", () => {
  const candidate = (id: string, nudges: Nudge[]): Candidate => ({
    item: item({ id, issue: anIssue({ assignees: ["lisa"] }), nudges }),
    document: aDocument(),
    teams: [],
  });
  const [voice, ...rest] = planVoices({
    candidates: [candidate("i1", ASKED), candidate("i2", ASKED), candidate("i3", [nudge(1, "2024-09-15", "14 days")])],
    reached: new Set(),
    muted: new Set(),
    comments: 30,
    peopleLeft: 100,
    again: new Set(),
    policy: LADDER,
    today: "2024-09-24",
  });
  expect([voice?.lead.item.id, voice?.others.map((one) => one.item.id), voice?.people]).toEqual([
    "i1",
    ["i2"],
    ["lisa", "boss"],
  ]);
  expect(rest).toEqual([]);
});
