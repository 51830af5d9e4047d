/** What commands make of an item: a function of the item, the comments, and who may do what. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { type CommandComment, carryOut } from "../../src/tracking/carry-out.js";
import { parseCommands } from "../../src/tracking/commands/parse.js";
import { dueConflict } from "../../src/tracking/merge.js";
import type { TrackedItem } from "../../src/tracking/types.js";
import { anIssue, anItem } from "../store/samples.js";
import { an, decideOn, opened, TODAY } from "./samples.js";

const ON = "2025-01-10";
const ALLOWED = { command: new Set(["lisa"]), assign: new Set(["lisa", "dev"]), others: new Map(), isApart: false };

const by = (author: string, body: string, part: Partial<CommandComment> = {}): CommandComment => ({
  id: 100,
  author,
  writtenAt: `${ON}T10:00:00Z`,
  on: ON,
  barred: null,
  editedAt: null,
  commands: parseCommands(body, { written: ON, policy: DEFAULT_POLICY }),
  ...part,
});

/** On an item that ada has, due on 2025-02-01. */
const having = (comments: readonly CommandComment[], part: Partial<TrackedItem> = {}, issue = anIssue()) =>
  carryOut(anItem(part), issue, comments, ALLOWED);

it("gives the issue to whoever writes `me`", () => {
  expect(having([by("Lisa", "/assign me")]).item.issue?.assignees).toContain("lisa");
  expect(having([by("Lisa", "/assign @me dev")]).item.issue?.assignees).toEqual(
    expect.arrayContaining(["dev", "lisa"]),
  );
});

describe("a moved due date", () => {
  it("goes into the ledger with who and why; the first one stays", () => {
    const { item, outcomes } = having([by("Ada", "/due 2025-03-01 late")]);
    expect(item).toMatchObject({
      due: "2025-03-01",
      originalDue: "2025-02-01",
      dueOrigin: { kind: "command", by: "Ada", was: "2025-02-01", document: "2025-02-01" },
      slips: [{ on: ON, from: "2025-02-01", to: "2025-03-01", by: "Ada", why: "late" }],
      heard: { id: 100, at: `${ON}T10:00:00Z` },
    });
    expect(outcomes).toMatchObject([{ barred: null, done: true, refused: [], help: false }]);
  });

  it("to the day it has already is no move", () => {
    expect(having([by("ada", "/due 2025-02-01")]).item).toMatchObject({ dueOrigin: { kind: "stated" }, slips: [] });
  });

  it("moved again is still held against what the document asks for", () => {
    const { item } = having([by("ada", "/due 2025-03-01"), by("lisa", "/due 2025-04-01", { id: 101 })]);
    expect(item).toMatchObject({
      dueOrigin: { by: "lisa", was: "2025-02-01", document: "2025-02-01" },
      slips: [{ to: "2025-03-01" }, { from: "2025-03-01", to: "2025-04-01" }],
      heard: { id: 101 },
    });
  });

  it("of an item without one is its first", () => {
    const { item } = having([by("ada", "/due 2025-03-01")], {
      due: null,
      originalDue: null,
      dueOrigin: { kind: "none" },
    });
    expect(item).toMatchObject({ due: "2025-03-01", originalDue: "2025-03-01" });
  });
});

describe("a date that a person and the document move", () => {
  const [item] = opened(decideOn([an("Add timeouts", { due: "2024-10-01" })]));
  if (!item?.issue) throw new Error("the item has no issue");
  const moved = carryOut(item, item.issue, [by("lisa", "/due 2025-03-01")], ALLOWED).item;
  const readAgain = (due: string | null, before = moved) => {
    const [next] = decideOn([an("Add timeouts", { due })], { tracked: [before] });
    if (!next) throw new Error("the item is gone");
    return next;
  };

  it.each([
    ["the document does not move it", "2024-10-01", "2025-03-01", []],
    ["the document moves it to the same day", "2025-03-01", "2025-03-01", []],
    [
      "the document moves it elsewhere",
      "2024-11-01",
      "2025-03-01",
      [{ field: "due", document: "2024-11-01", issue: "2025-03-01" }],
    ],
    [
      "the document takes its word back: the policy's date is another too",
      null,
      "2025-03-01",
      [{ field: "due", document: "2024-10-16", issue: "2025-03-01" }],
    ],
  ])("%s", (_, document, due, conflicts) => {
    expect(readAgain(document)).toMatchObject({ due, conflicts });
    expect(readAgain(document).slips).toEqual(moved.slips);
  });

  it("the document takes its change back", () => {
    expect(readAgain("2024-10-01", readAgain("2024-11-01")).conflicts).toEqual([]);
  });

  it("once they agree, the document leads again", () => {
    const agreed = readAgain("2025-03-01");
    expect(readAgain("2025-04-01", agreed)).toMatchObject({ due: "2025-04-01", dueOrigin: { kind: "stated" } });
  });

  it("a person who moves it again has seen what the document says", () => {
    const seen = readAgain("2024-11-01");
    const again = carryOut(seen, item.issue ?? anIssue(), [by("lisa", "/due 2025-05-01")], ALLOWED).item;
    expect(dueConflict(again)).toEqual([]);
  });

  it("is read on the day it is told", () => {
    expect(TODAY < ON).toBe(true);
  });
});

describe("rest and waivers", () => {
  it("keep the last few snoozes", () => {
    const { item } = having(Array.from({ length: 8 }, (_, n) => by("ada", `/snooze ${n + 1} days`, { id: 100 + n })));
    expect(item.snoozes.map(({ until }) => until)).toEqual([
      "2025-01-14",
      "2025-01-15",
      "2025-01-16",
      "2025-01-17",
      "2025-01-18",
    ]);
  });

  it("for good close the issue as not planned; until a day they leave it open", () => {
    const forGood = having([by("ada", "/waive no use")]);
    expect(forGood).toMatchObject({
      item: { waiver: { on: ON, by: "ada", why: "no use", until: null }, issue: { open: false, closedOn: ON } },
      closedAs: "not_planned",
    });
    const forNow = having([by("ada", "/waive freeze until 2025-02-10")]);
    expect(forNow).toMatchObject({
      item: { waiver: { until: "2025-02-10" }, issue: { open: true } },
      closedAs: null,
    });
  });

  it("end with /done and /reopen; what comes last holds", () => {
    const comments = (...bodies: string[]) => having(bodies.map((body, n) => by("ada", body, { id: 100 + n })));
    expect(comments("/waive no use", "/done")).toMatchObject({ item: { waiver: null }, closedAs: "completed" });
    expect(comments("/done", "/reopen")).toMatchObject({ item: { issue: { open: true } }, closedAs: null });
    expect(comments("/reopen\n/done")).toMatchObject({ item: { issue: { open: false } }, closedAs: "completed" });
  });
});

describe("owners", () => {
  it("are added and taken off; without a name it is who writes", () => {
    const { item, outcomes } = having([by("lisa", "/assign\n/assign @DEV @lisa\n/unassign @ada @nobody")]);
    expect(item.issue?.assignees).toEqual(["dev", "lisa"]);
    expect(outcomes[0]?.refused).toEqual([]);
  });

  it("who cannot be assigned, or is one too many, is not", () => {
    const { item, outcomes } = having([by("ada", "/assign @eve @dev\n/due 2025-03-01")]);
    expect(item.issue?.assignees).toEqual(["ada"]);
    expect(outcomes[0]).toMatchObject({
      done: true,
      refused: [{ text: "/assign @eve @dev", why: { kind: "not-assignable", login: "eve" } }],
    });
    const ten = anIssue({ assignees: ["ada", ..."bcdefghij"] });
    expect(having([by("ada", "/assign @dev")], {}, ten).outcomes[0]?.refused[0]?.why).toEqual({ kind: "too-many" });
  });
});

describe("who may", () => {
  it.each([
    ["an assignee", "ADA", {}, null],
    ["somebody with triage access", "Lisa", {}, null],
    ["nobody else", "eve", {}, "not-allowed"],
    ["nobody in a comment that was edited", "ada", { barred: { why: "edited", to: "ada" } }, "edited"],
    [
      "nobody in a comment that somebody else edited",
      "eve",
      { barred: { why: "edited-by-other", to: "ada" } },
      "edited-by-other",
    ],
    [
      "nobody who may not, whatever was done before",
      "eve",
      { barred: { why: "done-before", to: "eve" } },
      "not-allowed",
    ],
  ] as const)("%s", (_, author, part, barred) => {
    const { item, outcomes } = having([by(author, "/due 2025-03-01\n/help", part)]);
    expect(outcomes[0]).toMatchObject({ barred, done: barred === null, help: barred === null });
    expect(item.due).toBe(barred ? "2025-02-01" : "2025-03-01");
    // Dealt with is dealt with.
    expect(item.heard).toEqual({ id: 100, at: `${ON}T10:00:00Z` });
  });

  it("whoever hands it on may still finish the sentence, and says no more", () => {
    const { item, outcomes } = having([
      by("ada", "/unassign\n/due 2025-03-01"),
      by("ada", "/due 2025-04-01", { id: 101 }),
    ]);
    expect(item).toMatchObject({ due: "2025-03-01", heard: { id: 101 } });
    expect(outcomes.map(({ barred }) => barred)).toEqual([null, "not-allowed"]);
  });

  // Ada is assigned, lisa has triage access, dev has neither.
  const COMMENTS = [
    ["ada", "/assign @dev"],
    ["lisa", "/unassign @dev"],
    ["dev", "/due 2025-03-01"],
    ["lisa", "/unassign @ada"],
    ["ada", "/due 2025-04-01"],
  ] as const;

  it.each(orders(COMMENTS.map((_, index) => index)))(
    "each is judged by who is assigned by then: order %j",
    (...order) => {
      const comments = order.flatMap((index, place) => {
        const [author, body] = COMMENTS[index] ?? [];
        return author && body ? [by(author, body, { id: 100 + place })] : [];
      });
      const assigned = new Set(["ada"]);
      const expected = comments.map(({ author, commands }) => {
        const allowed = author === "lisa" || assigned.has(author);
        for (const { asks } of allowed ? commands : []) {
          if (asks.kind === "assign") for (const login of asks.logins) assigned.add(login);
          if (asks.kind === "unassign") for (const login of asks.logins) assigned.delete(login);
        }
        return allowed ? null : "not-allowed";
      });
      const { item, outcomes } = having(comments);
      expect(outcomes.map(({ barred }) => barred)).toEqual(expected);
      expect(item.issue?.assignees).toEqual([...assigned].sort());
    },
  );
});

/** Every order of some things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first, index) => orders(things.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}
