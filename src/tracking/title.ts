/** The title of a tracking issue. */
import { headline } from "../postmortem/headline.js";
import { oneLine, shorten } from "../text.js";

/** GitHub refuses longer titles with 422. */
const MAX_TITLE = 256;

/**
 * An item's text as an issue title: its first sentence on one line, without control or direction-changing characters (which could make
 * a title read as something else), at most 256 characters, cut at a word where it is longer. The whole text stands in the body.
 */
export function issueTitle(text: string): string {
  return shorten(headline(oneLine(text)), MAX_TITLE);
}
