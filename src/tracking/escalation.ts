/**
 * The escalation ladder: whom the policy names to be told of an item that stays overdue or whose date keeps being moved. Nobody who is not
 * named there is ever told. Each rung is climbed once an item, one at a time, and only after its owner was asked.
 */
import { addDays, type PlainDate } from "../calendar.js";
import type { Policy } from "../policy/schema.js";
import { daysFor } from "./due.js";
import type { TrackedItem } from "./types.js";

/** The next rung has so long a rest, so that who was told last can do something about it. */
const REST_DAYS = 7;

/** A rung that an item has reached. */
export interface Rung {
  /** By what it is reached, and known again: `14 days`, `3 moves`. */
  readonly after: string;
  /** Logins and teams in lower case. */
  readonly to: readonly string[];
}

type Climbing = Pick<TrackedItem, "base" | "due" | "slips" | "slipsLeftOut" | "nudges" | "openedOn">;

/** The next rung of an item and the day from which it counts; null where none is in sight. */
export function nextRung(
  item: Climbing,
  { escalation }: Pick<Policy, "escalation">,
): (Rung & { readonly on: PlainDate }) | null {
  const taken = item.nudges.flatMap(({ rung, on }) => (rung ? [{ rung, on }] : []));
  const lastOn = taken.at(-1)?.on;
  const [first] = escalation
    .filter(({ priorities }) => priorities === null || daysFor(asTable(priorities), item.base.priority) !== null)
    .filter(({ after }) => !taken.some(({ rung }) => rung === after))
    .flatMap(({ after, to }) => {
      const reached = reachedOn(item, after);
      const on = [reached, lastOn && addDays(lastOn, REST_DAYS)]
        .flatMap((day) => day || [])
        .sort()
        .at(-1);
      return reached === null || on === undefined ? [] : [{ after, to: to.map(named), on }];
    })
    .sort((a, b) => a.on.localeCompare(b.on));
  if (!first) return null;
  // What stands at the same height is one rung.
  const together = escalation.filter(({ after }) => after === first.after).flatMap(({ to }) => to.map(named));
  return { ...first, to: [...new Set([...first.to, ...together])] };
}

/** The rung that is to be told of on a day; null where there is none. */
export function rungOn(item: Climbing, policy: Pick<Policy, "escalation">, today: PlainDate): Rung | null {
  const next = nextRung(item, policy);
  return next && next.on <= today ? { after: next.after, to: next.to } : null;
}

/** The day an item reaches a height; null where it is not in sight. */
function reachedOn({ due, slips, slipsLeftOut, nudges }: Climbing, after: string): PlainDate | null {
  const [amount, unit] = heightOf(after);
  const last = slips.at(-1);
  if (unit === "moves") return last && slips.length + slipsLeftOut >= amount ? addDays(last.on, 1) : null;
  // Its owner is asked first.
  const isAsked = due !== null && nudges.some(({ on }) => on > due);
  return due !== null && isAsked ? addDays(due, amount) : null;
}

/** `14 days` → 14, "days". */
export function heightOf(after: string): [number, "days" | "moves"] {
  const [amount = "", unit] = after.split(" ");
  return [Number(amount), unit === "moves" ? "moves" : "days"];
}

const named = (who: string): string => who.replace(/^@/, "").toLowerCase();

/** The names as a table, as they are looked up letter case and punctuation ignored. */
const asTable = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, 0]));
