/** Who is told what: one comment a person and day, the most severe first. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { type Candidate, peopleOf, planVoices, type VoicesInput } from "../../src/tracking/voices.js";
import { aDocument, anIssue, anItem } from "../store/samples.js";

const TODAY = "2025-03-01";

interface Words {
  readonly to?: readonly string[];
  readonly priority?: string | null;
  readonly severity?: string | null;
  readonly due?: string;
  readonly open?: boolean;
  readonly removed?: boolean;
  readonly author?: string | null;
  readonly teams?: readonly string[];
}

function a(id: string, words: Words = {}): Candidate {
  const { to = ["lisa"], priority = null, severity = null, due = "2025-02-01", open = true } = words;
  const plain = anItem();
  const { incident } = aDocument();
  const removedOn = words.removed ? TODAY : null;
  return {
    item: anItem({
      id,
      due,
      base: { ...plain.base, priority },
      issue: anIssue({ assignees: to, open }),
      nextNudgeOn: TODAY,
    }),
    document: aDocument({ incident: { ...incident, severity }, author: words.author ?? null, removedOn }),
    teams: words.teams ?? [],
  };
}

const input = (candidates: readonly Candidate[], part: Partial<VoicesInput> = {}): VoicesInput => ({
  candidates,
  reached: new Set(),
  muted: new Set(),
  comments: 30,
  peopleLeft: 100,
  again: new Set(),
  policy: DEFAULT_POLICY,
  today: TODAY,
  ...part,
});
const capped = (max_per_person: number) => ({
  policy: { ...DEFAULT_POLICY, nudges: { ...DEFAULT_POLICY.nudges, max_per_person } },
});
/** `lead: others (+ more)`, one a comment. */
const plan = (candidates: readonly Candidate[], part?: Partial<VoicesInput>) =>
  planVoices(input(candidates, part)).map(({ lead, others, more }) =>
    `${lead.item.id}: ${others.map(({ item }) => item.id).join(" ")}${more ? ` +${more}` : ""}`.trim(),
  );

describe("one voice", () => {
  it.each<[string, readonly Candidate[], Partial<VoicesInput>, readonly string[]]>([
    ["one person, one comment", [a("i1"), a("i2"), a("i3")], {}, ["i1: i2 i3"]],
    ["one each for two", [a("i1"), a("i2", { to: ["dev"] })], {}, ["i1:", "i2:"]],
    ["the most severe leads, by priority", [a("i1", { priority: "P3" }), a("i2", { priority: "P0" })], {}, ["i2: i1"]],
    ["then by severity", [a("i1", { severity: "SEV-3" }), a("i2", { severity: "SEV-1" })], {}, ["i2: i1"]],
    ["then by age", [a("i1", { due: "2025-02-02" }), a("i2", { due: "2025-02-01" })], {}, ["i2: i1"]],
    ["what both have tells one of them too", [a("i1", { to: ["lisa", "dev"] }), a("i2")], {}, ["i1: i2"]],
    ["what both have waits where one was told", [a("i1"), a("i2", { to: ["lisa", "dev"] })], {}, ["i1:"]],
    ["a team is a voice", [a("i1", { to: [], teams: ["acme/web"] }), a("i2", { to: ["dev"] })], {}, ["i1:", "i2:"]],
    ["an author is told of what nobody has", [a("i1", { to: [], author: "Lisa" }), a("i2")], {}, ["i1: i2"]],
    ["what nobody has and nobody wrote is told together", [a("i1", { to: [] }), a("i2", { to: [] })], {}, ["i1: i2"]],
    ["nobody is told twice a day", [a("i1"), a("i2", { to: ["dev"] })], { reached: new Set(["lisa"]) }, ["i2:"]],
    [
      "nobody who is muted is told",
      [a("i1"), a("i2", { to: ["lisa", "dev"] })],
      { muted: new Set(["lisa"]) },
      ["i1:", "i2:"],
    ],
    ["so many items a person", [a("i1"), a("i2"), a("i3"), a("i4")], capped(2), ["i1: i2 +2"]],
    ["so many comments", [a("i1"), a("i2", { to: ["dev"] }), a("i3")], { comments: 1 }, ["i1: i3"]],
    ["so many people", [a("i1", { to: ["ada", "dev"] }), a("i2")], { peopleLeft: 1 }, ["i2:"]],
    ["what was refused before comes last", [a("i1"), a("i2")], { again: new Set(["i1"]) }, ["i2: i1"]],
    ["nothing closed, nothing of a removed document", [a("i1", { open: false }), a("i2", { removed: true })], {}, []],
    ["nothing that is not overdue", [a("i1", { due: TODAY })], {}, []],
  ])("%s", (_, candidates, part, comments) => {
    expect(plan(candidates, part)).toEqual(comments);
  });

  it("tells nobody twice and no item twice, keeps the caps, and forgets nothing over the days", () => {
    const login = fc.constantFrom("lisa", "dev", "ada", "eve");
    const some = fc.array(
      fc.record({
        to: fc.uniqueArray(login, { maxLength: 3 }),
        priority: fc.constantFrom("P0", "P2", null),
        author: fc.option(login),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (words, comments, most) => {
        let left = words.map((part, index) => a(`i${index}`, part));
        for (let day = 0; left.length > 0; day++) {
          expect(day).toBeLessThanOrEqual(words.length);
          const voices = planVoices(input(left, { comments, ...capped(most) }));
          const people = voices.flatMap((voice) => voice.people);
          expect(new Set(people).size).toBe(people.length);
          expect(voices.length).toBeLessThanOrEqual(comments);
          const told = voices.flatMap(({ lead, others }) => [lead, ...others]);
          expect(told.length).toBeGreaterThan(0);
          expect(new Set(told).size).toBe(told.length);
          for (const voice of voices) {
            expect(voice.others.length).toBeLessThan(most);
            for (const one of [voice.lead, ...voice.others])
              for (const person of peopleOf(one)) expect(voice.people).toContain(person);
          }
          left = left.filter((one) => !told.includes(one));
        }
      }),
    );
  });
});

describe("whoever is subscribed to an issue", () => {
  const read = (id: string, subscribers: readonly string[], words: Words = {}) => ({ ...a(id, words), subscribers });
  const fresh = { due: "2025-02-28" } as const;
  const reached = new Set(["eve"]);
  it.each<[string, readonly Candidate[], readonly string[]]>([
    ["where their day is free", [read("i1", ["ada"], fresh)], ["i1:"]],
    ["not where it is taken", [read("i1", ["eve"], fresh)], []],
    ["but on another issue of the same people", [read("i1", ["eve"], fresh), read("i2", [], fresh)], ["i2: i1"]],
    ["all the same after a week", [read("i1", ["eve"], { due: "2025-02-21" })], ["i1:"]],
    ["who is asked is not only subscribed", [read("i1", ["lisa"], fresh)], ["i1:"]],
  ])("is notified of a comment there: %s", (_, candidates, voices) => {
    expect(plan(candidates, { reached })).toEqual(voices);
  });

  it("is told once a day: what is asked of them waits", () => {
    const candidates = [read("i1", ["eve"], { ...fresh, priority: "P0" }), a("i2", { ...fresh, to: ["eve"] })];
    expect(plan(candidates)).toEqual(["i1:"]);
    expect(planVoices(input(candidates))[0]?.alongside).toEqual(["eve"]);
  });
});
