/**
 * The answers to what a lead asks first, a line each, before all sections:
 *
 *   **Slipped: 3.** [Rotate keys](…) to Fri 6 Dec 2024, [Bound the cache](…) to no date and 1 more
 *   **At risk: 1.** [Add timeouts](…), due Wed 20 Nov 2024, nobody is assigned
 *   **Who needs help:** `@lisa` (3 overdue), `@dev` (1 overdue); 2 items are assigned to nobody
 */
import type { Briefing, Risk } from "../tracking/briefing.js";
import type { Line, Span } from "./message.js";
import { count, day } from "./words.js";

/** So many are named; the rest is counted, and stands in the sections. */
const NAMED = 2;

const RISKS: Readonly<Record<Risk, string>> = {
  nobody: "nobody is assigned",
  moved: "its date was moved before",
  blocked: "an open issue blocks it",
};

/** What nobody needs to be told of is said in one line. @param titleOf its title with a link. */
export function briefingLines<T>(briefing: Briefing<T>, titleOf: (of: T) => Span): Line[] {
  const { slipped, atRisk } = briefing;
  const help = helpOf(briefing);
  const nothing = [
    ...(slipped.length === 0 ? ["Nothing slipped this week."] : []),
    ...(atRisk.length === 0 ? ["Nothing due within a week is at risk."] : []),
    ...(help.length === 0 ? ["Nobody is behind."] : []),
  ];
  return [
    ...listed("Slipped", slipped, ({ of, to }) => [titleOf(of), ` to ${to ? day(to) : "no date"}`]),
    ...listed("At risk", atRisk, ({ of, due, why }) => [titleOf(of), `, due ${day(due)}, ${RISKS[why]}`]),
    ...(help.length > 0 ? [[{ strong: "Who needs help:" }, " ", ...help]] : []),
    ...(nothing.length > 0 ? [[nothing.join(" ")]] : []),
  ];
}

function listed<One>(name: string, ones: readonly One[], told: (one: One) => Line): Line[] {
  if (ones.length === 0) return [];
  const shown = ones.slice(0, NAMED).flatMap((one, at): Line => [...(at > 0 ? ["; "] : [" "]), ...told(one)]);
  const left = ones.length - NAMED;
  return [[{ strong: `${name}: ${ones.length}.` }, ...shown, ...(left > 0 ? [`; and ${left} more`] : [])]];
}

function helpOf({ behind, nobodys }: Briefing<unknown>): Line {
  const shown = behind
    .slice(0, NAMED)
    .flatMap(({ login, overdue }, at): Line => [...(at > 0 ? [", "] : []), { login }, ` (${overdue} overdue)`]);
  const left = behind.length - NAMED;
  const others = left > 0 ? [` and ${count(left, "more person", "more people")}`] : [];
  const free =
    nobodys > 0 ? [`${behind.length > 0 ? "; " : ""}${count(nobodys, "item is", "items are")} assigned to nobody`] : [];
  return [...shown, ...others, ...free];
}
