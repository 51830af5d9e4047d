/** Whether a digest is a screen, and within what GitHub and Slack take. */
import type { KnownBlock } from "@slack/types";
import { expect } from "vitest";
import { SLACK_LIMITS } from "../../src/people/slack.js";

/** What stands open to the eye: what is folded and what is blank takes no line. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  let depth = 0;
  for (const line of text.split("\n")) {
    if (line.startsWith("<details>")) {
      if (depth === 0) lines.push(line);
      depth++;
    } else if (line === "</details>") depth--;
    else if (depth === 0 && line.trim() !== "" && !line.startsWith("<!--")) lines.push(line);
  }
  return lines;
}

/** A title, the lead, a screen, and where there is more; the issue has a line on itself and its charts besides. */
const MOST_LINES = 1 + 6 + 25 + 1;

export function fitsOnAScreen(text: string, more = 0): void {
  expect(unfolded(text).length).toBeLessThanOrEqual(MOST_LINES + more);
  expect(text.length).toBeLessThanOrEqual(65_536);
}

/** Slack folds nothing. */
export function fitsSlack(blocks: readonly KnownBlock[]): void {
  expect(blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
  const texts = blocks.flatMap((block) => (block.type === "section" && block.text ? [block.text.text] : []));
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(SLACK_LIMITS.text);
  expect(texts.join("\n").split("\n").length).toBeLessThanOrEqual(MOST_LINES);
}
