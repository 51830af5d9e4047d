/**
 * A run of statements behind the work, in any order, however they are joined: `… (Lisa Koch, due Nov 30, P1)`,
 * `… - @ana / by Friday / #12`, a second line `owner: Ana, ETA: Q1`. It is taken where all up to the end of the text is understood, so
 * that no word of the work is ever lost; what is understood in part is left to the rules of single parts (`tail.ts`).
 */
import { ARROW, ARROWS } from "../../arrow.js";
import { fold } from "../../due/fold.js";
import type { DueReading } from "../../due/index.js";
import type { Rule } from "../../trace.js";
import type { Draft } from "./draft.js";
import type { Facts } from "./facts.js";
import { isBystander, leansOnMention } from "./owner.js";
import { type Place, type Statement, statementAt } from "./statement.js";

/** The rule by which a run's statements count. */
export const RUN_RULE: Rule = {
  name: "closing-statements",
  reason: "the text closes with statements about it alone: `(Ana, due Friday, P1)`",
};

/** A run is no longer than this, and has no more statements. */
const MAX_LENGTH = 240;
const MAX_STATEMENTS = 9;

/** What may stand before a run. */
const START = new RegExp(
  `\\s?[([（【]\\s*|\\s*[,;、，；]\\s*|\\s+(?:[-–—|/·]+|${ARROW})\\s+|\\s?—\\s?|\\n\\s*|\\.\\s+|\\s(?=@)`,
  "gu",
);
/** What may stand between two statements, and behind the last. */
const BETWEEN = new RegExp(`^(?:[\\s,;|·•/–—${ARROWS}()[\\].（）【】、，；。:：*_&+-]|(?<=[-=])>)*`, "u");
/** What may follow a statement, if it is to be one. */
const FOLLOWS = /^(?:\s*$|\s*[,;|·•/–—()[\]（）【】、，；。]|\s+[-@[(（]|\.(?:\s|$)|\n|\s)/u;

/**
 * Takes the run that closes `draft` into `facts`, if there is one.
 * @returns the due statement in it; null where it has none.
 */
export function readRun(draft: Draft, facts: Facts, due: Place["due"]): DueReading | null {
  const text = draft.text.replaceAll("\uE000", " ");
  const from = Math.max(draft.start + 1, text.length - MAX_LENGTH);
  const near = text.slice(from);
  if (!MAY_RUN.test(near)) return null;
  const place: Place = { text, folded: fold(text), spans: draft.spans, due };
  const starts = [...near.matchAll(START)].map(({ index, 0: sign }) => ({
    at: from + index,
    to: from + index + sign.length,
    sign,
  }));
  for (const { at, to, sign } of [...starts, ...boldStarts(draft, from)].sort((one, other) => one.at - other.at)) {
    if (text[to] === "@" && (isBystander(text, to) || leansOnMention(text, to))) continue;
    const run = to < text.length ? runAt(place, to) : null;
    if (run === null || !counts(run, sign) || !isBalanced(text.slice(at))) continue;
    if (contradicts(run, facts)) return null;
    draft.take(at, text.length);
    const stated = run.filter((one) => one.kind === "due");
    const due = stated.find(({ reading }) => reading.kind === "date") ?? stated[0];
    for (const statement of run) apply(statement, statement === due, facts.by(RUN_RULE), text);
    return due?.reading ?? null;
  }
  return null;
}

/** Without one of these a text closes with no statements. */
const MAY_RUN = new RegExp(`\\.\\s|[,;|()[\\]\\n（【、，；@:：${ARROWS}]|\\s[-=]>\\s|\\s[-–/·]\\s|—`, "u");

/** Labels set in bold part themselves from the work: `Fix the pool **Owner:** Lisa`. */
const boldStarts = (draft: Draft, from: number) =>
  draft.spans
    .filter(({ kind, start }) => (kind === "strong" || kind === "emphasis") && start > from)
    .map(({ start }) => ({ at: start, to: start, sign: "" }));

/** All statements from `start` to the end of the text, or null where something else stands among them. */
function runAt(place: Place, start: number): readonly (Statement & { readonly start: number })[] | null {
  const run: (Statement & { readonly start: number })[] = [];
  for (let at = start; at < place.text.length; ) {
    const found = run.length === MAX_STATEMENTS ? null : statementAt(place, at);
    if (found === null || found.end <= at) return null;
    const behind = place.text.slice(found.end);
    if (!FOLLOWS.test(behind)) return null;
    run.push({ ...found, start: at });
    at = found.end + (BETWEEN.exec(behind)?.[0].length ?? 0);
  }
  return run;
}

/** A run of one, or of mere names, says too little: they may be words of the work. An owner in a place of its own says enough. */
function counts(run: readonly Statement[], sign: string): boolean {
  const [first] = run;
  if (run.length === 1 && first?.kind === "ref") return sign.includes("\n");
  if (run.length === 1) return first?.kind === "owner" && first.certain && PLACE.test(sign);
  if (!run.some(({ kind }) => kind === "owner" || kind === "due" || kind === "priority")) return false;
  if (run.some((one) => one.kind === "status" && one.done === true) && run.some(isMereDay)) return false;
  return new Set(run.map(({ kind }) => kind)).size > 1 || run.some(({ certain }) => certain);
}

/** Of finished work it is the day it was finished. */
const isMereDay = ({ kind, certain }: Statement): boolean => kind === "due" && !certain;

/** Brackets, dashes, bars and line ends part what they stand before from the work; a comma may be the work's own. */
const PLACE = new RegExp(`[([（【\\n|${ARROWS}=–—-]`, "u");

/** Every bracket that closes in it was opened in it. */
function isBalanced(text: string): boolean {
  let open = 0;
  for (const sign of text) {
    if ("([（【".includes(sign)) open++;
    else if (")]）】".includes(sign) && --open < 0) return false;
  }
  return true;
}

/** A column for owners that names others has the last word. */
function contradicts(run: readonly Statement[], facts: Facts): boolean {
  if (facts.owners.length === 0) return false;
  return run.some((one) => one.kind === "owner" && one.owners.owners.some((owner) => !facts.owners.includes(owner)));
}

/** `isDue`: of several dates this is the one that counts. */
function apply(statement: Statement & { readonly start: number }, isDue: boolean, facts: Facts, text: string): void {
  const words = text.slice(statement.start, statement.end);
  switch (statement.kind) {
    case "owner":
      facts.addOwners(statement.owners, words);
      return;
    case "due":
      if (isDue) facts.tell("due", words);
      else facts.keep(words);
      return;
    case "priority":
      facts.setPriority(statement.priority, words);
      return;
    case "ref":
      facts.setReference(statement.ref, words);
      return;
    case "status":
      facts.setDone(statement.done, statement.words);
      facts.keepStatus(statement.words);
      return;
    case "type":
      facts.setType(statement.type, words);
      return;
    case "other":
      facts.keep(words);
      return;
    default:
      statement satisfies never;
  }
}
