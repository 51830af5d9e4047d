/**
 * Whether a postmortem is a copy of another one that stays: put beside it for others to read, or about to take its place. Its items are the
 * same work, and have their issues (docs/adr/0018).
 */
import type { Incident } from "../postmortem/types.js";
import { normalizeText } from "./words.js";

/** What tells two documents apart. */
export interface Telling {
  readonly title: string | null;
  readonly incident: Pick<Incident, "id" | "date">;
  /** Its text; null where that is not known. */
  readonly blob: string | null;
}

/** Of the items of the one with more of them, at least this share has its title in the other. */
const MOST = 0.75;

/** On the same day something else may have happened, of which one or two items are said in the same words. */
const ENOUGH_OF_A_DAY = 3;

/** What two documents say to be of the same incident; null where they say that they are not, or nothing. */
function sameIncident(one: Telling, other: Telling): "text" | "name" | "day" | null {
  if (one.blob !== null && one.blob === other.blob) return "text";
  const [id, date] = [one.incident.id, one.incident.date];
  const [otherId, otherDate] = [other.incident.id, other.incident.date];
  if ((id && otherId && id !== otherId) || (date && otherDate && date !== otherDate)) return null;
  const title = normalizeText(one.title ?? "");
  if ((id && id === otherId) || (title !== "" && title === normalizeText(other.title ?? ""))) return "name";
  return date && date === otherDate ? "day" : null;
}

/** Whether it is worth asking for the items of both. */
export const mayBeCopy = (one: Telling, other: Telling): boolean => sameIncident(one, other) !== null;

/** Whether two documents are of the same incident and have mostly the same items, by their titles. */
export function isCopy(
  one: Telling,
  titles: readonly string[],
  other: Telling,
  otherTitles: readonly string[],
): boolean {
  const same = sameIncident(one, other);
  if (same === null) return false;
  const [items, others] = [titles, otherTitles].map((each) => new Set(each.map(normalizeText)));
  const shared = [...(items ?? [])].filter((title) => others?.has(title)).length;
  const most = Math.max(items?.size ?? 0, others?.size ?? 0);
  return shared > 0 && shared >= most * MOST && (same !== "day" || shared >= ENOUGH_OF_A_DAY);
}
