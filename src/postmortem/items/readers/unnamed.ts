/**
 * Work in sections whose names are known for nothing, read only where a postmortem has no other: a name in words that no lexicon
 * has over a list each entry of which says who does it and by when, or is an order and says one of them.
 */
import { ANY_DAY, findDue } from "../../due/index.js";
import { COMMITS_IN_TEXT, MEANINGS, normalize, OURS, STATEMENT } from "../../languages/index.js";
import type { Block } from "../../markdown/block.js";
import type { Section } from "../../structure/sections.js";
import { type PassageRule, UNHEARD } from "../../trace.js";
import type { Candidate } from "../candidate.js";
import { labelsWhoOrWhen } from "../fields.js";
import { topContext, type Walk } from "./context.js";
import { readList } from "./list.js";
import { isAddressedOrder, readAddressed } from "./prose.js";
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
  const { state, chronicle, origin, name, title, blocks } = section;
  if (chronicle || origin === "document" || MEANINGS.never.test(normalize(name.label))) return inner;
  // "Where this leaves us" reads like "What happened", and may tell what comes of it.
  if (state !== "neutral" && name.kind !== "other") return inner;
  const own = blocks.flatMap((block, index) => {
    const pledged = pledges(blocks[index - 1]);
    if (block.kind !== "list" || block.items.length > MAX_ENTRIES || (state !== "neutral" && !pledged)) return [];
    return walk.cutter.blocks([block]).flatMap((list) => {
      if (list.kind !== "list" || !isWork(readList(list, topContext(section, UNHEARD)), pledged)) return [];
      walk.trace.passage({ line: title.line, endLine: title.line }, UNNAMED_RULE);
      return readList(list, topContext(section, walk.trace));
    });
  });
  const addressed = (state === "neutral" ? blocks : []).flatMap((block) =>
    block.kind === "paragraph" ? readAddressed(block, topContext(section, walk.trace)) : [],
  );
  return [...own, ...addressed, ...inner];
}

/** A paragraph is searched in so many characters. */
const MAX_SEARCHED = 600;

/** A text that says that work follows: "We are committing to:", "several pieces of work, so that it cannot happen again". */
function pledges(block: Block | undefined): boolean {
  if (block?.kind !== "paragraph") return false;
  const words = normalize(block.text.text.slice(0, MAX_SEARCHED));
  const { pledge, again, prevent, work, ahead, readers } = MEANINGS;
  if (readers.test(words)) return false;
  return (
    (OURS.test(words) && COMMITS_IN_TEXT.test(words)) ||
    pledge.test(words) ||
    (work.test(words) && (again.test(words) || ahead.test(words))) ||
    (prevent.test(words) && again.test(words))
  );
}

const isDated = ({ text }: Candidate): boolean => findDue(text.text, ANY_DAY) !== null;

/** It does not only tell what was, or how things are. */
const mayBePledged = (one: Candidate): boolean =>
  !isPast(one) &&
  !/[?？](?:\s|$)/u.test(one.text.text.slice(0, MAX_SEARCHED)) &&
  !STATEMENT.test(normalize(one.text.text.slice(0, MAX_SEARCHED)));

/** "(Payments, May 1)": who and when. */
const PAIR = /[([（][^()[\]（）]{2,40}[,、，][^()[\]（）]{2,30}[)\]）]\s*$/u;

const isLabelled = ({ fields, text }: Candidate): boolean =>
  fields.owner !== undefined || fields.due !== undefined || labelsWhoOrWhen(text);

/**
 * Whether each of a list is an order with an owner or a date, or has both of them. A name alone stands behind books and quotes
 * too, an order alone in tips for the reader, unless the text above it pledges that it will be done.
 */
function isWork(candidates: readonly Candidate[], pledged: boolean): boolean {
  if (candidates.length < MIN_ENTRIES) return false;
  if (pledged && candidates.every(mayBePledged) && candidates.filter(isOrder).length * 2 >= candidates.length)
    return true;
  return candidates.every(
    (one) =>
      one.text.text.length >= MIN_LENGTH &&
      !isPast(one) &&
      (isLabelled(one) ||
        isAddressedOrder(one.text.text) ||
        (isOrder(one) && (one.endsWithName || statesWhoOrWhen(one) || isDated(one))) ||
        (isDated(one) && PAIR.test(one.text.text))),
  );
}
