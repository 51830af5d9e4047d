/**
 * Judging an item by its words, in the languages postmortems are read in. Each of these only ever advises, and is better
 * silent than wrong: a title must be plainly vague, an owner plainly a group.
 */

import { anyOf, eachOf } from "../languages/index.js";

const MUSING = new RegExp(
  `^(?:${eachOf(
    ({ wording }) => wording?.musings,
    (words, dense) => (dense ? words : `${words}(?!\\p{L})`),
  )})`,
  "iu",
);
/** German and Dutch put the verb last; Japanese and Korean too, in their way. */
const MUSING_AT_END = new RegExp(
  `(?:${eachOf(
    ({ wording }) => wording?.musingsAtEnd,
    (words, dense) => (dense ? `${words}。?` : `(?:^|\\s)${words}`),
  )})\\.?$`,
  "iu",
);

/** "Improve monitoring", with nothing said of what. */
const ALL_TALK = new RegExp(`^(?:${anyOf(({ wording }) => wording?.allTalk)})[.。!]?$`, "iu");

/** Whether a title says nothing that could be checked off. */
export function isVague(title: string): boolean {
  const text = title.trim().slice(0, 400);
  return MUSING.test(text) || MUSING_AT_END.test(text) || ALL_TALK.test(text);
}

const GROUP = new RegExp(
  eachOf(
    ({ wording }) => wording?.groups,
    (words, dense) => (dense ? words : `(?<!\\p{L})${words}(?!\\p{L})`),
  ),
  "iu",
);
const GROUP_NAME = new RegExp(`^(?:${anyOf(({ wording }) => wording?.groupNames)})$`, "i");

/** Whether an owner is a group rather than a person. `org/team` is one; GitHub logins have no slash. */
export const isGroup = (owner: string): boolean =>
  /^[\w.-]+\/[\w.-]+$/.test(owner.trim()) || GROUP_NAME.test(owner.trim()) || GROUP.test(owner);

const NOBODY = new RegExp(`^(?:[-–—?.…_*/]*|\\?+|${anyOf(({ wording }) => wording?.unassigned)})$`, "iu");

/** Whether an owner's name is only a place held for one: "TBD", "?", "unassigned". */
export const isNobody = (owner: string): boolean => NOBODY.test(owner.trim());
