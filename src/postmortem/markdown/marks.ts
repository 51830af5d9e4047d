/**
 * List marks that Markdown did not take for a list: escaped `\- [ ] x`, bare `[ ] x`, `• x`, `☐ x`. Plain text documents and
 * exports from wikis are full of them.
 */

const MARK =
  /^(?:(?:[-*+•◦‣·▪●○■□–—・]|\(?\d{1,3}[.)）]|[①-⑳])\s+)?(?:\[( |x|X|v|V|✓|✔|✅|-|\/)\]|([☐□🔲⬜]|[☑☒✅✔✓🗹❌⏳🔄🚧])️?)\s+|^(?:[-*+•◦‣▪●■・]|\(?\d{1,3}[.)）]|[①-⑳])\s+(?=\S)/u;

/** The mark a line begins with: how long it is, and the state of its box (null: a bullet without box). */
export function readMark(text: string): { length: number; checked: boolean | null } | null {
  const match = /^[a-z]/i.test(text) ? null : MARK.exec(text);
  if (match === null) return null;
  const box = match[1] ?? match[2];
  return { length: match[0].length, checked: box === undefined ? null : /[xXvV✓✔✅☑🗹]/u.test(box) };
}

/** Whether the line begins with a list mark. */
export function isMarked(text: string): boolean {
  return readMark(text) !== null;
}
