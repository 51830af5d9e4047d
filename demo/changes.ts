/** The lines that differ between two texts, as `- old` and `+ new`, where the new text has them. */
export function changedLines(before: string, after: string): string[] {
  const old = before.split("\n");
  const now = after.split("\n");
  const gone = old.filter((line) => !now.includes(line));
  return now
    .filter((line) => !old.includes(line))
    .flatMap((line, at) => [...(gone[at] === undefined ? [] : [`- ${gone[at]}`]), `+ ${line}`]);
}
