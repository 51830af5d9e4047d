/**
 * Work in sections whose names are known for nothing, read only where a postmortem has no other: a name in words that no lexicon
 * has over a list each entry of which says who does it and by when, or is an order and says one of them.
 */
import { findDue } from "../../due/index.js";
import { LANGUAGE_CODES, MEANINGS, normalize } from "../../languages/index.js";
import type { Section } from "../../structure/sections.js";
import { type PassageRule, UNHEARD } from "../../trace.js";
import type { Candidate } from "../candidate.js";
import { labelsWhoOrWhen } from "../fields.js";
import { topContext, type Walk } from "./context.js";
import { readList } from "./list.js";
import { isOrder, isPast, statesWhoOrWhen } from "./yields.js";

export const UNNAMED_RULE: PassageRule = {
  name: "work-by-its-entries",
  reason: "no section holds action items, and each entry here says what is done and who does it or by when",
  verdict: "used",
};

/** A document without a section known for postmortems may be anything. */
const MIN_KNOWN = 1;

/** Fewer entries, and shorter ones, say little of a list. */
const MIN_ENTRIES = 2;
/** A list of more entries is a log. */
const MAX_ENTRIES = 100;
const MIN_LENGTH = 12;

/** The work of a document in which no section was known to hold any. */
export function readUnnamed(document: Section, walk: Walk): Candidate[] {
  return countKnown(document) < MIN_KNOWN ? [] : readIn(document, walk);
}

const countKnown = ({ name, sections }: Section): number =>
  sections.reduce((sum, inner) => sum + countKnown(inner), name.kind === null ? 0 : 1);

function readIn(section: Section, walk: Walk): Candidate[] {
  const inner = section.sections.flatMap((each) => readIn(each, walk));
  const { state, chronicle, origin, name, title } = section;
  if (state !== "neutral" || chronicle || origin === "document" || MEANINGS.never.test(normalize(name.label)))
    return inner;
  const lists = section.blocks.flatMap((block) =>
    block.kind === "list" && block.items.length <= MAX_ENTRIES ? [block] : [],
  );
  const own = walk.cutter.blocks(lists).flatMap((block) => {
    if (block.kind !== "list" || !isWork(readList(block, topContext(section, UNHEARD)))) return [];
    walk.trace.passage({ line: title.line, endLine: title.line }, UNNAMED_RULE);
    return readList(block, topContext(section, walk.trace));
  });
  return [...own, ...inner];
}

/** Which day it is does not matter here. */
const ANY_DAY = { reference: null, dateOrder: "day-first", sprints: {}, languages: LANGUAGE_CODES } as const;

const isDated = ({ text }: Candidate): boolean => findDue(text.text, ANY_DAY) !== null;

/** "(Payments, May 1)": who and when. */
const PAIR = /[([（][^()[\]（）]{2,40}[,、，][^()[\]（）]{2,30}[)\]）]\s*$/u;

const isLabelled = ({ fields, text }: Candidate): boolean =>
  fields.owner !== undefined || fields.due !== undefined || labelsWhoOrWhen(text);

/**
 * Whether each of a list is an order with an owner or a date, or has both of them. A name alone stands behind books and quotes
 * too, an order alone in tips for the reader.
 */
function isWork(candidates: readonly Candidate[]): boolean {
  return (
    candidates.length >= MIN_ENTRIES &&
    candidates.every(
      (one) =>
        one.text.text.length >= MIN_LENGTH &&
        !isPast(one) &&
        (isLabelled(one) ||
          (isOrder(one) && (one.endsWithName || statesWhoOrWhen(one) || isDated(one))) ||
          (isDated(one) && PAIR.test(one.text.text))),
    )
  );
}
