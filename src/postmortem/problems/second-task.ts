/**
 * Where one item says two tasks: "Add an alert on lag; **write a runbook for it**". A second verb alone does not tell ("Review and
 * update the runbook" is one task), so the first must have its own object before the second begins.
 */

import { anyOf, LANGUAGES } from "../languages/index.js";
import type { SecondTask } from "../languages/types.js";

/** Verb, its object, "and", another verb with an object. */
const verbFirst = (verbs: string, and: string): string =>
  `^(?:${verbs}) (?:\\S+ ){1,}?[^\\s,;]+(?:;|,? (?:${and})) (?=(?:${verbs}) \\S)`;

/** An object, its verb, "and", another object and verb. */
const verbLast = (verbs: string, and: string): string =>
  `^(?:\\S+ ){1,8}?(?:${verbs})(?:;|,? (?:${and})) (?=(?:\\S+ ){1,}(?:${verbs})[.!]?$)`;

function patternOf(tasks: SecondTask): string {
  if ("pattern" in tasks) return tasks.pattern;
  const inOrder = tasks.verb === "first" ? verbFirst : verbLast;
  return inOrder(tasks.verbs.join("|"), tasks.and.join("|"));
}

const BY_LANGUAGE: readonly RegExp[] = LANGUAGES.flatMap(({ secondTask: tasks }) =>
  tasks === undefined ? [] : [new RegExp(patternOf(tasks), "iu")],
);

/** What every pattern needs between the two tasks, in one look: most titles have none of it. */
const JOINED = new RegExp(
  `[;；、]|${anyOf(({ secondTask: tasks }) => {
    if (tasks === undefined) return [];
    return "pattern" in tasks ? tasks.between : [` (?:${tasks.and.join("|")}) `];
  })}`,
  "iu",
);

/** Where a second task begins, or null. */
export function secondTask(title: string): string | null {
  const text = title.slice(0, 400);
  if (!JOINED.test(text)) return null;
  for (const pattern of BY_LANGUAGE) {
    const match = pattern.exec(text);
    if (match !== null) return text.slice(match[0].length);
  }
  return null;
}
