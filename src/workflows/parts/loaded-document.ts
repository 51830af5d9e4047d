import type { Postmortem } from "../../postmortem/types.js";
import type { TrackedDocument, TrackedItem } from "../../tracking/types.js";

/** A document as loaded, before anything is decided. */
export interface LoadedDocument {
  readonly document: TrackedDocument;
  readonly postmortem: Postmortem;
  readonly tracked: readonly TrackedItem[];
  /** Whether it was tracked before. */
  readonly known: boolean;
}
