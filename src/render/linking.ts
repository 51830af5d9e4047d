/**
 * The one line on a pull request that edits a postmortem whose status comment stands on another:
 *
 *   Action items are followed through where each postmortem was introduced: [Payment gateway outage](…) in #42.
 */
import type { TrackedDocument } from "../tracking/types.js";
import { inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { list } from "./words.js";

const MOST = 50;

export function linkingLine(documents: readonly TrackedDocument[], links: Links): string {
  const parts = documents
    .slice(0, MOST)
    .map(
      (document) =>
        `[${inertShort(document.title ?? document.path, 120)}](${links.document(document)}) in #${document.home}`,
    );
  if (documents.length > MOST) parts.push(`${documents.length - MOST} more`);
  return `Action items are followed through where each postmortem was introduced: ${list(parts)}.`;
}
