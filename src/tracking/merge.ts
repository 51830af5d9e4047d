/**
 * The three-way merge of a document and a tracking issue. The base of each field is what the App last wrote:
 *
 *   only the document changed  → the issue follows
 *   only the issue changed     → the issue stands
 *   both changed, differently  → the issue stands, and the conflict is shown in the status comment
 */
import type { Conflict, IssueFields, TrackedItem } from "./types.js";

export interface MergedFields {
  readonly fields: IssueFields;
  readonly conflicts: readonly Conflict[];
}

/**
 * What the issue should say. `base`: what the App last wrote; `document`: what the document now asks for; `issue`: what
 * stands on GitHub.
 */
export function mergeFields(base: IssueFields, document: IssueFields, issue: IssueFields): MergedFields {
  const conflicts: Conflict[] = [];
  const merge = <T>(field: Conflict["field"], of: (fields: IssueFields) => T, say: (value: T) => string): T => {
    const [was, wanted, is] = [of(base), of(document), of(issue)];
    if (say(wanted) === say(was) || say(wanted) === say(is)) return is;
    if (say(is) === say(was)) return wanted;
    conflicts.push({ field, document: say(wanted), issue: say(is) });
    return is;
  };
  return {
    fields: {
      title: merge("title", (f) => f.title, String),
      assignees: merge(
        "owner",
        (f) => f.assignees,
        (logins) => logins.join(", ") || "nobody",
      ),
      open: merge(
        "state",
        (f) => f.open,
        (open) => (open ? "open" : "done"),
      ),
    },
    conflicts,
  };
}

/** The conflict over a due date that a person moved by `/due` and the document moved since, to another day; null: there is none. */
export function dueConflict({ due, dueOrigin }: Pick<TrackedItem, "due" | "dueOrigin">): Conflict | null {
  if (dueOrigin.kind !== "command") return null;
  const { was, document } = dueOrigin;
  if (document === was || document === due) return null;
  return { field: "due", document: document ?? "no date", issue: due ?? "no date" };
}

/** Whether two states of an issue say the same. */
export function sameFields(a: IssueFields, b: IssueFields): boolean {
  return a.title === b.title && a.open === b.open && a.assignees.join() === b.assignees.join();
}
