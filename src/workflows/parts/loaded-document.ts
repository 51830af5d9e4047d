import type { Postmortem } from "../../postmortem/types.js";
import type { ReadProfile } from "../../similarity/profile.js";
import type { OtherItem, TrackedDocument, TrackedItem } from "../../tracking/types.js";

export interface Origin {
  /** The pull request a document that is not tracked yet belongs to; null for a direct push. */
  readonly home: number | null;
  readonly author: string | null;
  /** The commit for permalinks. */
  readonly commit: string;
  /** Where the document stood before, if the change renamed it. */
  readonly previousPath: string | null;
  /** The paths of the repository, where they are known: a document that stands at none of them has gone, though nobody saw it go. */
  readonly paths?: { has(path: string): boolean };
}

/** A document's text as it stands at a commit or branch. */
export interface ReadDocument {
  readonly postmortem: Postmortem;
  /** What it is compared by; null where it is too large to be read. */
  readonly profile: ReadProfile | null;
  readonly blob: string;
}

/** A document that was read, and where it comes from. */
export interface Found {
  readonly read: ReadDocument;
  readonly origin: Origin;
}

/** A document as loaded, before anything is decided. */
export interface LoadedDocument {
  readonly document: TrackedDocument;
  readonly postmortem: Postmortem;
  readonly profile: ReadProfile | null;
  readonly tracked: readonly TrackedItem[];
  /** Whether it was tracked before. */
  readonly known: boolean;
  /** The copy that stood here before the original went and took its place; left out where there was none. */
  readonly insteadOf?: TrackedDocument;
  /** Of its items, by their index, the one that each may be in other words and that left another document; left out where there is none. */
  readonly doubts?: ReadonlyMap<number, OtherItem>;
}
