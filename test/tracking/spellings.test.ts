/** One person is one, however written, wherever people are grouped: `alice`, `@alice` and `Alice`. */
import { describe, expect, it } from "vitest";
import { toIssue } from "../../src/github/facts.js";
import { DEFAULT_POLICY, type Policy } from "../../src/policy/schema.js";
import { digestOf } from "../../src/tracking/digest.js";
import { groupsOf } from "../../src/tracking/figures/groups.js";
import { namedOwners, onePerson, resolveOwners } from "../../src/tracking/owners.js";
import { search } from "../../src/tracking/search.js";
import { peopleOf } from "../../src/tracking/voices.js";
import { document, item, standing, TODAY } from "../render/samples.js";
import { counted, DAY } from "./figures/samples.js";

const AS_IN_DOCUMENT = ["alice", "@alice", "Alice", "@ALICE"];
const bare = (spelling: string) => spelling.replace("@", "");

/** The issue as GitHub tells of it, whatever case it writes logins in. */
const assignees = (login: string) =>
  toIssue({
    number: 7,
    title: "Add timeouts",
    state: "open",
    created_at: "2024-09-16T00:00:00Z",
    closed_at: null,
    labels: [],
    id: 1,
    locked: false,
    user: null,
    assignees: [{ login: bare(login) }],
  }).assignees;

/** For each place, whom it takes a spelling for, or all spellings together. */
const PLACES: Readonly<Record<string, () => unknown>> = {
  "who is assigned": () =>
    resolveOwners({ owners: AS_IN_DOCUMENT.map(bare), mentions: ["Alice", "alice"] }, DEFAULT_POLICY).logins,
  "a name of the policy": () => {
    const policy: Pick<Policy, "owners"> = { owners: { Alice: ["@alice"] } };
    const found = AS_IN_DOCUMENT.flatMap((owner) => resolveOwners({ owners: [owner], mentions: [] }, policy).logins);
    return [...new Set(found)];
  },
  "whom a digest says that the postmortem names": () =>
    namedOwners(item("Add timeouts", {}, { owners: ["alice", "Alice", "ALICE"], mentions: ["Alice"] }), DEFAULT_POLICY),
  "names that the policy does not know": () => onePerson(AS_IN_DOCUMENT),
  "owners of a digest": () =>
    digestOf(
      standing({
        today: TODAY,
        open: AS_IN_DOCUMENT.map((login) =>
          item(`Add ${login}`, { due: "2024-09-01" }, {}, { assignees: assignees(login) }),
        ),
      }),
    ).overdue.map(({ owner }) => owner),
  "whom a nudge notifies": () => {
    const people = AS_IN_DOCUMENT.flatMap((login) => [
      ...peopleOf({ item: item("A", {}, {}, { assignees: assignees(login) }), document: document(), teams: [] }),
      ...peopleOf({ item: item("B"), document: document({ author: bare(login) }), teams: [] }),
    ]);
    return [...new Set(people)];
  },
  "figures by owner": () =>
    groupsOf(
      AS_IN_DOCUMENT.map((login) => counted({ assignees: assignees(login) })),
      "owner",
      { since: null },
    ).map(({ name }) => name),
};

describe("one spelling a person", () => {
  it.each(Object.entries(PLACES))("%s", (_, told) => {
    expect(told()).toEqual(["alice"]);
  });

  it.each(AS_IN_DOCUMENT)("what %s has is found", (owner) => {
    const items = [item("Add timeouts", {}, {}, { assignees: ["alice"] }), item("Test", {}, { owners: ["Alice"] })];
    expect(search([{ document: document(), items, policy: DEFAULT_POLICY }], { words: [], owner }, DAY)).toHaveLength(
      2,
    );
  });
});
