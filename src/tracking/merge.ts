/**
 * The three-way merge of a document and a tracking issue. The base of each field is what the App last wrote:
 *
 *   only the document changed  → the issue follows
 *   only the issue changed     → the issue stands
 *   both changed, differently  → the issue stands, and the conflict is shown in the status comment
 *
 * Of the assignees only the document's change is applied: {@link mergeOwners}.
 */
import { MOST_PEOPLE } from "./owners.js";
import type { Conflict, IssueFields, TrackedItem } from "./types.js";

export interface MergedFields {
  readonly fields: IssueFields;
  readonly conflicts: readonly Conflict[];
}

/**
 * What the issue should say. `base`: what the App last wrote; `document`: what the document now asks for; `issue`: what
 * stands on GitHub; `named`: all whom the document names, also those who are not to be asked for.
 */
export function mergeFields(
  base: IssueFields,
  document: IssueFields,
  issue: IssueFields,
  named: readonly string[] = document.assignees,
): MergedFields {
  const conflicts: Conflict[] = [];
  const merge = <T>(field: Conflict["field"], of: (fields: IssueFields) => T, say: (value: T) => string): T => {
    const [was, wanted, is] = [of(base), of(document), of(issue)];
    if (say(wanted) === say(was) || say(wanted) === say(is)) return is;
    if (say(is) === say(was)) return wanted;
    conflicts.push({ field, document: say(wanted), issue: say(is) });
    return is;
  };
  const owners = mergeOwners({ before: base.assignees, named, ask: document.assignees, is: issue.assignees });
  if (owners === null) conflicts.push({ field: "owner", document: namesOf(named), issue: namesOf(issue.assignees) });
  return {
    fields: {
      title: merge("title", (f) => f.title, String),
      assignees: owners ?? issue.assignees,
      open: merge(
        "state",
        (f) => f.open,
        (open) => (open ? "open" : "done"),
      ),
    },
    conflicts,
  };
}

const namesOf = (logins: readonly string[]): string => logins.join(", ") || "nobody";

/** Who has an item, from all sides; logins. */
export interface Sides {
  /** Whom the document named when it was last followed, and who was assigned then. */
  readonly before: readonly string[];
  /** Whom it names now. */
  readonly named: readonly string[];
  /** Who of them GitHub is to be asked for. */
  readonly ask: readonly string[];
  /** Who is assigned on GitHub. */
  readonly is: readonly string[];
}

/**
 * Who should be assigned: those who are, with those the document names newly, and without those it named before and names no more. Whom
 * a person assigned is never taken off, and whom a person took off never comes back. Null where a person took off somebody whom the
 * document named, and the document now asks for others: the issue stands, and that is a conflict.
 */
export function mergeOwners({ before, named, ask, is }: Sides): readonly string[] | null {
  const kept = is.filter((login) => !before.includes(login) || named.includes(login));
  const newly = ask.filter((login) => !before.includes(login) && !is.includes(login));
  const wanted = [...kept, ...newly.slice(0, Math.max(0, MOST_PEOPLE - kept.length))].sort();
  if (wanted.join() === is.join()) return is;
  return before.some((login) => !is.includes(login)) ? null : wanted;
}

/** The conflict over a due date that a person moved by `/due` and the document moved since, to another day; empty where there is none. */
export function dueConflict({ due, dueOrigin }: Pick<TrackedItem, "due" | "dueOrigin">): Conflict[] {
  if (dueOrigin.kind !== "command") return [];
  const { was, document } = dueOrigin;
  if (document === was || document === due) return [];
  return [{ field: "due", document: document ?? "no date", issue: due ?? "no date" }];
}

/** Whether two states of an issue say the same. */
export function sameFields(a: IssueFields, b: IssueFields): boolean {
  return a.title === b.title && a.open === b.open && a.assignees.join() === b.assignees.join();
}
