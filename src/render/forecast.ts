/**
 * The words of a forecast, the same in the pull request's check run (Markdown) and in `follow-through check` (a terminal):
 *
 *   3 issues would be opened, 1 item done
 *   Fri 20 Sep 2024 (the postmortem says “Sept 20”)
 *   30 days after the merge (by policy)
 */
import type { Level, Problem } from "../postmortem/types.js";
import { oneLine, shorten } from "../text.js";
import { type Forecast, type FreshItem, hasUnreadableDate, isEmpty, type Owners } from "../tracking/forecast.js";
import { MOST_PEOPLE } from "../tracking/owners.js";
import { inertShort } from "./inert.js";
import { originWords } from "./issue.js";
import { whyUnassignable } from "./parts.js";
import { count, day } from "./words.js";

/** How a document's words and GitHub's logins are written where they are shown. */
export interface Voice {
  /** People's text, cut to a length. */
  text(text: string, length: number): string;
  login(login: string): string;
}

/** For GitHub: nothing in people's text takes effect, and logins stand in code, so that nobody is notified. */
export const MARKDOWN: Voice = { text: inertShort, login: (login) => `\`@${login}\`` };

/** For a terminal and for annotations, which show text letter by letter. */
export const PLAIN: Voice = { text: (text, length) => shorten(oneLine(text), length), login: (login) => `@${login}` };

/** What merging a document comes to, in a phrase; `held` where a guard keeps its new items from being opened. */
export function forecastHeadline(forecast: Forecast, held: boolean): string {
  if (isEmpty(forecast)) return "no action items found";
  const { fresh, done, changes, unchanged } = forecast;
  const opened = held
    ? `${count(fresh.length, "new item")} held back`
    : `${count(fresh.length, "issue")} would be opened`;
  const parts = [
    ...(fresh.length > 0 || changes.length + unchanged === 0 ? [opened] : []),
    ...(changes.length > 0 ? [`${count(changes.length, "issue")} would change`] : []),
    ...(unchanged > 0 ? [`${count(unchanged, "issue")} would stay as ${unchanged === 1 ? "it is" : "they are"}`] : []),
    ...(done > 0 ? [`${count(done, "item")} done`] : []),
  ];
  return parts.join(", ");
}

/** Who would have an item, with what keeps somebody from being assigned; empty where nobody is named. */
export function foreseenOwners({ logins, teams, names, unassignable, unasked }: Owners, voice: Voice): string {
  return [
    ...[...logins, ...teams].map((name, at) =>
      at < MOST_PEOPLE ? voice.login(name) : `${voice.login(name)} (named only: ${MOST_PEOPLE} are notified at most)`,
    ),
    ...unasked.map((login) => `${voice.login(login)} (not looked up)`),
    ...unassignable.map((one) => `${voice.login(one.login)} (${whyUnassignable(one)})`),
    ...names.map((name) => `“${voice.text(name, 40)}”`),
  ].join(", ");
}

/** The day an item would be due, and where that comes from; empty where it would have none. */
export function foreseenDue(fresh: FreshItem, voice: Voice): string {
  const { item } = fresh;
  const given = givenDue(fresh, voice);
  if (!hasUnreadableDate(fresh)) return given;
  return `“${voice.text(item.base.dueText ?? "", 60)}” cannot be read${given ? `, so ${given}` : ""}`;
}

function givenDue({ item, daysAfterMerge }: FreshItem, voice: Voice): string {
  if (!item.due) return "";
  const why = originWords(item.dueOrigin, voice.text);
  if (daysAfterMerge === null) return `${day(item.due)} (${why})`;
  // The default says nothing but this number.
  return `${count(daysAfterMerge, "day")} after the merge (${item.dueOrigin.kind === "default" ? "by policy" : why})`;
}

/** Who would have a new item, and when it would be due, each as a phrase for a terminal: `@lisa`; `due Fri 20 Sep 2024 (…)`. */
export function whoAndWhen(fresh: FreshItem): { readonly owners: string; readonly date: string } {
  const due = foreseenDue(fresh, PLAIN);
  const date = due === "" ? "no date" : hasUnreadableDate(fresh) ? due : `due ${due}`;
  return { owners: foreseenOwners(fresh.owners, PLAIN) || "no owner", date };
}

/** A problem of a document in full: what is wrong, and the fix. */
export const problemWords = ({ message, fix }: Pick<Problem, "message" | "fix">): string => `${message} ${fix}`;

const LEVEL_WORDS: Record<Level, string> = { error: "error", warning: "warning", info: "note" };

/** How many problems there are, by how severe they are: `1 error, 2 warnings`; empty where there is none. */
export function problemTally(problems: readonly { readonly level: Level }[]): string {
  return (["error", "warning", "info"] as const)
    .map((level) => ({ level, number: problems.filter((problem) => problem.level === level).length }))
    .filter(({ number }) => number > 0)
    .map(({ level, number }) => count(number, LEVEL_WORDS[level]))
    .join(", ");
}
