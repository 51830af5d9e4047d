/**
 * What the author of a postmortem should fix before others rely on it, item by item:
 *
 *     line 12  warning  no-owner        "Rotate the API keys" names no owner.
 *                                       Name an owner: add `@login` or a name to this item.
 *
 * An item that is done is left alone. The levels are those of {@link RULES}; whoever asks applies the policy's.
 */
import { addDays, daysBetween, type PlainDate } from "../../calendar.js";
import { type Looks, readDueCell } from "../due/index.js";
import { LANGUAGE_CODES } from "../languages/index.js";
import { isPlaceholderValue, placeholderIn } from "../structure/placeholder.js";
import {
  type ActionItem,
  fullTitle,
  type Postmortem,
  type Problem,
  type ReadOptions,
  RULES,
  type RuleId,
} from "../types.js";
import { quote } from "./quote.js";
import { secondTask } from "./second-task.js";
import { isGroup, isNobody, isVague } from "./wording.js";

/** What a rule has to say of an item. */
interface Finding {
  readonly rule: RuleId;
  readonly message: string;
  readonly fix: string;
}

type Draft = Omit<Postmortem, "problems">;
type Rule = (item: ActionItem, draft: Draft, options: ReadOptions, looks: Looks) => Finding | null;

/** Of a document without end of unreadable dates, why the first are. */
const MAX_LOOKS = 2_000;

const noOwner: Rule = ({ title, owners }) =>
  owners.every(isNobody) && !owners.some(isPlaceholderValue)
    ? {
        rule: "no-owner",
        message: `${quote(title)} names no owner.`,
        fix: "Name an owner: add `@login` or a name to this item.",
      }
    : null;

const ownerIsGroup: Rule = ({ owners }) => {
  const people = owners.filter((owner) => !isNobody(owner));
  if (people.length === 0 || !people.every(isGroup)) return null;
  return {
    rule: "owner-is-group",
    message: `${quote(people.join(", "))} is a group: nobody in particular is asked.`,
    fix: "Name the person who sees to it, beside the group or instead of it.",
  };
};

/** GitHub assigns ten to an issue at most. */
const MOST_OWNERS = 10;

const manyOwners: Rule = ({ title, owners }) =>
  owners.length > MOST_OWNERS
    ? {
        rule: "many-owners",
        message: `${quote(title)} names ${owners.length} owners; an issue takes ${MOST_OWNERS}.`,
        fix: "Name those who see to it.",
      }
    : null;

/** A section's window is as good as a date: the policy makes a day of it. */
const noDueDate: Rule = ({ title, due, dueText, window }) =>
  due === null && dueText === null && window === null
    ? {
        rule: "no-due-date",
        message: `${quote(title)} states no due date.`,
        fix: "Add one, such as `Due: 2025-01-31`; without it the policy's default holds.",
      }
    : null;

const unreadableDueDate: Rule = ({ due, dueText }, { incident }, { dateOrder, sprints }, looks) => {
  if (due !== null || dueText === null || isPlaceholderValue(dueText)) return null;
  const context = { reference: incident.date, dateOrder, sprints, languages: LANGUAGE_CODES, looks };
  const reading = readDueCell(dueText, context);
  const why = reading?.kind === "unreadable" ? reading.why : "it cannot be told which day is meant";
  return {
    rule: "unreadable-due-date",
    message: `The due date ${quote(dueText)} cannot be read: ${why}.`,
    fix: fixFor(why),
  };
};

function fixFor(why: string): string {
  if (why.includes("month first")) {
    return "Write the day as YYYY-MM-DD, or say in the policy which comes first, day or month.";
  }
  if (why.includes("policy")) return "Write the day as YYYY-MM-DD, or give the sprint's last day in the policy.";
  if (why.includes("incident date")) return "Write the day as YYYY-MM-DD, or state the incident's date at the top.";
  return "Write the day as YYYY-MM-DD.";
}

/** Whether a due date counts from the incident's: had that been a week before, another day would be meant. */
function isRelative(dueText: string, day: PlainDate, { dateOrder, sprints }: ReadOptions, looks: Looks): boolean {
  const [then, before] = [day, addDays(day, -7)].map((reference) =>
    readDueCell(dueText, { reference, dateOrder, sprints, languages: LANGUAGE_CODES, looks }),
  );
  return then?.kind === "date" && before?.kind === "date" && then.date !== before.date;
}

const pastDueDate: Rule = ({ due, dueText }, { incident }, options, looks) => {
  const { today } = options;
  if (due === null) return null;
  const fix = "Set a day still to come, or mark the item as done.";
  if (incident.date !== null && due < incident.date) {
    return { rule: "past-due-date", message: `Due ${due}, before the incident of ${incident.date}.`, fix };
  }
  if (today === null || due >= today) return null;
  const days = daysBetween(due, today);
  const ago = `${days} ${days === 1 ? "day" : "days"} ago`;
  if (dueText === null || incident.date === null || !isRelative(dueText, incident.date, options, looks))
    return { rule: "past-due-date", message: `Due ${due}, ${ago}.`, fix };
  const message = `${quote(dueText)} counts from the incident's date, ${incident.date}: that was ${due}, ${ago}.`;
  return { rule: "past-due-date", message, fix };
};

const notActionable: Rule = ({ title }) =>
  isVague(title)
    ? {
        rule: "not-actionable",
        message: `${quote(title)} does not say what will have been done.`,
        fix: "Name the change that can be checked, such as `Alert when the queue holds over 1,000 jobs`.",
      }
    : null;

const severalInOne: Rule = ({ title }) => {
  const second = secondTask(title);
  if (second === null) return null;
  return {
    rule: "several-in-one",
    message: `This looks like two items; the second begins at ${quote(second)}.`,
    fix: "Give each its own line, so that each has an owner and a date.",
  };
};

const placeholder: Rule = ({ title, owners, dueText }) => {
  const left = placeholderIn(title) ?? [...owners, dueText ?? ""].find(isPlaceholderValue);
  return left === undefined
    ? null
    : {
        rule: "placeholder",
        message: `${quote(left)} looks like a placeholder left in from a template.`,
        fix: "Replace it, or remove the line.",
      };
};

/** In the order in which an author would fix them. */
const ITEM_RULES: readonly Rule[] = [
  placeholder,
  noOwner,
  ownerIsGroup,
  manyOwners,
  noDueDate,
  unreadableDueDate,
  pastDueDate,
  notActionable,
  severalInOne,
];

const problem = ({ line, endLine }: Pick<ActionItem, "line" | "endLine">, finding: Finding): Problem => ({
  line,
  endLine,
  level: RULES[finding.rule],
  ...finding,
});

/** Open items that say the same as one above them. */
function duplicates(open: readonly ActionItem[]): Problem[] {
  const first = new Map<string, ActionItem>();
  return open.flatMap((item) => {
    const title = fullTitle(item);
    const words =
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim() || title;
    const before = first.get(words);
    if (!before) {
      first.set(words, item);
      return [];
    }
    const message = `${quote(item.title)} stands on line ${before.line} already.`;
    return [problem(item, { rule: "duplicate-item", message, fix: "Keep one of the two, or say how they differ." })];
  });
}

function tooMany(open: readonly ActionItem[], { maxItems }: ReadOptions): Problem[] {
  const beyond = open[maxItems];
  if (!beyond) return [];
  const message = `${open.length} open action items; the policy's limit is ${maxItems}.`;
  const fix = "Keep those that will be done, and leave the others out.";
  return [problem(beyond, { rule: "too-many-items", message, fix })];
}

/**
 * The problems of a document's items, by line. Pure: "past" is judged by the incident's date, and by `options.today`
 * where that is given.
 */
export function findProblems(draft: Draft, options: ReadOptions): Problem[] {
  const open = draft.items.filter(({ done, dropped }) => !done && !dropped);
  const each: Problem[] = [];
  const looks = { left: MAX_LOOKS };
  for (const item of open) {
    for (const rule of ITEM_RULES) {
      const finding = rule(item, draft, options, looks);
      if (finding) each.push(problem(item, finding));
    }
  }
  return [...each, ...duplicates(open), ...tooMany(open, options)].sort((a, b) => a.line - b.line);
}
