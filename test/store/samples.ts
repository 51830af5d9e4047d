/** Entities as the store keeps them, complete, with what a test cares about put in. */
import type { Work } from "../../src/jobs/work.js";
import type {
  Installation,
  KeptComment,
  Repository,
  TrackedDocument,
  TrackedItem,
  TrackingIssue,
} from "../../src/tracking/types.js";

/** GitHub's identifiers have outgrown 32 bits. */
export const BIG = 3_000_000_000;

export function anInstallation(part: Partial<Installation> = {}): Installation {
  return { id: BIG + 1, account: "acme", suspended: false, removedAt: null, ...part };
}

export function aRepository(part: Partial<Repository> = {}): Repository {
  return {
    id: BIG + 10,
    installationId: BIG + 1,
    owner: "Acme",
    name: "Shop",
    defaultBranch: "main",
    obstacle: null,
    lostAt: null,
    policyText: "labels: [a]\n",
    policyOrigin: { kind: "own" },
    policyProblems: [],
    labels: [],
    digestIssue: null,
    sweptUntil: null,
    seen: null,
    sweptPolicy: null,
    rebuiltAt: null,
    ...part,
  };
}

export function aDocument(part: Partial<TrackedDocument> = {}): TrackedDocument {
  return {
    id: "d1",
    repositoryId: BIG + 10,
    firstPath: "postmortems/a.md",
    path: "postmortems/2025-01-01 – Zürich 🔥.md",
    title: "Checkout down\u0000, “twice”",
    incident: { id: "INC-1", date: "2025-01-01", severity: "SEV-1", services: ["shop"], tags: [] },
    home: 12,
    commit: "c".repeat(40),
    blob: null,
    author: "ada",
    removedOn: null,
    held: null,
    problems: [],
    ...part,
  };
}

export function anIssue(part: Partial<TrackingIssue> = {}): TrackingIssue {
  return { number: 7, title: "Add an alert", assignees: ["ada"], open: true, closedOn: null, adoptedBy: null, ...part };
}

export function anItem(part: Partial<TrackedItem> = {}): TrackedItem {
  return {
    id: "i1",
    documentId: "d1",
    repositoryId: BIG + 10,
    ordinal: 0,
    base: {
      title: "Add an alert",
      owners: ["ada"],
      mentions: ["ada"],
      due: "2025-02-01",
      dueText: "Feb 1",
      done: false,
      priority: "P1",
      ref: null,
      refUrl: null,
      group: null,
      type: null,
      window: null,
    },
    place: { commit: "c".repeat(40), path: "postmortems/a.md", line: 10, endLine: 11 },
    due: "2025-02-01",
    dueOrigin: { kind: "stated", text: "Feb 1" },
    originalDue: "2025-02-01",
    slips: [],
    slipsLeftOut: 0,
    snoozes: [],
    waiver: null,
    heard: null,
    nudges: [],
    conflicts: [],
    openedOn: "2025-01-02",
    issue: anIssue(),
    written: null,
    leftOn: null,
    nextNudgeOn: "2025-02-02",
    ...part,
  };
}

export function aComment(part: Partial<KeptComment> = {}): KeptComment {
  return { key: "status:12", repositoryId: BIG + 10, number: 12, commentId: BIG * 2, hash: "h", ...part };
}

/** Work on pull request `number` of a repository; by default all in one. */
export function aPull(number: number, repositoryId = BIG + 10, installationId = BIG + 1): Work {
  return { kind: "pull", installationId, repositoryId, number };
}
