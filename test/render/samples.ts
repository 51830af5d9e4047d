/** A small postmortem in the middle of its follow-through, for the texts people read. */
import { DEFAULT_POLICY } from "../../src/policy/schema.js";
import type { DigestInput } from "../../src/render/digest.js";
import type { IssueContext } from "../../src/render/issue.js";
import { linksOf } from "../../src/render/links.js";
import type { StatusInput } from "../../src/render/status.js";
import type { TrackedDocument, TrackedItem, TrackingIssue } from "../../src/tracking/types.js";
import { aDocument, anIssue, anItem } from "../store/samples.js";

/** What a digest is made from, of one postmortem. */
export const standing = (part: Partial<DigestInput> = {}): DigestInput => ({
  open: [],
  closed: [],
  documents: new Map([[anItem().documentId, document()]]),
  policy: DEFAULT_POLICY,
  today: TODAY,
  links: LINKS,
  label: "action-item",
  ...part,
});

export const TODAY = "2024-09-28";

export const LINKS = linksOf("https://github.com", { owner: "acme", name: "shop", defaultBranch: "main" });

export function document(part: Partial<TrackedDocument> = {}): TrackedDocument {
  return aDocument({
    path: "postmortems/2024-09-12-gateway.md",
    title: "Payment gateway outage",
    incident: { id: "INC-89", date: "2024-09-12", severity: "SEV-1", services: ["payments"], tags: [] },
    home: 42,
    author: "ada",
    ...part,
  });
}

/** An item of that document; `words` go into its base, `issue` into its open tracking issue (null: there is none). */
export function item(
  title: string,
  part: Partial<TrackedItem> = {},
  words: Partial<TrackedItem["base"]> = {},
  issue: Partial<TrackingIssue> | null = {},
): TrackedItem {
  const plain = anItem();
  const nothing = { owners: [], mentions: [], due: null, dueText: null, priority: null };
  return {
    ...plain,
    id: `id-of-${title.replace(/\W+/g, "-").slice(0, 50)}`,
    place: { commit: "c0ffee", path: "postmortems/2024-09-12-gateway.md", line: 158, endLine: 158 },
    due: null,
    dueOrigin: { kind: "none" },
    originalDue: part.due ?? null,
    openedOn: "2024-09-16",
    base: { ...plain.base, title, ...nothing, ...words },
    issue: issue && anIssue({ title, assignees: [], number: 7, ...issue }),
    ...part,
  };
}

/** What an issue's text is made from. */
export const issueContext = (of: TrackedItem, part: Partial<IssueContext> = {}): IssueContext => ({
  item: of,
  document: document(),
  links: LINKS,
  today: TODAY,
  teams: [],
  names: [],
  unassignable: [],
  beyond: [],
  ...part,
});

/** What a status comment is made from. */
export const statusInput = (part: Partial<StatusInput> = {}): StatusInput => ({
  sections: [],
  policy: DEFAULT_POLICY,
  policyProblems: [],
  obstacle: null,
  links: LINKS,
  label: "action-item",
  today: TODAY,
  ...part,
});

/** What readers see: markers are HTML comments. */
export { withoutMarkers as visible } from "../../src/render/marker.js";
