/** Whether a text says that an item is done, that it is open, or nothing of the kind. */
import { anyOf, DONE, DROPPED, normalize, OPEN, YES } from "../../languages/index.js";

const TICK = /[✅☑✔🗹]|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):|\[[xX]\]|^[xX✓]$/u;
const OPEN_MARK =
  /[❌⏳⌛🔄🚧🟡🟠🔴⬜☐🔲⏸🕐]|:(?:x|hourglass|construction|arrows_counterclockwise|hourglass_flowing_sand):|\[ \]/u;

const ALREADY = anyOf(({ status }) => status?.already);
const BEHIND_DONE = new RegExp(`^\\S+ (?:${anyOf(({ status }) => status?.behindDone)}) `);
const DONE_ALONE = new RegExp(`^(?:(?:${ALREADY}) .{2,20}|\\S+)$`);
const DONE_SOMEWHERE = new RegExp(`^(?:(?:${ALREADY}) )?\\S+ (?:${anyOf(({ status }) => status?.behindDoneAlone)}) `);
const SHOUTED = new RegExp(
  `(?<![\\p{L}\\p{N}])(${anyOf(({ status }) => status?.shouted?.anywhere)})(?![\\p{L}\\p{N}])`,
  "u",
);

/** A status cell or value: true for done, false for open, null where it says neither. */
export function readStatus(text: string): boolean | null {
  const name = normalize(text);
  if (OPEN.test(name)) return false;
  if (DONE.test(name) || YES.test(name)) return true;
  if (TICK.test(text)) return true;
  return OPEN_MARK.test(text) ? false : null;
}

/** Obsidian's box for what was given up (https://publish.obsidian.md/tasks/Getting+Started/Statuses). */
const DROPPED_BOX = /^\[[-~]\]\s*$/;

/** Whether a status or box says that the work will not be done; such work is not done. */
export const isDropped = (text: string): boolean => DROPPED_BOX.test(text) || DROPPED.test(normalize(text));

/** "N/A" behind an item's text may speak of anything. */
const SHORTEST_DROPPED = 4;

/** A few words at the edge of an item's text; stricter, since they may as well be part of the work. */
export function readStatusWords(text: string): boolean | null {
  const bare = text.trim();
  if (bare === "" || bare.length > 60) return null;
  if (/^(?:[✅☑✔🗹✓]️?|:white_check_mark:|:heavy_check_mark:)+$/u.test(bare)) return true;
  if (/^(?:[❌⏳⌛🔄🚧🟡🟠🔴⬜☐🔲⏸]️?)+$/u.test(bare)) return false;
  const name = normalize(bare);
  if (name.length < SHORTEST_DROPPED && DROPPED.test(name) && !/[^ -~]/.test(name)) return null;
  const words = name.split(" ").length;
  if (words <= 5 && OPEN.test(name)) return false;
  return DONE.test(name) && (words <= 4 || BEHIND_DONE.test(name) || /\d/.test(name)) ? true : null;
}

/** A sentence of its own that says no more than that something is done, at most where or when: "Implemented in `lag.yml`". */
export function saysDone(text: string): boolean {
  const name = normalize(text);
  return DONE.test(name) && (DONE_ALONE.test(name) || DONE_SOMEWHERE.test(name));
}

/** "DONE", "TODO" in capitals anywhere in a cell that is about something else. */
export function findShoutedStatus(text: string): boolean | null {
  const word = SHOUTED.exec(text)?.[1];
  return word === undefined ? null : readStatus(word);
}
