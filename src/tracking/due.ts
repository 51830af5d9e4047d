/**
 * The due date an item gets, and why: stated → section window → policy by priority → by severity → by service → default. Counted from
 * the day the item came to the default branch, since that is when it was promised. The days of the policy are business days where it counts
 * these; what the document says ("within 1 week") is counted as it says.
 */
import type { PlainDate } from "../calendar.js";
import { daysAfter } from "../policy/business-days.js";
import type { Policy } from "../policy/schema.js";
import { resolveWindow, windowName } from "../postmortem/due/index.js";
import type { ActionItem, Incident } from "../postmortem/types.js";
import type { DueOrigin } from "./types.js";

type DatedItem = Pick<ActionItem, "due" | "dueText" | "window" | "priority">;

/** The due date of an item promised on `from`, in an incident; null where the policy leaves it without. */
export function dueFor(
  item: DatedItem,
  { severity, services }: Pick<Incident, "severity" | "services">,
  policy: Pick<Policy, "due" | "calendar">,
  from: PlainDate,
): { due: PlainDate | null; origin: DueOrigin } {
  const after = (days: number) => daysAfter(from, days, policy);
  if (item.due) return { due: item.due, origin: { kind: "stated", text: item.dueText ?? item.due } };
  if (item.window) {
    const named = windowName(item.window);
    const due = resolveWindow(item.window, from) ?? (named && after(policy.due.windows[named]));
    if (due) return { due, origin: { kind: "window", text: item.window } };
  }
  const byPriority = daysFor(policy.due.by_priority, item.priority);
  if (item.priority && byPriority) {
    return { due: after(byPriority), origin: { kind: "priority", priority: item.priority } };
  }
  const bySeverity = daysFor(policy.due.by_severity, severity);
  if (severity && bySeverity) return { due: after(bySeverity), origin: { kind: "severity", severity } };
  const [service] = services
    .flatMap((name) => {
      const days = daysFor(policy.due.by_service, name);
      return days === null ? [] : [{ name, days }];
    })
    .sort((a, b) => a.days - b.days);
  if (service) return { due: after(service.days), origin: { kind: "service", service: service.name } };
  const days = policy.due.default;
  return days === null
    ? { due: null, origin: { kind: "none" } }
    : { due: after(days), origin: { kind: "default", days, ...(policy.calendar.business_days && { business: true }) } };
}

/** Whether the policy gave the date, so that nobody promised it. */
export function isByPolicy({ kind }: DueOrigin): boolean {
  switch (kind) {
    case "priority":
    case "severity":
    case "service":
    case "default":
      return true;
    case "stated":
    case "window":
    case "command":
    case "none":
      return false;
  }
}

/** The days that a table gives a name, letter case and punctuation ignored; null where it knows none. */
export function daysFor(table: DaysByName, name: string | null): number | null {
  return name === null ? null : (byPlainName(table).get(plainName(name)) ?? null);
}

/** The number of a severity or priority, less being more urgent: 1 of SEV-1, S1 and P1; null where it has none. */
export function numberIn(name: string | null): number | null {
  const digit = name === null ? undefined : /\d/.exec(name)?.[0];
  return digit === undefined ? null : Number(digit);
}

/** How urgent an item is, less being more: by the severity of its incident, then by its priority. */
export function urgencyOf(
  { base }: { readonly base: Pick<ActionItem, "priority"> },
  document: { readonly incident: Pick<Incident, "severity"> } | undefined,
  { due }: Pick<Policy, "due">,
): [number, number] {
  return [urgency(document?.incident.severity ?? null, due.by_severity), urgency(base.priority, due.by_priority)];
}

/** A name without days of its own counts by its number: SEV-1 before SEV-2, as if each gave a month more. */
const DAYS_A_STEP = 30;

/** How urgent a severity or priority is, less being more: the days that the policy gives it, else by its number; none comes last. */
const urgency = (name: string | null, days: Readonly<Record<string, number>>): number =>
  daysFor(days, name) ?? (numberIn(name) ?? Number.POSITIVE_INFINITY) * DAYS_A_STEP;

type DaysByName = Readonly<Record<string, number>>;

/** A name without its case and punctuation: `SEV-1` and `sev1` are one. */
export const plainName = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The table by plain names, the first of the same standing; made once for all items, as there may be thousands of both. */
function byPlainName(table: DaysByName): ReadonlyMap<string, number> {
  const known = PLAIN.get(table);
  if (known !== undefined) return known;
  const made = new Map<string, number>();
  for (const [name, days] of Object.entries(table)) if (!made.has(plainName(name))) made.set(plainName(name), days);
  PLAIN.set(table, made);
  return made;
}

const PLAIN = new WeakMap<DaysByName, ReadonlyMap<string, number>>();
