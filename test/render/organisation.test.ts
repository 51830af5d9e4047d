/** What the organisation's digest and a repository's own tell of each item: none vanishes, and each line says what a meeting can act on. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { type DigestInput, digestMessage, renderDigestComment } from "../../src/render/digest.js";
import { type Message, plain } from "../../src/render/message.js";
import {
  organisationMessage,
  renderOrganisationComment,
  renderOrganisationIssue,
} from "../../src/render/organisation.js";
import { closedThisWeek, digestOf } from "../../src/tracking/digest.js";
import type { TrackedItem, TrackingIssue } from "../../src/tracking/types.js";
import { aWeek } from "../support/weeks.js";
import { document, item, LINKS, standing, TODAY } from "./samples.js";

const organisationOf = (...inputs: readonly DigestInput[]) => ({
  parts: inputs.map((input, at) => ({ name: `acme/r${at}`, input })),
  today: TODAY,
  links: LINKS,
  label: "action-item",
});
const of = (
  part: Partial<TrackedItem> = {},
  words: Partial<TrackedItem["base"]> = {},
  issue: Partial<TrackingIssue> = {},
) => item("Rotate keys", part, words, { assignees: ["lisa"], ...issue });
const byDefault = { dueOrigin: { kind: "default", days: 30 } } as const;
const slip = (on: string, from: string, to: string) => ({ on, from, to, by: "dev", why: "the vendor is late" });
const team = { owners: ["acme/payments"], mentions: ["acme/payments"] };

/** The lines of a message's sections, as words. */
const linesOf = ({ sections }: Message): string[] =>
  sections.flatMap(({ title, entries }) => [
    title,
    ...entries.flatMap(({ line, under = [] }) => [line, ...under].map(plain)),
  ]);

it.each(Array.from({ length: 12 }, (_, seed) => seed))("no item vanishes, over weeks made by dice from %d", (seed) => {
  const inputs = [0, 1].map((at) => aWeek(seed * 10 + at, 12));
  for (const [text, told] of [
    [renderOrganisationComment(organisationOf(...inputs), "k"), inputs],
    ...inputs.map((input) => [renderDigestComment(input, "k"), [input]] as const),
  ] as const)
    for (const input of told) {
      const later = digestOf(input).later.map(({ id }) => id);
      const { closed, duplicates } = closedThisWeek(input);
      const wanted = [...input.open, ...closed, ...duplicates].filter(({ id }) => !later.includes(id));
      const owners = new Map<string | null, number>();
      for (const one of wanted) {
        const owner = one.issue?.assignees[0] ?? null;
        owners.set(owner, (owners.get(owner) ?? 0) + 1);
        // Of an owner's, three stand in the digest of a repository.
        if ((owners.get(owner) ?? 0) <= 3) expect(text).toContain(one.base.title);
      }
    }
});

describe("a line says what can be acted on", () => {
  it.each<[string, string, TrackedItem]>([
    [
      "a date by the policy is no promise",
      "9 days overdue (date by policy) · ",
      of({ due: "2024-09-19", ...byDefault }),
    ],
    ["a promised date", "9 days overdue · ", of({ due: "2024-09-19" })],
    [
      "what was moved this week and is overdue: from when to when, who and why",
      "moved from Thu 19 Sep 2024 to Fri 27 Sep 2024 by @dev: the vendor is late",
      of({ due: "2024-09-27", originalDue: "2024-09-19", slips: [slip("2024-09-25", "2024-09-19", "2024-09-27")] }),
    ],
    [
      "what was moved before",
      "1 move, first due Thu 19 Sep 2024",
      of({ due: "2024-09-27", originalDue: "2024-09-19", slips: [slip("2024-09-10", "2024-09-19", "2024-09-27")] }),
    ],
    ["an owner and no date", "Rotate keys: no date · @lisa · ", of()],
    ["neither", "Rotate keys: no owner and no date · ", of({}, {}, { assignees: [] })],
    [
      "snoozed",
      "snoozed until Wed 2 Oct 2024 · @lisa",
      of({ due: "2024-10-30", snoozes: [{ on: "2024-09-20", until: "2024-10-02", by: "dev", why: null }] }),
    ],
    [
      "waived",
      "waived until Sun 1 Dec 2024: no budget",
      of({ due: "2024-09-19", waiver: { on: "2024-09-20", by: "dev", why: "no budget", until: "2024-12-01" } }),
    ],
    ["gone from its postmortem", "it no longer stands in its postmortem", of({ leftOn: "2024-09-20" })],
    [
      "closed, with thanks",
      "on time · @lisa",
      of({ due: "2024-09-30" }, {}, { open: false, closedOn: "2024-09-26", closedAs: "completed" }),
    ],
  ])("%s", (_, words, one) => {
    const input = standing(one.issue?.open ? { open: [one] } : { closed: [one] });
    for (const message of [digestMessage(input), organisationMessage(organisationOf(input))])
      expect(linesOf(message).join("\n")).toContain(words);
  });
});

describe("what is overdue stands under who has it", () => {
  it.each<[string, string, TrackedItem]>([
    ["a person", "@lisa", of({ due: "2024-09-19" })],
    [
      "a team, which GitHub cannot assign",
      "@acme/payments, nobody assigned",
      of({ due: "2024-09-19" }, team, { assignees: [] }),
    ],
    ["a person who has a team's item", "@lisa", of({ due: "2024-09-19" }, team)],
    ["nobody", "Nobody yet", of({ due: "2024-09-19" }, { owners: ["Marcus"] }, { assignees: [] })],
  ])("%s", (_, words, one) => {
    expect(linesOf(digestMessage(standing({ open: [one], policy: DEFAULT_POLICY })))[1]).toBe(words);
  });
});

describe("what is overdue stands under its severity, and the rest last", () => {
  const titlesOf = (severities: readonly (string | null)[]) => {
    const documents = severities.map((severity, at) =>
      document({ id: `d${at}`, incident: { ...document().incident, severity } }),
    );
    const open = severities.map((_, at) => ({ ...of({ due: "2024-09-19", id: `i${at}` }), documentId: `d${at}` }));
    const input = standing({ open, documents: new Map(documents.map((one) => [one.id, one])) });
    return organisationMessage(organisationOf(input)).sections.map(({ title }) => title.replace("🔴 Overdue", ""));
  };
  it.each<[readonly (string | null)[], readonly string[]]>([
    [
      ["SEV-2", "sev-1", "SEV-1"],
      [", SEV-1: 2", ", SEV-2: 1"],
    ],
    [
      ["SEV-3", null, "sev 1 | odd", "SEV-1"],
      [", SEV-1: 1", ", SEV-3: 1", ", others: 2"],
    ],
    [[null, null], [": 2"]],
    [
      ["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"],
      [", SEV-1: 1", ", SEV-2: 1", ", SEV-3: 1", ", SEV-4: 1", ", others: 1"],
    ],
  ])("%j", (severities, titles) => {
    expect(titlesOf(severities).slice(0, -1)).toEqual(titles);
  });
});

it("the charts of the organisation are the sums of those of its repositories", () => {
  const opened = (openedOn: string) => of({ openedOn, due: "2024-12-01" });
  const [one, other] = [
    standing({ open: [opened("2024-09-24")] }),
    standing({ open: [opened("2024-09-25"), opened("2024-05-01")] }),
  ];
  const issue = renderOrganisationIssue(organisationOf(one, other));
  expect(issue).toContain('x-axis ["0 to 30 days: 2", "31 to 90 days: 0", "91 to 180 days: 1", "over 180 days: 0"]');
  expect(issue).toContain("bar [0, 0, 0, 0, 0, 0, 0, 2]");
});
