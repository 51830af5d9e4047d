/**
 * Action items written as a list: bullets, numbers, task boxes. Decides which bullets are items, which are only a label
 * over nested ones, and which are the parts of the item they stand under.
 */

import { anyOf, columnRole, countWords, normalize, PAST, TASK_END } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { Block, Entry, ListBlock } from "../../markdown/block.js";
import { readMark } from "../../markdown/marks.js";
import { type Rich, richLines, sliceRich, wholly } from "../../markdown/rich.js";
import { leadOf } from "../../structure/labels.js";
import { readSectionName, type SectionName, STRENGTH, strengthOf } from "../../structure/section-name.js";
import { type Condition, decide, type Passage, type PassageRule } from "../../trace.js";
import type { Candidate, Context } from "../candidate.js";
import { type Field, readFieldLine, toFields } from "../fields.js";
import { looksLikeNames } from "../refine/owner.js";
import { isPriority } from "../refine/priority.js";
import { readStatus } from "../refine/status.js";
import { within } from "./context.js";
import { beginsWithOrder, beginsWithSureVerb } from "./first-words.js";
import { isThing, withoutNotes, withoutRemarks } from "./not-work.js";

/** Lists of which no bullet is an item. */
export const LIST_RULES: readonly (PassageRule & Condition<readonly Entry[]>)[] = [
  {
    name: "field-list",
    reason: "each bullet is `Label: value`: facts of what stands above, not work",
    verdict: "turned down",
    holds: (entries) => isFieldList(entries),
  },
  {
    name: "legend",
    reason: "the key to the marks used, not work",
    verdict: "turned down",
    holds: (entries) => isLegend(entries),
  },
  {
    name: "contents",
    reason: "links to the document's own headings",
    verdict: "turned down",
    holds: (entries) => isContents(entries),
  },
];

/** What becomes of a bullet beside or below others. */
export const BULLET = {
  besideTasks: {
    name: "beside-named-tasks",
    reason: "what stands beside it says outright that it is the tasks",
    verdict: "turned down",
  },
  noWork: {
    name: "bullet-names-no-work",
    reason: "a bullet whose name is known for something else than work",
    verdict: "turned down",
  },
  underLabel: {
    name: "text-under-group",
    reason: "below a bullet that names a group only lists are read",
    verdict: "turned down",
  },
  boxOverBoxes: {
    name: "box-over-boxes",
    reason: "a task box over task boxes is the name of their group",
    verdict: "used",
  },
} as const satisfies Record<string, PassageRule>;

/** The items of a list under `context`. */
export function readList(list: ListBlock, context: Context): Candidate[] {
  const { trace } = context;
  const entries = withoutNotes(withoutRemarks(list.items, context), context);
  const none = LIST_RULES.find((rule) => rule.holds(entries));
  if (none !== undefined) {
    trace.passage(list, none);
    return [];
  }
  const endsWithName = mostEndWithName(entries);
  const rules = entries.map((entry) => bulletRule(entry));
  const labels = entries.map((entry, index) =>
    rules[index]?.verdict === "used" ? readSectionName(labelOf(entry).text) : null,
  );
  const tasksNamed = labels.some((name) => name?.kind === "explicit");
  return entries.flatMap((entry, index) => {
    const label = labels[index] ?? null;
    const rule = rules[index] ?? BULLET_WITH_PARTS;
    if (label === null && tasksNamed && saysLess(entry)) {
      trace.passage(entry, BULLET.besideTasks);
      return [];
    }
    if (label !== null) {
      if (tasksNamed && strengthOf(label.kind) < STRENGTH.followUp) {
        trace.passage(entry, BULLET.besideTasks);
        return [];
      }
      return readLabelled(entry, label, rule, {
        ...context,
        parent: toCandidate(entry, rule, list.ordered, false, context),
      });
    }
    const nested = entry.body.filter((block) => block.kind === "list");
    if (entry.checked !== null && nested.some(hasBoxes)) {
      trace.passage(headOf(entry), BULLET.boxOverBoxes);
      const parent = toCandidate(entry, rule, list.ordered, endsWithName, context);
      const inner = { ...within(context, readSectionName(entry.head.text), entry.head, "bullet"), parent };
      return nested.flatMap((block) => readList(block, inner));
    }
    return [toCandidate(entry, rule, list.ordered, endsWithName, context)];
  });
}

/** "Improvements: we look closer", beside "Tasks:": its lead is the name of what promises less. */
function saysLess({ head, checked }: Entry): boolean {
  const lead = checked === null ? leadOf(head) : null;
  if (lead === null) return false;
  const { kind, full } = readSectionName(lead.title.text);
  return full && kind !== null && strengthOf(kind) < STRENGTH.followUp;
}

/** A bullet that is only a label: what is nested under it are the items, unless there is nothing but links and paths. */
function readLabelled(entry: Entry, name: SectionName, rule: PassageRule, context: Context): Candidate[] {
  const { trace } = context;
  if (!statesForAll(entry) && (name.kind === "chronicle" || (name.kind === "other" && !name.topic))) {
    trace.passage(entry, BULLET.noWork);
    return [];
  }
  trace.passage(headOf(entry), rule);
  const inner = rule === STATES_FOR_ALL ? context : within(context, name, labelOf(entry), "bullet");
  return entry.body.flatMap((block) => {
    if (block.kind === "list") return readList(block, inner);
    trace.passage(block, BULLET.underLabel);
    return [];
  });
}

/** "Owner: Ana" over bullets: who does what is nested under it, or by when. */
function statesForAll({ head, body }: Entry): boolean {
  const name = /^[^:：\n]{2,30}(?=[:：])/u.exec(head.text.trim())?.[0] ?? "";
  const role = columnRole(normalize(name));
  return (role === "owner" || role === "due") && body.some(({ kind }) => kind === "list");
}

/** The lines of a bullet's own text. */
function headOf({ head, line }: Entry): Passage {
  return { line, endLine: head.line + head.text.split("\n").length - 1 };
}

/** The label of a bullet: its first line, where that alone is the name of a section and the text runs on below it. */
function labelOf({ head }: Entry): Rich {
  const [first, second] = richLines(head);
  if (first === undefined || second === undefined) return head;
  const marked = /[:：]$/u.test(first.text) || wholly(first, "strong");
  return marked && readSectionName(first.text).full ? first : head;
}

/** "When we deploy on Fridays:" says when the work below is due to be done, but is none itself. */
const CLAUSE = new RegExp(`^(?:${anyOf(({ items }) => items?.clauses)})\\s[^\\n]{1,200}[:：]$`, "i");

/** A label has no more characters, and one that is marked as such no more words; one that is not marked has fewer. */
const MAX_LABEL = 90;
const MAX_MARKED_WORDS = 8;
const MAX_UNMARKED_WORDS = 4;

/** A bullet that may be a label, with what it is asked for. */
class Bullet {
  readonly head: Rich;
  readonly text: string;
  readonly #lists: readonly ListBlock[];
  readonly children: readonly Entry[];
  #overTasks: boolean | undefined;

  constructor(readonly entry: Entry) {
    this.head = labelOf(entry);
    this.text = this.head.text.trim();
    this.#lists = entry.body.filter((block) => block.kind === "list");
    this.children = this.#lists.flatMap((list) => list.items);
  }

  /** All that is nested under it are its fields. */
  get overFields(): boolean {
    return this.#lists.every((list) => isFieldList(list.items));
  }

  /** It ends in a colon, or is all in bold. */
  get marked(): boolean {
    return /[:：]$/u.test(this.text) || wholly(this.head, "strong");
  }

  get words(): number {
    return countWords(this.text);
  }

  /** Half of what is nested under it, or more, has a task box or its verb where a task has it. */
  get overTasks(): boolean {
    this.#overTasks ??=
      this.children.filter((child) => child.checked !== null || isTask(child.head.text) || isGroup(new Bullet(child)))
        .length *
        2 >=
      this.children.length;
    return this.#overTasks;
  }
}

/** A few words over tasks. */
const isGroup = (bullet: Bullet): boolean =>
  bullet.children.length > 0 && bullet.words <= MAX_UNMARKED_WORDS && bullet.overTasks;

type BulletRule = PassageRule & Condition<Bullet>;

const BARE_BULLET: PassageRule = { name: "bullet", reason: "a bullet among action items", verdict: "taken" };
const TASK_BOX: PassageRule = { name: "task-box", reason: "a task box is a task", verdict: "taken" };
const BULLET_WITH_PARTS: PassageRule = {
  name: "bullet-with-parts",
  reason: "a bullet that says more than a name, over its parts",
  verdict: "taken",
};

/** `Owner: Ana` over bullets. */
export const STATES_FOR_ALL: BulletRule = {
  name: "states-for-all",
  reason: "it says who does what is nested under it, or by when",
  verdict: "used",
  holds: ({ entry }) => statesForAll(entry),
};

/** Whether a bullet over nested ones is only their label. */
const LABEL_RULES: readonly BulletRule[] = [
  STATES_FOR_ALL,
  {
    name: "over-fields",
    reason: "what is nested under it are its own owner, date and the like",
    verdict: "taken",
    holds: ({ overFields }) => overFields,
  },
  {
    name: "over-boxes",
    reason: "each bullet nested under it has a task box of its own",
    verdict: "used",
    holds: ({ children }) => children.length > 1 && children.every(({ checked }) => checked !== null),
  },
  {
    name: "over-details",
    reason: "only links, paths or code are nested under it",
    verdict: "taken",
    holds: ({ children }) => children.every((child) => isDetail(child.head)),
  },
  {
    name: "over-called",
    reason: "what is nested under it calls itself the action: `Action: …`, and this says why",
    verdict: "used",
    holds: ({ head, children }) =>
      children.length > 0 &&
      children.every((child) => child.checked === null && readFieldLine(child.head)?.[0]?.role === "title") &&
      !isTask(leadOf(head)?.rest?.text ?? head.text),
  },
  {
    name: "bullet-without-words",
    reason: "a bullet without words over nested ones",
    verdict: "used",
    holds: ({ text }) => text === "",
  },
  {
    name: "clause",
    reason: "it says when or for what the work nested under it is, and is none itself",
    verdict: "used",
    holds: ({ text }) => CLAUSE.test(text),
  },
  {
    name: "long-bullet",
    reason: "too long for the name of a group",
    verdict: "taken",
    holds: ({ text }) => text.length > MAX_LABEL || text.includes("\n"),
  },
  {
    name: "bullet-is-known-name",
    reason: "a known name over nested bullets",
    verdict: "used",
    holds: ({ text }) => readSectionName(text).full,
  },
  {
    // Even where it is a verb: "Prevent", "Communicate".
    name: "single-word",
    reason: "one word is no task: it names the group nested under it",
    verdict: "used",
    holds: (bullet) => bullet.words === 1 && (bullet.marked || bullet.overTasks),
  },
  {
    name: "verb-that-is-a-noun",
    reason: "marked as a name, and its verb may be a noun: `Review process:`",
    verdict: "used",
    holds: (bullet) =>
      bullet.marked &&
      beginsWithOrder(bullet.text) &&
      !beginsWithSureVerb(bullet.text) &&
      bullet.words <= MAX_MARKED_WORDS &&
      bullet.overTasks,
  },
  {
    name: "verb-over-parts",
    reason: "a bullet with a verb where a task has it is a task, and what is nested under it its parts",
    verdict: "taken",
    holds: ({ text }) => isTask(text),
  },
  {
    name: "past-over-parts",
    reason: "it tells what was done, and what is nested under it no tasks: its parts",
    verdict: "taken",
    holds: (bullet) =>
      bullet.words > MAX_UNMARKED_WORDS && PAST.test(normalize(bullet.text.slice(0, 60))) && !bullet.overTasks,
  },
  {
    name: "marked-bullet",
    reason: "a bullet that ends in a colon or is all in bold names a group",
    verdict: "used",
    holds: (bullet) => bullet.marked && bullet.words <= MAX_MARKED_WORDS,
  },
  {
    name: "few-words-over-tasks",
    reason: "a few words over tasks name their group",
    verdict: "used",
    holds: (bullet) => !bullet.marked && bullet.words <= MAX_UNMARKED_WORDS && bullet.overTasks,
  },
];

/** All rules that take a bullet for an item or for a label. */
export const BULLET_RULES: readonly PassageRule[] = [BARE_BULLET, TASK_BOX, ...LABEL_RULES, BULLET_WITH_PARTS];

/** The rule that takes a bullet for an item, or uses it as a label. */
function bulletRule(entry: Entry): PassageRule {
  if (entry.checked !== null) return TASK_BOX;
  const nested = entry.body.some((block) => block.kind === "list" && block.items.length > 0);
  return nested ? decide<Bullet, PassageRule>(LABEL_RULES, new Bullet(entry), BULLET_WITH_PARTS) : BARE_BULLET;
}

/** Nothing but a path, a host, a link or code, or a field such as "Description: …": it elaborates what it stands under. */
function isDetail(head: Rich): boolean {
  const role = readFieldLine(head)?.[0]?.role;
  if (role !== undefined && ONLY_ITEMS.has(role)) return true;
  return (
    isThing(head.text) || wholly(head, "code") || wholly(head, "link") || /^https?:\/\/\S+$/.test(head.text.trim())
  );
}

/** Fields that are the item's own even where other bullets stand beside them: "Owner: Tom" above "All keys were rotated". */
const OF_ITEM: ReadonlySet<ColumnRole> = new Set(["owner", "due", "status", "priority", "ref"]);

/** Fields that only an item has: what stands over them is one, and no group. */
const ONLY_ITEMS: ReadonlySet<ColumnRole> = new Set(["detail", "owner", "due"]);

/** A task by its verb, which stands first or, in some languages, last. */
const isTask = (text: string): boolean => beginsWithOrder(text) || TASK_END.test(normalize(firstSentence(text)));

/** The first line, up to what parts or ends its first sentence. */
const firstSentence = (text: string): string => (/^[^\n。(（]{1,200}/u.exec(text)?.[0] ?? "").trim();

function hasBoxes(block: Block): boolean {
  return block.kind === "list" && block.items.some((entry) => entry.checked !== null);
}

function toCandidate(
  entry: Entry,
  rule: PassageRule,
  ordered: boolean,
  endsWithName: boolean,
  context: Context,
): Candidate {
  const { text, fields } = splitFields(entry.head);
  const found: Field[] = [...fields];
  const more: Rich[] = [];
  for (const block of entry.body) {
    if (block.kind === "paragraph") {
      more.push(block.text);
      for (const line of richLines(block.text)) found.push(...(readFieldLine(line) ?? []));
    } else if (block.kind === "list") {
      const all = isFieldList(block.items);
      for (const inner of block.items)
        found.push(...(readFieldLine(inner.head) ?? []).filter(({ role }) => all || OF_ITEM.has(role)));
    }
  }
  const all = toFields(found);
  return {
    line: entry.line,
    endLine: entry.endLine,
    ownEnd: entry.head.line + text.text.split("\n").length - 1,
    kind: entry.checked !== null || isBoxed(text.text) ? "checkbox" : ordered ? "numbered" : "bullet",
    rule,
    text: text.text.trim() === "" && all.title !== undefined ? all.title : text,
    fields: all,
    others: [],
    more,
    checked: entry.checked,
    endsWithName,
    context,
  };
}

const isBoxed = (text: string): boolean => /^(?:\[[^\]]\]|[☐□☑☒])/u.test(text) && readMark(text)?.checked != null;

/** The text of an item and the `Owner: …` lines after it. `Action: …` as the first of them is the text. */
export function splitFields(head: Rich): { text: Rich; fields: Field[] } {
  const lines = richLines(head);
  const [first] = lines;
  if (first === undefined) return { text: head, fields: [] };
  const own = ownFields(first);
  const title = own?.[0]?.role === "title" ? own[0].value : null;
  const later = lines.slice(1).map((line) => readFieldLine(line));
  const cut = later.findIndex((found, at) => found !== null || (at === 0 && isSentenceBelow(first, lines)));
  const fields = [...(title === null ? [] : (own?.slice(1) ?? [])), ...later.flatMap((found) => found ?? [])];
  if (title !== null) return { text: title, fields };
  if (
    own !== null &&
    own[0]?.role !== "type" &&
    own[0]?.role !== "detail" &&
    own[0]?.role !== "note" &&
    own[0]?.role !== "group" &&
    own[0]?.role !== "ref"
  ) {
    return { text: { ...head, text: "", spans: [] }, fields: [...own, ...fields] };
  }
  const line = cut < 0 ? undefined : lines[cut + 1];
  return { text: line === undefined ? stripFence(head) : sliceRich(head, 0, offsetOfLine(head, line.line)), fields };
}

/**
 * Whether the lines below the first are details: the first ends with who does it and a sentence follows, or it is all in bold and what
 * follows leads to a list ("We will look at:"). Neither states an owner or date.
 */
function isSentenceBelow(first: Rich, [, ...below]: readonly Rich[]): boolean {
  const [next] = below;
  if (next === undefined || below.some(({ text }) => /[@\d]/.test(text))) return false;
  const leadsToList = wholly(first, "strong") && /:\s*$/.test(next.text);
  const follows = /\s@[\w/-]{1,100}[.)]?\s*$/.test(first.text) && /[.:!?]\s*$/.test(next.text);
  return (leadsToList || follows) && /^\p{Lu}/u.test(next.text) && countWords(next.text) >= MIN_SENTENCE;
}

const MIN_SENTENCE = 4;

/** The fields a bullet begins with. "Done: page on queue age" and "Schedule: rotate the keys weekly" are work, not values. */
function ownFields(line: Rich): Field[] | null {
  const fields = readFieldLine(line);
  const [first, second] = fields ?? [];
  if (first === undefined || second !== undefined || first.role === "title") return fields;
  const { text } = first.value;
  const work = first.role === "status" ? readStatus(text) === null : beginsWithOrder(text) && countWords(text) > 3;
  return work ? null : fields;
}

/** A list's last line may have swallowed the fence of the admonition around it. */
function stripFence(head: Rich): Rich {
  const fence = head.text.search(/\n:{3,}\s*$/);
  return fence < 0 ? head : sliceRich(head, 0, fence);
}

function offsetOfLine(head: Rich, line: number): number {
  let at = 0;
  for (let current = head.line; current < line; current++) at = head.text.indexOf("\n", at) + 1;
  return Math.max(0, at - 1);
}

/** Every entry is `Label: value` of one item: the fields of what stands above. */
function isFieldList(entries: readonly Entry[]): boolean {
  if (entries.length === 0 || entries.some(statesForAll)) return false;
  const roles = entries.map((entry) => readFieldLine(entry.head)?.[0]?.role ?? null);
  if (!entries.every(({ head }, index) => roles[index] !== null || /^[^:：]{2,30}[:：]\s*\S/u.test(head.text)))
    return false;
  if (roles.includes("title") || roles.filter((role) => role !== null).length * 2 < roles.length) return false;
  return roles.some(
    (role) => role === "owner" || role === "due" || role === "status" || role === "priority" || role === "ref",
  );
}

/** The fields that a list consists of; none of a list that says more. */
export const listedFields = ({ items }: ListBlock): Field[] =>
  isFieldList(items) ? items.flatMap(({ head }) => readFieldLine(head) ?? []) : [];

/** "P0 = within a day", "✅ done": the key to the marks, not work. A key has a line for each sign; ticked items share one. */
function isLegend(entries: readonly Entry[]): boolean {
  const signs = new Set(entries.map(({ head }) => /^\P{L}+|^\S+/u.exec(head.text.trim())?.[0].trim()));
  const isTask = ({ head }: Entry): boolean => countWords(head.text) > 1 && beginsWithOrder(head.text);
  return (
    entries.length > 1 &&
    signs.size === entries.length &&
    entries.filter(isTask).length * 2 < entries.length &&
    entries.every(({ head, body }) => {
      const [sign = "", meaning] = head.text.split(/\s*(?:=|:|：|\s[–—-]\s)\s*/u, 2);
      if (body.length > 0) return false;
      return (
        (meaning !== undefined && isPriority(sign.trim())) ||
        /^\p{Extended_Pictographic}\uFE0F?(?:\s*[=:–—-]\s*|\s+)\S+(?:\s\S+){0,3}$/u.test(head.text.trim())
      );
    })
  );
}

/** Links to the document's own headings. */
function isContents(entries: readonly Entry[]): boolean {
  return (
    entries.length > 0 &&
    entries.every(({ head }) => head.spans.some((span) => span.kind === "link" && span.url?.startsWith("#")))
  );
}

/** Most entries end with what looks like a name, in brackets or behind a dash. */
function mostEndWithName(entries: readonly Entry[]): boolean {
  if (entries.length < 2) return false;
  const named = entries.filter(({ head }) => {
    if (head.text.length > 600) return false;
    const tail = /(?:[([]([^()[\]]{1,60})[)\]]|\s[-–—|]+\s*([^\-–—|]{1,60}))[\s.]*$/u.exec(head.text.slice(-100));
    const name = (tail?.[1] ?? tail?.[2] ?? "").split(/[,;|]|\s[-–—]\s/u)[0] ?? "";
    return looksLikeNames(name.trim());
  });
  return named.length >= 2 && named.length * 10 >= entries.length * 6;
}
