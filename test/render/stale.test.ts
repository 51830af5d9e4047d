/**
 * Nothing that an issue or the status comment says of an item is stale: every state of the issue, by every word of the document, with every waiver and
 * snooze, against what each text may say then.
 */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import { renderIssue } from "../../src/render/issue.js";
import { withoutMarkers } from "../../src/render/marker.js";
import { renderStatus } from "../../src/render/status.js";
import { withDerived } from "../../src/tracking/decide.js";
import type { TrackedItem, TrackingIssue } from "../../src/tracking/types.js";
import { document, issueContext, item, statusInput, TODAY } from "./samples.js";

const TITLE = "Add timeouts to every call";
const [YESTERDAY, LATER] = ["2024-09-01", "2024-12-07"];

const ISSUES: Readonly<Record<string, Partial<TrackingIssue>>> = {
  open: {},
  completed: { open: false, closedOn: YESTERDAY, closedAs: "completed" },
  "not planned": { open: false, closedOn: YESTERDAY, closedAs: "not_planned" },
  duplicate: { open: false, closedOn: YESTERDAY, closedAs: "duplicate" },
  gone: { open: false, closedOn: YESTERDAY, closedAs: "gone" },
};
const WORDS: Readonly<Record<string, Partial<TrackedItem["base"]>>> = {
  promised: {},
  ticked: { done: true },
  dropped: { dropped: true },
};
const by = { on: YESTERDAY, by: "dev", why: "the freeze" };
const PUT_OFF: Readonly<Record<string, Partial<TrackedItem>>> = {
  "not put off": {},
  "a waiver that holds": { waiver: { ...by, until: LATER } },
  "a waiver that ended today": { waiver: { ...by, until: TODAY } },
  "a waiver for good": { waiver: { ...by, until: null } },
  "a snooze that holds": { snoozes: [{ ...by, until: LATER }] },
  "a snooze that ended today": { snoozes: [{ ...by, until: TODAY }] },
};
const PLACES: Readonly<Record<string, { readonly left?: boolean; readonly removed?: boolean }>> = {
  "in its document": {},
  "left its document": { left: true },
  "its document is gone": { removed: true },
};

const CELLS = Object.keys(ISSUES).flatMap((issue) =>
  Object.keys(WORDS).flatMap((words) =>
    Object.keys(PUT_OFF).flatMap((off) => Object.keys(PLACES).map((place) => [issue, words, off, place] as const)),
  ),
);

function told(issue: string, words: string, off: string, place: string) {
  const made = item(
    TITLE,
    { due: "2024-12-01", ...PUT_OFF[off], ...(PLACES[place]?.left && { leftOn: YESTERDAY }) },
    WORDS[words],
    ISSUES[issue],
  );
  // As the App left it when it last wrote: closed where the document says so.
  const written = { title: TITLE, assignees: [], open: words === "promised", hash: "" };
  const known = withDerived({ ...made, written }, DEFAULT_POLICY, new Set());
  const read = document(PLACES[place]?.removed ? { removedOn: YESTERDAY } : {});
  const onIssue = withoutMarkers(renderIssue(issueContext(known, { document: read })).body);
  const section = { document: read, items: [known], unknownOwners: [], troubles: [] };
  const status = withoutMarkers(renderStatus(statusInput({ sections: [section] })).body);
  return { known, onIssue, status, row: status.split("\n").find((line) => line.includes(`[${TITLE}]`)) ?? "" };
}

describe("what is said of an item", () => {
  it.each(CELLS)("issue %s, %s, %s, %s", (issue, words, off, place) => {
    const { known, onIssue, status, row } = told(issue, words, off, place);
    const isOpen = issue === "open";
    const stands = place === "in its document";
    const ask = /Done\? Close this issue|close (?:this|the) issue/i;
    // Nobody is asked to close what is closed, nor to tick what is ticked.
    if (!isOpen && issue !== "gone") expect(onIssue).not.toMatch(ask);
    if (words !== "promised") expect(onIssue).not.toContain("or tick the item");
    if (isOpen) expect(onIssue).toMatch(ask);
    // A waiver and a snooze are told while they hold, and no longer.
    const waived = isOpen && off === "a waiver that holds" && words !== "ticked";
    const waivedForGood = !isOpen && off === "a waiver for good" && words !== "ticked";
    expect(onIssue.includes("| **Waived** |")).toBe(waived || waivedForGood);
    expect(onIssue.includes("| **Snoozed** |")).toBe(isOpen && off === "a snooze that holds");
    expect(row.includes("until")).toBe(
      place !== "its document is gone" && (waived || (isOpen && off === "a snooze that holds")),
    );
    // Issue and status comment say the same of a conflict, with both sides.
    const conflict = isOpen && stands && words !== "promised";
    const sides =
      words === "ticked"
        ? "“done” in the postmortem, “open” on the issue"
        : "“will not be done” in the postmortem, “open” on the issue";
    if (stands) {
      expect(onIssue.includes(sides)).toBe(conflict);
      expect(status.includes(sides)).toBe(conflict);
    }
    // Done is what was ticked or completed, and whose issue is not open.
    const done = place !== "its document is gone" && row.includes("✅");
    expect(done && isOpen).toBe(false);
    if (done) expect(words === "ticked" || issue === "completed").toBe(true);
    // What left the document stays in the count.
    if (place !== "its document is gone") expect(status).toMatch(/of 1 action item done/);
    expect(known.id).toBeTruthy();
  });
});
