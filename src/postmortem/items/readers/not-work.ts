/**
 * Lists that stand where work does, and are none: the kinds of action explained, advice to other people, the answers of a
 * form. And single entries that only state how things are, beside others that promise.
 */
import {
  CHOICE,
  CLASSES,
  CLOSING,
  columnRole,
  DECLINED,
  DUTY,
  FINISHED_SENTENCE,
  IF,
  INSTEAD,
  LACK,
  MAXIM,
  MEANINGS,
  normalize,
  OBJECTS,
  OURS,
  PAST,
  PROMISE,
  REGRET,
  REMARK,
  REPORT,
  SAYS_MAXIM,
  STATEMENT,
  TELLS,
  VERB,
} from "../../languages/index.js";
import type { Entry, ListBlock } from "../../markdown/block.js";
import { readMark } from "../../markdown/marks.js";
import type { Rich } from "../../markdown/rich.js";
import { leadOf } from "../../structure/labels.js";
import { beginsWithNothing } from "../../structure/section-name.js";
import type { Condition, PassageRule } from "../../trace.js";
import type { Context } from "../candidate.js";
import { labelsWhoOrWhen } from "../fields.js";
import { MENTION } from "../refine/owner.js";

/** A list, and the line above it. */
interface Placed {
  readonly list: ListBlock;
  readonly above: string;
}

/** In an action section. */
interface PlacedIn extends Placed {
  readonly context: Context;
}

/** A sentence is judged by so many of its characters. */
const MAX_SENTENCE = 300;

/** As many entries of a list as must be alike for the list to be called so. */
const most = (entries: readonly Entry[], alike: (entry: Entry) => boolean): boolean =>
  entries.filter(alike).length * 2 > entries.length;

const textOf = ({ head }: Entry): string => normalize(head.text.slice(0, MAX_SENTENCE));
/** More words are work, fewer an answer to tick. */
const MAX_ANSWER_WORDS = 4;
const MAX_ANSWER_LENGTH = 24;

/** Fewer entries with an arrow may be changes to make. */
const MIN_OUTCOMES = 3;

/** Of fewer entries nobody can tell that they are rules to live by. */
const MIN_MAXIMS = 3;

/** One token of the machines' names: a host, a path, a version, code. Plain words are none. */
const THING = /^(?=\S*[\d._/])[\w.:/@*-]+$/;

/** Whether a text only names a machine, a file or the like. */
export const isThing = (text: string): boolean => THING.test(text.trim().replace(/[,;]$/, ""));

export const THINGS_RULE: PassageRule & Condition<PlacedIn> = {
  name: "names-of-things",
  reason: "each entry only names a machine, a file or the like, which the line above speaks of",
  verdict: "turned down",
  holds: ({ list: { items }, above }) =>
    /[:：]$/u.test(above) && items.every(({ checked, head }) => checked === null && isThing(head.text)),
};

/** Without a task box, an owner or a date. */
const isPlain = ({ checked, head }: Entry): boolean =>
  checked === null && !/[@#]\w/.test(head.text) && !labelsWhoOrWhen(head);

/** The sentence above is the work, or a rule, and these are what it speaks of. */
export const OBJECTS_RULE: PassageRule & Condition<PlacedIn> = {
  name: "objects-of-sentence",
  reason: "the line above is a sentence of which these are the objects: `Before any of these, ask:`",
  verdict: "turned down",
  holds: ({ list: { items }, above }) =>
    /[:：]$/u.test(above) && OBJECTS.test(normalize(above.slice(-MAX_SENTENCE))) && items.every(isPlain),
};

/** A sentence, not a name, that says what somebody else or a thing did or does: "The deploy script was changed to print:". */
const describes = (text: string): boolean =>
  (PAST.test(text) || (FINISHED_SENTENCE.test(text) && !OURS.test(text))) && !MEANINGS.work.test(text);

/** A rule to live by, how things are, a case, or something to ask oneself: "If so: keep it in memory". */
const isMaxim = (entry: Entry): boolean => {
  const text = textOf(entry);
  return MAXIM.test(text) || STATEMENT.test(text) || IF.test(text) || /[?？][\s"”»]*$/u.test(entry.head.text);
};

/** Its name speaks of what keeps it from happening again, where a rule is a measure. */
const prevents = ({ name }: Context["section"]): boolean => MEANINGS.prevent.test(normalize(name.label));

/** Rules of lists in an action section. */
export const NO_WORK_RULES: readonly (PassageRule & Condition<PlacedIn>)[] = [
  {
    name: "kinds-explained",
    reason: "the line above says that these are kinds or priorities",
    verdict: "turned down",
    holds: ({ list: { items }, above }) =>
      /[:：]$/u.test(above) &&
      CLASSES.test(normalize(above)) &&
      items.every(({ checked, head }) => checked === null && /^\S+(?:\s\S+)?\s*(?:[:：=]|\s[–—-]\s)/u.test(head.text)),
  },
  {
    name: "outcomes",
    reason: "each entry tells what follows from what: `seen → the fault is here`",
    verdict: "turned down",
    holds: ({ list: { items } }) =>
      items.length >= MIN_OUTCOMES && items.every(({ checked, head }) => checked === null && /\s→\s/u.test(head.text)),
  },
  {
    name: "advice-to-others",
    reason: "most entries say what other people should do",
    verdict: "turned down",
    holds: ({ list: { items } }) => most(items, (entry) => DUTY.test(textOf(entry)) && !OURS.test(textOf(entry))),
  },
  THINGS_RULE,
  OBJECTS_RULE,
  {
    name: "choices",
    reason: "the line above offers a choice: `Either:`, and nobody has chosen yet",
    verdict: "turned down",
    holds: ({ list: { items }, above }) =>
      /[:：]$/u.test(above) && CHOICE.test(normalize(above)) && items.every(isPlain),
  },
  {
    name: "parts-of-sentence",
    reason: "the line above tells what was made, and these are parts of it: `Changed the job to send:`",
    verdict: "turned down",
    holds: ({ list: { items }, above }) =>
      /[:：]$/u.test(above) &&
      describes(normalize(above.slice(-MAX_SENTENCE))) &&
      items.every(({ checked, head }) => checked === null && !/[@#]\w/.test(head.text)) &&
      items.every((entry) => !VERB.any.test(textOf(entry)) && !PAST.test(textOf(entry))),
  },
  {
    name: "complaints",
    reason: "in a section of advice, most entries only say what was lacking, and none what to do about it",
    verdict: "turned down",
    holds: ({ list: { items }, context: { section } }) =>
      section.name.kind === "advice" &&
      items.length >= MIN_MAXIMS &&
      items.every(({ checked, head }) => checked === null && !/[@#]\w/.test(head.text)) &&
      items.every((entry) => LACK.test(textOf(entry)) || !VERB.any.test(textOf(entry))) &&
      most(items, (entry) => LACK.test(textOf(entry)) || STATEMENT.test(textOf(entry))),
  },
  {
    name: "when-it-happens",
    reason: "the line above says in which case these steps are taken",
    verdict: "turned down",
    holds: ({ list: { items }, above }) =>
      /[:：]$/u.test(above) && IF.test(normalize(above)) && items.every(({ checked }) => checked === null),
  },
  {
    name: "always-check",
    reason: "the line above is a rule to live by, of which these are the parts",
    verdict: "turned down",
    holds: ({ list: { items }, above, context: { section } }) =>
      section.name.kind === "advice" &&
      /[:：]$/u.test(above) &&
      SAYS_MAXIM.test(normalize(above)) &&
      items.every(({ checked }) => checked === null),
  },
  {
    name: "maxims",
    reason: "in a section of advice, half of the entries or more are rules to live by, which nobody ever finishes",
    verdict: "turned down",
    holds: ({ list: { items }, context: { section } }) =>
      section.name.kind === "advice" &&
      items.length >= MIN_MAXIMS &&
      items.every(({ checked, head }) => checked === null && !/[@#]\w/.test(head.text)) &&
      (most(items, isMaxim) || (items.filter(isMaxim).length * 2 >= items.length && !prevents(section))),
  },
];

/** Rules of task lists outside action sections. */
export const NO_TASK_RULES: readonly (PassageRule & Condition<Placed>)[] = [
  {
    name: "answers-to-tick",
    reason: "the line above asks or names a choice, and these are its answers",
    verdict: "turned down",
    holds: ({ list: { items }, above }) =>
      /[:：?？]$/u.test(above) &&
      items.every(
        (entry) => textOf(entry).split(" ").length <= MAX_ANSWER_WORDS && entry.head.text.length <= MAX_ANSWER_LENGTH,
      ),
  },
];

/** An entry without a task box. `promising`: others of its list promise work ("We will …"). */
interface Said {
  readonly entry: Entry;
  readonly text: string;
  readonly promising: boolean;
  readonly context: Context;
}

/** Entries that are no work, beside others that are. */
export const ENTRY_RULES: readonly (PassageRule & Condition<Said>)[] = [
  {
    name: "closing-remark",
    reason: "it thanks, apologizes or bids farewell",
    verdict: "turned down",
    holds: ({ text }) => CLOSING.test(text),
  },
  {
    name: "says-nothing-to-do",
    reason: "it begins by saying that there is nothing to do",
    verdict: "turned down",
    holds: ({ entry: { head } }) => beginsWithNothing(head.text.slice(0, MAX_SENTENCE)),
  },
  {
    name: "declined",
    reason: "it tells of an idea that was turned down",
    verdict: "turned down",
    // Struck out, it was work, and is dropped.
    holds: ({ entry: { head } }) =>
      !head.spans.some(({ kind, start }) => kind === "delete" && start === 0) &&
      saysDeclined(head.text.slice(0, MAX_SENTENCE)),
  },
  {
    name: "regret",
    reason: "it tells what should have been, and not what is to be done",
    verdict: "turned down",
    holds: ({ entry: { head }, text }) => REGRET.test(text) && !VERB.sure.test(text) && !saysWho(head),
  },
  {
    name: "report",
    reason: "among finished work, it tells what came of it",
    verdict: "turned down",
    holds: ({ entry: { head }, context: { done } }) => {
      const lead = done ? leadOf(head) : null;
      return lead !== null && REPORT.test(normalize(lead.title.text));
    },
  },
  {
    name: "remark",
    reason: "its label says that it is a remark: `Note: …`, `See also: …`",
    verdict: "turned down",
    holds: ({ entry: { head } }) => {
      const lead = leadOf(head);
      const label = lead === null ? "" : normalize(lead.title.text);
      return label !== "" && !saysWho(head) && (columnRole(label) === "note" || REMARK.test(label));
    },
  },
  {
    name: "lesson",
    reason: "in a section that speaks of lessons too, it only tells how things were",
    verdict: "turned down",
    holds: ({ entry: { head }, text, context: { section } }) =>
      section.name.mixed && TELLS.test(normalize(withoutAside(head.text))) && !saysWho(head) && !VERB.sure.test(text),
  },
  {
    name: "statement",
    reason: "beside entries that promise work, it only tells how things are",
    verdict: "turned down",
    holds: ({ text, promising }) =>
      promising && !PROMISE.test(text) && !FINISHED_SENTENCE.test(text) && STATEMENT.test(text) && !INSTEAD.test(text),
  },
];

/** An entry's first line, without brackets and dots at its end. */
const withoutAside = (text: string): string =>
  (text.slice(0, MAX_SENTENCE).split("\n")[0] ?? "").replace(/[(（][^()（）]{0,60}[)）][\s.。]*$/u, "");

const saysWho = (head: Rich): boolean => head.text.search(MENTION) >= 0 || labelsWhoOrWhen(head);

const saysDeclined = (text: string): boolean =>
  !VERB.any.test(normalize(text)) && text.split(/[.;!?。]\s*/u).some((sentence) => DECLINED.test(normalize(sentence)));

export const UNBOXED_RULE: PassageRule = {
  name: "note-among-boxes",
  reason: "nearly all beside it have task boxes, so without one it is a note",
  verdict: "turned down",
};

/** A list is one of task boxes where of so many entries no more than one has none. */
const MIN_BOXED = 4;

/** The entries of a list of task boxes that have one; of any other list all. */
export function withoutNotes(entries: readonly Entry[], { trace }: Context): readonly Entry[] {
  const bare = entries.filter(
    ({ checked, head }) =>
      checked === null && !/^(?:\[|\p{Extended_Pictographic})/u.test(head.text) && readMark(head.text)?.checked == null,
  );
  const [note] = bare;
  if (entries.length < MIN_BOXED || bare.length !== 1 || note === undefined) return entries;
  trace.passage(note, UNBOXED_RULE);
  return entries.filter((entry) => entry !== note);
}

/** The entries that are work, as far as their words tell. */
export function withoutRemarks(entries: readonly Entry[], context: Context): readonly Entry[] {
  const promising = entries.some((entry) => PROMISE.test(textOf(entry)));
  return entries.filter((entry) => {
    if (entry.checked !== null) return true;
    const said: Said = { entry, text: textOf(entry), promising, context };
    const rule = ENTRY_RULES.find((one) => one.holds(said));
    if (rule !== undefined) context.trace.passage(entry, rule);
    return rule === undefined;
  });
}
