/** Items to count, in a few words. */
import type { Counted } from "../../../src/tracking/figures/counted.js";
import type { TrackedDocument, TrackedItem, TrackingIssue } from "../../../src/tracking/types.js";
import { document, item } from "../../render/samples.js";

/** The day that figures are of, unless told otherwise. */
export const DAY = "2024-09-30";

export interface Words {
  readonly title?: string;
  /** The day its issue was opened. */
  readonly on?: string;
  /** The day it was closed; left out: it is open. */
  readonly closed?: string;
  readonly as?: NonNullable<TrackingIssue["closedAs"]>;
  readonly assignees?: readonly string[];
  readonly priority?: string | null;
  readonly type?: TrackedItem["base"]["type"];
  readonly issue?: Partial<TrackingIssue>;
  readonly item?: Partial<TrackedItem>;
  readonly document?: Partial<TrackedDocument>;
  readonly counted?: Partial<Counted>;
}

let made = 0;

/** An item opened on 1 September, open and without a date unless told otherwise. */
export function counted(words: Words = {}): Counted {
  const { on = "2024-09-01", closed, as = "completed", assignees = ["lisa"], priority = null, type = null } = words;
  const number = ++made;
  const { title = `item ${number}` } = words;
  const issue = { number, assignees, ...(closed && { open: false, closedOn: closed, closedAs: as }), ...words.issue };
  return {
    item: item(title, { openedOn: on, ...words.item }, { priority, type }, issue),
    document: document(words.document),
    repository: "acme/shop",
    owners: assignees,
    teams: [],
    urgency: [],
    day: DAY,
    ...words.counted,
  };
}

export const slip = (on: string, from: string | null, to: string | null, by: string | null = "dev") => ({
  on,
  from,
  to,
  by,
  why: null,
});
