/** Of all that sections yield, what counts: those that promise work most plainly, and none that only speak of another's. */

import { DOES, normalize, PAST, STATEMENT, VERB } from "../../languages/index.js";
import { quote } from "../../problems/quote.js";
import { STRENGTH } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import type { PassageRule, Trace } from "../../trace.js";
import type { Problem } from "../../types.js";
import type { Candidate } from "../candidate.js";
import { labelsWhoOrWhen } from "../fields.js";
import { MENTION } from "../refine/owner.js";
import { beginsWithVerb, firstWords } from "./first-words.js";
import { isRecord } from "./prose.js";

/** What one action section yields, and how plainly it says that it holds work. */
export interface Yield {
  strength: number;
  /** As {@link strength}, by its name alone. */
  readonly named: number;
  /** A remark amid a text, "Action: …": a few say little of where the document's work stands. */
  readonly remark?: boolean;
  /** The section; none for what stands outside action sections. */
  readonly section?: Section;
  /** Nothing but task boxes makes it plain. */
  readonly boxed?: boolean;
  /** What stands in parts of it whose own names speak of work to come. */
  readonly promised?: Set<Candidate>;
  /** Its name tells of measures that are finished, and nothing in it says who or when. */
  readonly finished?: boolean;
  candidates: Candidate[];
  problems: Problem[];
}

/** A list of measures is advice beside tasks; a task box or an owner column makes its section as plain as "Action items". */
export const PLAIN = STRENGTH.explicit;

/** Parts of what was read that give way to plainer ones. */
export const GIVES_WAY = {
  besideTasks: {
    name: "less-plain-than-tasks",
    reason: "another section says outright that it holds the tasks, and this one speaks of measures or advice",
    verdict: "turned down",
  },
  amidNoWork: {
    name: "amid-no-work",
    reason: "another section says outright that it holds the tasks, and this one stands among lessons or causes",
    verdict: "turned down",
  },
  besideFollowUp: {
    name: "less-plain-than-follow-up",
    reason: "another section speaks of work to come, and this one of advice",
    verdict: "turned down",
  },
  standing: {
    name: "standing-beside-work",
    reason: "another section lists work to come, and this one only says how things are now: `The gate refuses it`",
    verdict: "turned down",
  },
  finished: {
    name: "order-among-finished",
    reason: "among measures that are finished, beside a section of work, an order is a rule that holds from now on",
    verdict: "turned down",
  },
  closing: {
    name: "prose-beside-list",
    reason: "another section lists the work, and this one only speaks of it",
    verdict: "turned down",
  },
  loose: {
    name: "boxes-outside",
    reason: "a section holds action items, so task boxes outside it are something else",
    verdict: "turned down",
  },
} as const satisfies Record<string, PassageRule>;

/** What a section must promise at least, by what the plainest one does: those that promise less are about something else. */
const NEEDED: readonly { readonly plainest: number; readonly least: number; readonly rule: PassageRule }[] = [
  { plainest: STRENGTH.explicit, least: STRENGTH.followUp, rule: GIVES_WAY.besideTasks },
  { plainest: STRENGTH.followUp, least: STRENGTH.measures, rule: GIVES_WAY.besideFollowUp },
];

/** The yields that count, in their order; the author is told of others that look like work. */
export function keepPlainest(yields: readonly Yield[], trace: Trace): readonly Yield[] {
  const filled = withoutRepeats(
    yields.filter(({ candidates }) => candidates.length > 0),
    trace,
  );
  const remarks = filled.filter(({ remark }) => remark);
  const sections = filled.filter(({ remark }) => !remark);
  const most = Math.max(0, ...sections.map(({ candidates }) => candidates.length));
  const telling = remarks.length < most ? sections : filled;
  const best = Math.max(0, ...telling.map(({ strength }) => strength));
  const needed = NEEDED.find(({ plainest }) => best >= plainest);
  if (needed === undefined) return filled;
  const outright = filled.some((one) => one.strength >= PLAIN && !standsAmidNoWork(one));
  const amid = (one: Yield): boolean => outright && one.strength < PLAIN && standsAmidNoWork(one);
  const gives = (one: Yield): boolean => one.strength < needed.least || amid(one);
  const kept = filled
    .filter((one) => !gives(one))
    .map((one) => (one.boxed && one.named < needed.least ? boxedIn(one, needed.rule, trace) : one));
  const left = filled.filter(gives);
  for (const one of left)
    turnDown(one.candidates, one.strength < needed.least ? needed.rule : GIVES_WAY.amidNoWork, trace);
  const main = kept.find(({ strength }) => strength === best)?.section;
  const problems = main === undefined ? [] : left.flatMap((one) => unread(one, main));
  return [...kept, { strength: 0, named: 0, candidates: [], problems }];
}

/** Among lessons, causes or impact. */
const standsAmidNoWork = ({ section }: Yield): boolean => section?.parent?.state === "excluded";

/** Of a section that only its task boxes make plain: what has one or says who or when, and none of the advice beside it. */
function boxedIn(one: Yield, rule: PassageRule, trace: Trace): Yield {
  const isPlain = (each: Candidate): boolean =>
    each.kind === "checkbox" || statesWhoOrWhen(each) || (one.promised?.has(each) ?? false);
  turnDown(
    one.candidates.filter((each) => !isPlain(each)),
    rule,
    trace,
  );
  return { ...one, candidates: one.candidates.filter(isPlain) };
}

/** What the author is told of a section that is left out though its entries are orders. */
function unread({ section, candidates }: Yield, main: Section): Problem[] {
  if (section === undefined || candidates.filter(isOrder).length * 2 < candidates.length) return [];
  const { title, name } = section;
  return [
    {
      line: title.line,
      endLine: title.line,
      rule: "unread-section",
      level: "info",
      message: `${quote(name.label)} was not read, because ${quote(main.name.label)} holds the action items.`,
      fix: "Give its entries owners or due dates, or move them there, if they are action items too.",
    },
  ];
}

/** Without what only speaks of another section's work: the rules that finished measures brought, and prose behind a list. */
function withoutRepeats(yields: readonly Yield[], trace: Trace): readonly Yield[] {
  const open = yields.filter((one) => !one.finished && !one.remark && !isStanding(one));
  const lists = open.filter(({ candidates }) => !candidates.every(({ kind }) => kind === "prose"));
  const listed = Math.max(0, ...lists.map(({ candidates }) => candidates.length));
  return yields.flatMap((one) => {
    const { candidates, finished, named, remark } = one;
    if (open.length > 0 && isStanding(one)) {
      turnDown(candidates, GIVES_WAY.standing, trace);
      return [];
    }
    const speaks =
      !remark &&
      listed >= MIN_LISTED &&
      named < PLAIN &&
      candidates.every((each) => each.kind === "prose" && !statesWhoOrWhen(each));
    const ordered = new Set(finished && open.length > 0 ? candidates.filter(isOrder) : []);
    turnDown(ordered, GIVES_WAY.finished, trace);
    if (!speaks) return [{ ...one, candidates: candidates.filter((each) => !ordered.has(each)) }];
    turnDown(candidates, GIVES_WAY.closing, trace);
    return [];
  });
}

/** A few entries may be named by sentences. */
const MIN_STANDING = 3;

/** A section of measures that only tells what protects by now. */
const isStanding = ({ named, candidates }: Yield): boolean =>
  named < STRENGTH.followUp &&
  candidates.length >= MIN_STANDING &&
  candidates.every((each) => each.kind !== "checkbox" && each.kind !== "table" && !statesWhoOrWhen(each)) &&
  candidates.filter(tellsHowThingsAre).length * 2 > candidates.length;

/** "Gate: the linter refuses it", and no order. */
function tellsHowThingsAre(candidate: Candidate): boolean {
  if (isOrder(candidate)) return false;
  const { text } = candidate.text;
  const behind = text.slice(0, MAX_SENTENCE).replace(/^[^\n:：]{2,60}[:：]\s+/u, "");
  const words = normalize(behind);
  return !VERB.any.test(words) && (DOES.test(words) || STATEMENT.test(words));
}

/** A sentence is judged by so many of its characters. */
const MAX_SENTENCE = 200;

/** It begins with a verb, as orders do. */
export const isOrder = ({ text }: Candidate): boolean => beginsWithVerb(text.text);

/** A list of so many items is a document's work, of which prose elsewhere only speaks. */
const MIN_LISTED = 3;

/** Tells that candidates are turned down. */
export function turnDown(candidates: Iterable<Candidate>, rule: PassageRule, trace: Trace): void {
  for (const candidate of candidates) trace.passage(candidate, rule);
}

/** What is unmistakable even beside sections of action items: tables and records. */
export function surestOf(loose: Yield, trace: Trace): Yield {
  const isSure = (candidate: Candidate): boolean => candidate.kind === "table" || isRecord(candidate);
  turnDown(
    loose.candidates.filter((candidate) => !isSure(candidate)),
    GIVES_WAY.loose,
    trace,
  );
  return { ...loose, candidates: loose.candidates.filter(isSure) };
}

/** Somebody is to do it, or some day it is due: that is said of work, seldom of advice. */
export function statesWhoOrWhen({ kind, fields, text }: Candidate): boolean {
  // A table of figures has targets too.
  if (kind === "table") return fields.owner !== undefined;
  if (fields.owner !== undefined || fields.due !== undefined) return true;
  return labelsWhoOrWhen(text) || text.text.search(MENTION) >= 0;
}

/** A single entry in the past may be a name: "Failed deploys". */
const MIN_PAST = 2;

/** Whether a list tells what was done, though no mark says so: each of its entries begins with a verb in the past, and none that may be an order: "Set up alerts". */
export const tellsPast = (candidates: readonly Candidate[]): boolean =>
  candidates.length >= MIN_PAST &&
  candidates.every((one) => isPast(one) && !isOrder(one) && one.fields.due === undefined);

/** "Changed the hinge": without a box, an owner or a mark, in a section about what was done. */
export const isPast = ({ kind, fields, text }: Candidate): boolean =>
  kind !== "checkbox" && fields.owner === undefined && fields.status === undefined && PAST.test(firstWords(text.text));
