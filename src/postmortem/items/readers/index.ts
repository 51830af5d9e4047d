/** Asks each section for its action items and keeps those of the sections that promise them most plainly. */
import { MEANINGS, normalize, PAST } from "../../languages/index.js";
import type { Block, ListBlock, Paragraph, Row } from "../../markdown/block.js";
import { richLines, wholly } from "../../markdown/rich.js";
import { NAME, STRENGTH, strengthOf } from "../../structure/section-name.js";
import type { Section } from "../../structure/sections.js";
import type { Condition, PassageRule, Trace } from "../../trace.js";
import type { Problem } from "../../types.js";
import type { Candidate, Context } from "../candidate.js";
import { toFields } from "../fields.js";
import { topContext, type Walk, within } from "./context.js";
import { Cutter } from "./cut.js";
import { firstWords } from "./first-words.js";
import { isOfHeadings, readHeadingItem } from "./heading.js";
import { BULLET, listedFields, readList } from "./list.js";
import { NO_TASK_RULES, NO_WORK_RULES, OBJECTS_RULE, THINGS_RULE } from "./not-work.js";
import { eachPromise } from "./promises.js";
import {
  namesOne,
  readCalled,
  readCalledEntries,
  readMarkedLines,
  readOverThings,
  readProse,
  readRecord,
  readRemark,
} from "./prose.js";
import { hasClearHead, readPipeRows, readTabRows, tabbed, tableOf } from "./rows.js";
import { readTable, type TableReading } from "./table.js";
import { readUnnamed, UNNAMED_RULE } from "./unnamed.js";
import {
  GIVES_WAY,
  isPast,
  keepPlainest,
  PLAIN,
  statesWhoOrWhen,
  surestOf,
  tellsPast,
  turnDown,
  type Yield,
} from "./yields.js";

export interface Found {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
  /** The lines that are too long, and were read up to there only. */
  readonly cut: ReadonlySet<number>;
}

/** Parts of a section that are read otherwise, or not at all. */
const YIELD = {
  text: {
    name: "text-beside-items",
    reason: "in a section with lists or tables, paragraphs are no items",
    verdict: "turned down",
  },
  steps: {
    name: "steps-made",
    reason: "in a section about the incident, or behind “Action:”, each entry tells what was done",
    verdict: "turned down",
  },
  made: {
    name: "told-as-made",
    reason: "in a section about the incident, its text tells what was made: `Changed the limit`",
    verdict: "turned down",
  },
  tabs: {
    name: "parted-by-tabs",
    reason: "columns parted by tabs are no table to Markdown, unless their head says so plainly",
    verdict: "turned down",
  },
  details: {
    name: "details-of-step",
    reason: "bullets below a numbered step say more of it",
    verdict: "used",
  },
  timeline: { name: "table-in-timeline", reason: "no table in a timeline holds work", verdict: "turned down" },
} as const satisfies Record<string, PassageRule>;

/** Lists outside action sections that are not asked for items. */
const LOOSE_RULES: readonly (PassageRule & Condition<{ readonly list: ListBlock; readonly section: Section }>)[] = [
  {
    name: "list-elsewhere",
    reason: "a list in a section that is known to hold no work",
    verdict: "turned down",
    holds: ({ section }) => section.state !== "neutral",
  },
  {
    name: "list-before-headings",
    reason: "a list before any heading",
    verdict: "turned down",
    holds: ({ section }) => section.origin === "document",
  },
  {
    name: "list-without-boxes",
    reason: "outside action items a list counts only where each bullet has a task box",
    verdict: "turned down",
    holds: ({ list }) => !isChecklist(list),
  },
];

/** All rules about where items are looked for, and which give way. */
export const YIELD_RULES: readonly PassageRule[] = [
  UNNAMED_RULE,
  ...Object.values(YIELD),
  ...Object.values(GIVES_WAY),
  ...LOOSE_RULES,
];

/** All candidates of a document. */
export function readSections(document: Section, trace: Trace): Found {
  const yields: Yield[] = [];
  const loose: Yield = { strength: 0, named: 0, candidates: [], problems: [] };
  const cutter = new Cutter();
  gather(document, { cutter, trace }, yields, loose);
  const kept = keepPlainest(yields, trace);
  if (kept.length === 0 && loose.candidates.length === 0)
    addAll(loose.candidates, readUnnamed(document, { cutter, trace }));
  const found = kept.length > 0 ? [...kept, surestOf(loose, trace)] : [loose];
  return {
    candidates: found.flatMap((one) => one.candidates).flatMap(eachPromise),
    // What was not read at all stands in sections that yield nothing.
    problems: [...found, ...yields.filter(({ candidates }) => candidates.length === 0)].flatMap(
      ({ problems }) => problems,
    ),
    cut: cutter.cut,
  };
}

function gather(section: Section, walk: Walk, yields: Yield[], loose: Yield): void {
  if (section.state === "action") {
    yields.push(readAction(cutAll(section, walk.cutter), walk.trace));
    return;
  }
  readLoose(section, walk, loose);
  const planned = new Set(section.sections.filter(isPlanned).map(({ rank }) => rank));
  for (const inner of section.sections) {
    if (isDoneHalf(inner, planned))
      yields.push({ ...readAction(cutAll(inner, walk.cutter), walk.trace), strength: PLAIN });
    else gather(inner, walk, yields, loose);
  }
}

/** A section of work to come. */
const isPlanned = ({ name, state }: Section): boolean =>
  state === "action" && strengthOf(name.kind) >= STRENGTH.followUp;

/** "**Actions taken:**" beside "**Actions planned:**": the finished half of one list of work. `planned`: the ranks of the other halves. */
const isDoneHalf = ({ name, origin, rank }: Section, planned: ReadonlySet<number>): boolean =>
  name.kind === "taken" && MEANINGS.past.test(normalize(name.label)) && origin === "label" && planned.has(rank);

/** Outside action sections only what cannot be anything else: tables and records of actions, and task boxes where nothing rules them out. */
function readLoose(section: Section, { cutter, trace }: Walk, loose: Yield): void {
  const context = topContext(section, trace);
  const held = section.blocks.filter((block, index) => mayHold(block, index, section, trace));
  for (const block of cutter.blocks(held)) {
    if (block.kind === "table" && section.chronicle) trace.passage(block, YIELD.timeline);
    else if (block.kind === "table") add(loose, readTable(block, context, false));
    else if (block.kind === "list") addAll(loose.candidates, readList(block, context));
  }
  if (section.chronicle) return;
  for (const block of section.blocks) {
    const record = block.kind === "paragraph" ? readRecord(block, context) : null;
    if (record !== null) loose.candidates.push(record);
    else if (block.kind === "list" && !held.includes(block))
      addAll(loose.candidates, readCalledEntries(block, context));
  }
}

function mayHold(block: Block, index: number, section: Section, trace: Trace): boolean {
  if (block.kind !== "list") return block.kind === "table";
  const above = lineAbove(section, index);
  const rule =
    LOOSE_RULES.find((one) => one.holds({ list: block, section })) ??
    NO_TASK_RULES.find((one) => one.holds({ list: block, above }));
  if (rule !== undefined) trace.passage(block, rule);
  return rule === undefined;
}

const isChecklist = (list: ListBlock): boolean => list.items.every((entry) => entry.checked !== null);

function add(to: Yield, from: TableReading): void {
  addAll(to.candidates, from.candidates);
  addAll(to.problems, from.problems);
}

/** As `to.push(...from)`, which fails where there is more than fits on the stack. */
function addAll<T>(to: T[], from: readonly T[]): void {
  for (const one of from) to.push(one);
}

/** The section, and those in it, with lines that are not too long. */
function cutAll(section: Section, cutter: Cutter): Section {
  return {
    ...section,
    title: cutter.text(section.title),
    blocks: cutter.blocks(section.blocks),
    sections: section.sections.map((inner) => cutAll(inner, cutter)),
  };
}

function readAction(section: Section, trace: Trace): Yield {
  const context = topContext(section, trace);
  const item = readRemark(section, context);
  if (item !== null && namesOne(section) && isPast(item)) {
    turnDown([item], YIELD.steps, trace);
    return { strength: 0, named: 0, candidates: [], problems: [] };
  }
  if (item !== null) {
    const more = section.blocks
      .slice(1)
      .flatMap((block) => (block.kind === "paragraph" ? readCalled(block, context) : []));
    return { strength: PLAIN, named: PLAIN, remark: true, candidates: [item, ...more], problems: [] };
  }
  const found = readTree(section, context);
  if (found.candidates.length === 0) found.candidates = readProse(paragraphsIn(section), context);
  const stated =
    found.candidates.some((one) => one.kind === "table" && statesWhoOrWhen(one)) ||
    found.candidates.filter(statesWhoOrWhen).length * 2 > found.candidates.length;
  const boxed = !stated && found.candidates.some(({ kind }) => kind === "checkbox");
  const plain = stated || boxed;
  const named = found.candidates.length === 0 ? 0 : Math.max(found.strength, strengthOf(section.name.kind));
  if (section.parent?.state === "excluded" && found.candidates.length > 0 && found.candidates.every(isPast)) {
    turnDown(found.candidates, YIELD.steps, trace);
    found.candidates = [];
  }
  if (section.parent?.state === "excluded" && tellsMade(section) && !found.candidates.some(isStated)) {
    turnDown(found.candidates, YIELD.made, trace);
    found.candidates = [];
  }
  if (tellsPast(found.candidates))
    found.candidates = found.candidates.map((one) => ({ ...one, toldAsPast: true as const }));
  const { name } = section;
  const finished = name.rule === NAME.finished && strengthOf(name.kind) <= STRENGTH.measures && !plain;
  const remark = section.origin === "label" && found.candidates.every(({ kind }) => kind === "prose");
  // Follow-up among the steps taken is what was done next, where another section says outright that it holds the tasks.
  const placed = section.parent?.name.kind === "taken" && named < PLAIN ? Math.min(named, STRENGTH.measures) : named;
  return { ...found, section, remark, finished, boxed, strength: plain ? Math.max(PLAIN, named) : placed };
}

/** "Long-term fix" below "The solution", or a part of it, whose text begins "Changed the limit". */
const tellsMade = ({ blocks, sections }: Section): boolean =>
  saysMade(blocks[0]) || sections.some((inner) => saysMade(inner.blocks[0]));

const saysMade = (block: Block | undefined): boolean =>
  block?.kind === "paragraph" && PAST.test(firstWords(block.text.text));

/** A task box, an owner or a date: that is work, whatever the text around it tells. */
const isStated = (one: Candidate): boolean => one.kind === "checkbox" || statesWhoOrWhen(one);

/** A section with the sections inside it. Where one of those names the tasks outright, what speaks of less beside it is none. */
function readTree(section: Section, context: Context): Yield {
  const named = strengthOf(section.name.kind);
  const promised = new Set<Candidate>();
  const own: Yield = { strength: named, named, promised, candidates: [], problems: [] };
  readBlocks(section, context, own);
  const bare = own.candidates.length === 0;
  const ofHeadings = isOfHeadings(section);
  const inner = section.sections
    .filter(({ state }) => state !== "excluded")
    .map((child) => readInner(child, context, ofHeadings));
  const tasksNamed = inner.some(({ named, candidates }) => named >= PLAIN && candidates.length > 0);
  if (tasksNamed && named < STRENGTH.followUp) {
    turnDown(own.candidates, BULLET.besideTasks, context.trace);
    own.candidates = [];
  }
  for (const child of inner) {
    if (tasksNamed && child.named < STRENGTH.followUp && (child.named > 0 || named < STRENGTH.followUp)) {
      turnDown(child.candidates, BULLET.besideTasks, context.trace);
      continue;
    }
    addAll(own.candidates, child.candidates);
    addAll(own.problems, child.problems);
    for (const one of child.named >= STRENGTH.followUp ? child.candidates : (child.promised ?? [])) promised.add(one);
    if (child.named >= PLAIN && child.candidates.length > 0) own.strength = Math.max(own.strength, child.strength);
  }
  // "4. Backups" over nothing but "Action items:" is as plain as these.
  return tasksNamed && bare && section.name.kind === null ? { ...own, named: PLAIN } : own;
}

function readInner(child: Section, context: Context, amongHeadings: boolean): Yield {
  const inner = within(context, child.name, child.title, child.origin);
  const found = readTree(child, inner);
  const item = readHeadingItem(child, context, found.candidates, amongHeadings);
  return item === null ? found : { ...found, candidates: [item] };
}

function readBlocks({ blocks, origin, title }: Section, context: Context, into: Yield): void {
  const opening = origin === "label" ? title.text : "";
  let rows: Row[] = [];
  const endTable = () => {
    const table = tableOf(rows);
    rows = [];
    if (table !== null) add(into, readTable(table, context, true));
  };
  for (const [index, block] of blocks.entries()) {
    const pipes = block.kind === "paragraph" ? readPipeRows(block) : null;
    if (pipes !== null) {
      addAll(rows, pipes);
      continue;
    }
    const tabs = block.kind === "paragraph" ? readTabRows(block) : null;
    if (tabs !== null && block.kind === "paragraph") {
      endTable();
      const table = hasClearHead(tabs) ? tableOf(tabs) : null;
      if (table === null) {
        context.trace.passage(block, YIELD.tabs);
        into.problems.push(tabbed(block));
      } else add(into, readTable(table, context, true));
      continue;
    }
    if (block.kind === "table" && isPiped(blocks[index + 1])) {
      endTable();
      rows = [...block.rows];
      continue;
    }
    endTable();
    if (block.kind === "table") add(into, readTable(block, context, true));
    else if (block.kind === "list") {
      const above = index === 0 ? opening : lastLine(blocks[index - 1]);
      const none = NO_WORK_RULES.find((rule) => rule.holds({ list: block, above, context }));
      const before = blocks[index - 1];
      if (none !== undefined) {
        context.trace.passage(block, none);
        if ((none === THINGS_RULE || none === OBJECTS_RULE) && before?.kind === "paragraph")
          addAll(into.candidates, readOverThings(before, context));
      } else if (isDetailOf(block, before, blocks[index + 1])) {
        context.trace.passage(block, YIELD.details);
        addTo(into.candidates, block);
      } else addAll(into.candidates, readList(block, context));
    } else if (block.kind === "paragraph") {
      context.trace.passage(block, YIELD.text);
      addAll(into.candidates, [
        ...readMarkedLines(block, context),
        ...readCalled(block, context).map((called) => withFieldsBelow(called, blocks[index + 1])),
      ]);
    }
  }
  endTable();
}

/** "**Action 1:** do it", and bullets below that say who and when. */
function withFieldsBelow(called: Candidate, below: Block | undefined): Candidate {
  const fields = below?.kind === "list" ? listedFields(below) : [];
  if (below === undefined || fields.length === 0) return called;
  return { ...called, fields: { ...toFields(fields), ...called.fields }, endLine: below.endLine };
}

const lastLine = (block: Block | undefined): string =>
  block?.kind === "paragraph" ? (block.text.text.trimEnd().split("\n").at(-1) ?? "") : "";

/** The line above a block: of the paragraph or the entry before it, or the label that opened its section. */
function lineAbove({ blocks, origin, title }: Section, index: number): string {
  if (index === 0 && origin === "label") return title.text;
  const before = blocks[index - 1];
  return before?.kind === "list" ? (before.items.at(-1)?.head.text ?? "") : lastLine(before);
}

/**
 * Bullets below a number that were not indented: "1. **Replace the hinge**", then bullets, then "2. …". They say more of that
 * step, where its number goes on behind them or all of it is bold.
 */
function isDetailOf(list: ListBlock, before: Block | undefined, after: Block | undefined): boolean {
  if (list.ordered || before?.kind !== "list" || !before.ordered || before.items.length !== 1) return false;
  const [step] = before.items;
  const [first] = step === undefined ? [] : richLines(step.head);
  if (first === undefined || list.items.some(({ checked }) => checked !== null)) return false;
  return wholly(first, "strong") || (after?.kind === "list" && after.ordered && after.items.length === 1);
}

/** The last candidate reaches to the end of the list that says more of it. */
function addTo(candidates: Candidate[], { endLine }: ListBlock): void {
  const last = candidates.at(-1);
  if (last !== undefined) candidates[candidates.length - 1] = { ...last, endLine };
}

const isPiped = (block: Block | undefined): boolean => block?.kind === "paragraph" && readPipeRows(block) !== null;

function paragraphsIn(section: Section): Paragraph[] {
  return [
    ...section.blocks.filter((block): block is Paragraph => block.kind === "paragraph" && readTabRows(block) === null),
    ...section.sections.filter(({ state }) => state !== "excluded").flatMap(paragraphsIn),
  ];
}
