/** What of a file is worth showing: of a new postmortem its action items as they were written, of an edited one what changed. */

const ITEMS_BEGIN = /^(?:#+ )?(?:action items|follow-up actions|improvements|acciones)/i;

/** A postmortem from its action items on; null for a file that has none. */
export function actionItemsOf(text: string): string[] | null {
  const lines = text.trimEnd().split("\n");
  const start = lines.findIndex((line) => ITEMS_BEGIN.test(line));
  return start < 0 ? null : lines.slice(start);
}

/** The lines that differ between two texts, as `- old` and `+ new`, where the new text has them. */
export function changedLines(before: string, after: string): string[] {
  const old = before.split("\n");
  const now = after.split("\n");
  const gone = old.filter((line) => !now.includes(line));
  return now
    .filter((line) => !old.includes(line))
    .flatMap((line, at) => [...(gone[at] === undefined ? [] : [`- ${gone[at]}`]), `+ ${line}`]);
}
