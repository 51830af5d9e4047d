/**
 * Lists that stand where work does, and are none: the kinds of action explained, advice to other people, the answers of a
 * form. And single entries that only state how things are, beside others that promise.
 */
import {
  CLASSES,
  DUTY,
  FINISHED_SENTENCE,
  INSTEAD,
  normalize,
  OURS,
  PROMISE,
  STATEMENT,
} from "../../languages/index.js";
import type { Entry, ListBlock } from "../../markdown/block.js";
import { readMark } from "../../markdown/marks.js";
import type { Condition, PassageRule, Trace } from "../../trace.js";

/** A list, and the line above it. */
interface Placed {
  readonly list: ListBlock;
  readonly above: string;
}

type ListRule = PassageRule & Condition<Placed>;

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

/** Rules of lists in an action section. */
export const NO_WORK_RULES: readonly ListRule[] = [
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
];

/** Rules of task lists outside action sections. */
export const NO_TASK_RULES: readonly ListRule[] = [
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

export const STATEMENT_RULE: PassageRule = {
  name: "statement",
  reason: "beside entries that promise work, it only tells how things are",
  verdict: "turned down",
};

export const UNBOXED_RULE: PassageRule = {
  name: "note-among-boxes",
  reason: "nearly all beside it have task boxes, so without one it is a note",
  verdict: "turned down",
};

/** A list is one of task boxes where of so many entries no more than one has none. */
const MIN_BOXED = 4;

/** The entries of a list of task boxes that have one; of any other list all. */
export function withoutNotes(entries: readonly Entry[], trace: Trace): readonly Entry[] {
  const bare = entries.filter(({ checked, head }) => checked === null && readMark(head.text)?.checked == null);
  const [note] = bare;
  if (entries.length < MIN_BOXED || bare.length !== 1 || note === undefined || /^\[/.test(note.head.text))
    return entries;
  trace.passage(note, UNBOXED_RULE);
  return entries.filter((entry) => entry !== note);
}

/** The entries that are work: where some promise ("We will …"), those that only tell how things are say nothing to do. */
export function withoutStatements(entries: readonly Entry[], trace: Trace): readonly Entry[] {
  if (!entries.some((entry) => PROMISE.test(textOf(entry)))) return entries;
  return entries.filter((entry) => {
    const text = textOf(entry);
    if (entry.checked !== null || PROMISE.test(text) || FINISHED_SENTENCE.test(text)) return true;
    const states = STATEMENT.test(text) && !INSTEAD.test(text);
    if (states) trace.passage(entry, STATEMENT_RULE);
    return !states;
  });
}
