/**
 * The one comment on a pull request that edits or removes a postmortem whose status comment stands on another:
 *
 *   Action items are followed through where each postmortem was introduced: [Payment gateway outage](…) in #42.
 *
 *   Gone from the default branch on Fri 20 Sep 2024: [Cache bug](…) in #40. Its action items wait until it is back; close the issues no longer needed.
 */
import type { TrackedDocument } from "../tracking/types.js";
import { inertShort } from "./inert.js";
import type { Links } from "./links.js";
import { day, list } from "./words.js";

const MOST = 50;

/** A line for the documents that stand, one for those that are gone; each is left out where there are none. */
export function linkingLines(documents: readonly TrackedDocument[], links: Links): string {
  const standing = documents.filter(({ removedOn }) => removedOn === null);
  const gone = documents.filter(({ removedOn }) => removedOn !== null);
  const [first] = gone;
  const lines = [
    ...(standing.length > 0
      ? [`Action items are followed through where each postmortem was introduced: ${named(standing, links)}.`]
      : []),
    ...(first?.removedOn
      ? [
          `Gone from the default branch on ${day(first.removedOn)}: ${named(gone, links)}. ${gone.length === 1 ? "Its action items wait until it is" : "Their action items wait until they are"} back; close the issues no longer needed.`,
        ]
      : []),
  ];
  return lines.join("\n\n");
}

function named(documents: readonly TrackedDocument[], links: Links): string {
  const parts = documents.slice(0, MOST).map((document) => {
    const { title, path, home, removedOn, commit } = document;
    const url = removedOn ? links.permalink({ commit, path }) : links.document(document);
    return `[${inertShort(title ?? path, 120)}](${url})${home === null ? "" : ` in #${home}`}`;
  });
  if (documents.length > MOST) parts.push(`${documents.length - MOST} more`);
  return list(parts);
}
