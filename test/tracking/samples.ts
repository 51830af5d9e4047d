/** A document in a few words, read and decided on: `decideOn([an("Add timeouts", { due: "2024-10-01" })])`. */
import { DEFAULT_POLICY, type Policy } from "../../src/policy/schema.js";
import type { ActionItem, Postmortem } from "../../src/postmortem/types.js";
import { type DecideInput, decide } from "../../src/tracking/decide.js";
import type { TrackedDocument, TrackedItem } from "../../src/tracking/types.js";

/** An action item as read, in line 10 unless told otherwise. */
export function an(title: string, part: Partial<ActionItem> = {}): ActionItem {
  return {
    line: 10,
    endLine: 10,
    title,
    owners: [],
    mentions: [],
    due: null,
    dueText: null,
    done: false,
    priority: null,
    ref: null,
    refUrl: null,
    group: null,
    kind: "bullet",
    type: null,
    window: null,
    ...part,
  };
}

export const DOCUMENT: TrackedDocument = {
  id: "d1",
  repositoryId: 7,
  firstPath: "postmortems/a.md",
  path: "postmortems/a.md",
  title: "Outage",
  incident: { id: null, date: "2024-09-12", severity: "SEV-1", services: [], tags: [] },
  home: 12,
  commit: "c1",
  blob: null,
  author: "ada",
  removedOn: null,
  held: null,
  problems: [],
};

export const TODAY = "2024-09-16";

export function postmortem(items: readonly ActionItem[]): Postmortem {
  const { path, title, incident } = DOCUMENT;
  return { path, title, incident, items, problems: [], followThrough: true };
}

/** Decides on a document with these items; `ada`, `lisa` and `dev` can be assigned. */
export function decideOn(items: readonly ActionItem[], part: Partial<DecideInput> = {}): TrackedItem[] {
  return decide({
    document: DOCUMENT,
    postmortem: postmortem(items),
    tracked: [],
    policy: DEFAULT_POLICY,
    assignable: new Set(["ada", "lisa", "dev"]),
    today: TODAY,
    ...part,
  });
}

/** The items as they stand once their issues were opened, on `openedOn`, as the document asked. */
export function opened(items: readonly TrackedItem[], openedOn = TODAY): TrackedItem[] {
  return items.map((item, index) => {
    const fields = { title: item.base.title, assignees: [...item.base.owners].sort(), open: true };
    return {
      ...item,
      openedOn,
      issue: { ...fields, number: index + 1, closedOn: null, adoptedBy: null },
      written: { ...fields, hash: "h" },
    };
  });
}

/** The default policy with some parts changed. */
export function policyWith(part: Partial<Policy>): Policy {
  return { ...DEFAULT_POLICY, ...part };
}
