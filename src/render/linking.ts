/**
 * The one line on a pull request that edits a postmortem whose status comment stands on another:
 *
 *   The action items of [Payment gateway outage](…) are followed through in #42.
 */
import type { TrackedDocument } from "../tracking/types.js";
import { inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { list } from "./words.js";

export function linkingLine(documents: readonly TrackedDocument[], links: Links): string {
  const parts = documents.map(
    (document) =>
      `[${inertShort(document.title ?? document.path, 120)}](${links.document(document)}) in #${document.home}`,
  );
  return `Action items are followed through where each postmortem was introduced: ${list(parts)}.`;
}
