/** Which removed document goes on in one that appeared. */
import { expect, it } from "vitest";
import { continuedBy, type Removed } from "../../src/tracking/continues.js";

const items = (...titles: string[]) => titles.map((title) => ({ title }));
const removed = (id: string, blob: string | null, ...titles: string[]): Removed => ({
  document: { id, path: `old/${id}.md`, blob, title: `Outage ${id}` },
  items: titles.map((title) => ({ base: { title }, leftOn: null })),
});
const appeared = (blob: string, titles: string[], previousPath: string | null = null) => ({
  path: "new/a.md",
  title: "Outage",
  blob,
  items: items(...titles),
  previousPath,
});
const back = (title: string, ...titles: string[]) => ({ ...appeared("x", titles), path: "old/a.md", title });

const A = removed("a", "blob a", "Oil the door", "Buy a timer", "Call the baker");
const B = removed("b", "blob b", "Paint the wall", "Sweep the floor");
const SAME_AS_A = removed("c", "blob a", "Oil the door", "Buy a timer", "Call the baker");

it.each([
  ["said by GitHub", appeared("x", ["Something else"], "old/b.md"), [A, B], "b"],
  ["of the same text", appeared("blob a", ["Oil the door"]), [A, B], "a"],
  ["of mostly the same items", appeared("x", ["Oil the door!", "Buy a timer", "Sing"]), [A, B], "a"],
  ["of few of its items", appeared("x", ["Oil the door", "Sing", "Dance"]), [A, B], null],
  ["one of many of its items", appeared("x", ["Oil the door"]), [A, B], null],
  ["of other items", appeared("x", ["Sing"]), [A, B], null],
  ["of one of two alike", appeared("blob a", ["Oil the door", "Buy a timer", "Call the baker"]), [A, SAME_AS_A], null],
  ["of two alike, said by GitHub", appeared("blob a", [], "old/c.md"), [A, SAME_AS_A], "c"],
  ["without items on either side", appeared("x", []), [removed("d", "y")], null],
  ["back at its path, with one of its items", back("Outage", "Oil the door", "Sing", "Dance"), [A, B], "a"],
  ["back at its path, with its title", back("Outage a", "Sing"), [A, B], "a"],
  ["of another title and other items at its path", back("Queue", "Sing"), [A, B], null],
  ["with nothing removed", appeared("blob a", ["Oil the door"], "old/a.md"), [], null],
] as const)("%s", (_, document, gone, id) => {
  expect(continuedBy(document, gone)?.document.id ?? null).toBe(id);
});
