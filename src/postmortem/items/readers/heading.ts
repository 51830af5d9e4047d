/**
 * Action items written as headings: `### 1) Clean up cron @ana` with prose or `Owner: …` lines below. A sub-heading that
 * only groups ("Short-term", "Platform team") is none.
 */

import { ASKS, anyOf, normalize, VERB } from "../../languages/index.js";
import type { ColumnRole } from "../../languages/types.js";
import type { Rich } from "../../markdown/rich.js";
import { readSectionKind, strengthOf } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import { type Condition, decide, type PassageRule } from "../../trace.js";
import type { Candidate, Context } from "../candidate.js";
import { type Field, readFieldLine, toFields } from "../fields.js";
import { groupOwners } from "../refine/owner.js";
import { listedFields, splitFields } from "./list.js";
import { ONE, readFieldParagraph } from "./prose.js";

const NUMBERED = new RegExp(
  `^\\s*(?:#?\\d{1,2}\\s*[.):–—-](?!\\d)|(?:${anyOf(({ items }) => items?.numberedHeadings)})\\s*#?\\d{1,2}\\b|\\p{L}{2,20}\\s*[#-]?\\d{1,2}\\s*[.):–—]\\s*\\S)`,
  "iu",
);
/** As {@link NUMBERED}, beside fields of its own also with a single letter, or what it is for in brackets: `A1. …`, `Action 2 (detect): …`. */
const LETTERED = /^\s*\p{L}{1,20}\s*[#-]?\d{1,2}\s*(?:\([^()]{1,30}\)\s*)?[.):：–—]\s*\S/u;
const SHOUTED = new RegExp(`^\\W*(?:${anyOf(({ status }) => status?.shouted?.heading)})\\b`);

/** Work named by a noun: "Removal of the old flag", "Enhancement of alerts". */
const NOMINAL = new RegExp(`^(?:${anyOf(({ items }) => items?.nominal)})`);

/** A heading among action items. */
interface Headed {
  readonly section: Section;
  /** Lists or tables in it hold items of their own. */
  readonly listed: boolean;
  /** An owner, date or status is stated for it. */
  readonly stated: boolean;
  /** So is whatever else an item has: its priority or kind. */
  readonly described: boolean;
  /** The section around it consists of headings over prose, {@link isOfHeadings}. */
  readonly amongHeadings: boolean;
}

/** Whether a heading is work, or only groups it. */
const HEADING_ITEM_RULES: readonly (PassageRule & Condition<Headed>)[] = [
  {
    name: "heading-with-fields",
    reason: "an owner, a date or a status is stated below it",
    verdict: "taken",
    holds: ({ stated }) => stated,
  },
  {
    name: "numbered-heading-with-fields",
    reason: "it has a number of its own, and its priority, state or kind is stated below it",
    verdict: "taken",
    holds: ({ section, described }) => described && isCounted(section),
  },
  {
    name: "heading-over-items",
    reason: "what it stands over are items of their own",
    verdict: "used",
    holds: ({ listed }) => listed,
  },
  {
    name: "heading-names-window",
    reason: "it says when the work below is due to be done",
    verdict: "used",
    holds: ({ section }) => section.name.window !== null,
  },
  {
    name: "heading-names-topic",
    reason: "it is known for what work is about, or for a section",
    verdict: "used",
    holds: ({ section: { name } }) => name.topic || (name.kind !== null && name.full),
  },
  {
    name: "heading-names-owner",
    reason: "it names whose work stands below",
    verdict: "used",
    holds: ({ section: { name, title, origin } }) => groupOwners(name, title, origin) !== null,
  },
  {
    name: "heading-asks",
    reason: "a heading that asks is none: `What the maker will do`",
    verdict: "used",
    holds: ({ section: { name } }) => ASKS.test(normalize(name.label)),
  },
  {
    name: "numbered-heading",
    reason: "a heading with a number of its own is an item",
    verdict: "taken",
    holds: ({ section: { title } }) => NUMBERED.test(title.text),
  },
  {
    name: "headings-over-prose",
    reason: "the section consists of headings over prose, each an item",
    verdict: "taken",
    holds: ({ section, amongHeadings }) => section.origin === "heading" && amongHeadings,
  },
  {
    name: "heading-with-mention",
    reason: "a heading that mentions who does it is an item",
    verdict: "taken",
    holds: ({ section: { title } }) => /(?:^|\s)@[\w-]/.test(title.text),
  },
  {
    name: "heading-with-status",
    reason: "a heading that begins with TODO or DONE is an item",
    verdict: "taken",
    holds: ({ section: { title } }) => SHOUTED.test(title.text),
  },
  {
    name: "heading-with-noun-of-work",
    reason: "a heading that names work by a noun: `Removal of the old flag`",
    verdict: "taken",
    holds: ({ section: { name } }) => NOMINAL.test(normalize(name.label)),
  },
  {
    name: "heading-with-verb",
    reason: "a heading that begins with a verb and says what is done",
    verdict: "taken",
    holds: ({ section: { name } }) => {
      const label = normalize(name.label);
      return VERB.any.test(label) && label.includes(" ");
    },
  },
];

const isCounted = ({ title, name: { window } }: Section): boolean =>
  window === null && (NUMBERED.test(title.text) || LETTERED.test(title.text));

/** Headings that are alike: names known for nothing, each over prose alone. */
const overProse = ({ name, blocks, sections }: Section): boolean =>
  name.kind === null &&
  name.window === null &&
  !name.topic &&
  sections.length === 0 &&
  blocks.length > 0 &&
  blocks.every(({ kind }) => kind === "paragraph");

/** One heading over prose may be anything; several in a row are the entries of the section. */
const MIN_HEADINGS = 2;

/** Whether a section consists of headings over prose and nothing else. To be asked once of a section, not of each heading in it. */
export const isOfHeadings = ({ state, sections, blocks }: Section): boolean =>
  state === "action" &&
  sections.length >= MIN_HEADINGS &&
  sections.every(overProse) &&
  blocks.every(({ kind }) => kind === "paragraph");

const GROUP_HEADING: PassageRule = {
  name: "heading-names-group",
  reason: "it only groups what stands below",
  verdict: "used",
};

/** What stands below a heading that is an item. */
const HEADING_DETAILS: PassageRule = {
  name: "below-heading-item",
  reason: "it belongs to the heading above, which is the item",
  verdict: "used",
};

export const HEADING_RULES: readonly PassageRule[] = [...HEADING_ITEM_RULES, GROUP_HEADING, HEADING_DETAILS];

/** The item a section is, or null where it is a group of items. `held`: what lists and tables in it hold. `amongHeadings`: {@link isOfHeadings} of the section around it. */
export function readHeadingItem(
  section: Section,
  context: Context,
  held: readonly Candidate[],
  amongHeadings: boolean,
): Candidate | null {
  const { title } = section;
  const { trace } = context;
  const fields = fieldsBelow(section);
  const stated = fields.some(({ role }) => role === "owner" || role === "due" || role === "status");
  const described = [...fields, ...fieldsInLabels(section)].some(({ role }) => DESCRIBES.has(role));
  const headed: Headed = { section, listed: held.length > 0, stated, described, amongHeadings };
  const rule = decide<Headed, PassageRule>(HEADING_ITEM_RULES, headed, GROUP_HEADING);
  if (rule.verdict !== "taken") {
    trace.passage({ line: title.line, endLine: title.line }, rule);
    return null;
  }
  for (const detail of [...section.blocks, ...held]) trace.passage(detail, HEADING_DETAILS);
  const below = section.blocks
    .flatMap((block) => (block.kind === "paragraph" ? [block.text] : []))
    .filter((paragraph) => !isFields(paragraph));
  const [work] = isCalledByNumber(title.text) ? below : [];
  const { text, fields: own } = splitFields(work ?? title);
  return {
    line: title.line,
    endLine: section.blocks.at(-1)?.endLine ?? title.line,
    ownEnd: title.line,
    kind: "heading",
    rule,
    text,
    fields: toFields([...own, ...fields, ...fieldsInLabels(section)]),
    others: [],
    more: below.filter((paragraph) => paragraph !== work),
    checked: null,
    endsWithName: false,
    context,
  };
}

const NAME_AND_NUMBER = /^(\P{N}*\p{L})\s?#?\d{1,2}\s*[.:：]*$/u;
/** "Corrective action 1:" says that it is one, and what stands behind or below it which. */
function isCalledByNumber(title: string): boolean {
  const name = NAME_AND_NUMBER.exec(title.trim())?.[1];
  return name !== undefined && (ONE.test(name) || strengthOf(readSectionKind(name).kind) > 0);
}

/** `Owner: …` lines and bullets below a heading. */
function fieldsBelow(section: Section): Field[] {
  return section.blocks.flatMap((block) => {
    if (block.kind === "paragraph") return readFieldParagraph(block) ?? [];
    return block.kind === "list" ? listedFields(block) : [];
  });
}

/** What tells an item from a group: a group has an owner or a date too, as a whole. */
const DESCRIBES: ReadonlySet<ColumnRole> = new Set(["status", "priority", "type"]);

/** The fields below the labels that an item's heading stands over: "Proposal:", its list, "Status: open". */
const fieldsInLabels = ({ sections }: Section): Field[] =>
  sections.flatMap((inner) => (inner.origin === "label" ? [...fieldsBelow(inner), ...fieldsInLabels(inner)] : []));

const isFields = (paragraph: Rich): boolean => readFieldLine(paragraph) !== null;
