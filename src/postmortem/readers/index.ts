/** Asks each section for its action items and keeps those of the sections that promise them most plainly. */
import type { Block, ListBlock, Paragraph, Row } from "../blocks.js";
import type { Candidate, Context } from "../candidate.js";
import { strengthOf } from "../section-name.js";
import type { Section } from "../sections.js";
import type { Problem } from "../types.js";
import { topContext, within } from "./context.js";
import { readHeadingItem } from "./heading.js";
import { readList } from "./list.js";
import { readCalled, readMarkedLines, readPipeRows, readProse, tableOf } from "./prose.js";
import { readTable, type TableReading } from "./table.js";

export interface Found {
  readonly candidates: readonly Candidate[];
  readonly problems: readonly Problem[];
}

/** What one action section yields, and how plainly it says that it holds work. */
interface Yield {
  strength: number;
  /** As {@link strength}, by its name alone. */
  readonly named: number;
  candidates: Candidate[];
  problems: Problem[];
}

/** A list of measures is advice beside tasks; a task box or an owner column makes its section as plain as "Action items". */
const PLAIN = 4;

/** All candidates of a document. */
export function readSections(document: Section): Found {
  const yields: Yield[] = [];
  const loose: Yield = { strength: 0, named: 0, candidates: [], problems: [] };
  gather(document, yields, loose);
  const kept = keepPlainest(yields);
  const found = kept.length > 0 ? [...kept, ...tablesOf(loose)] : [loose];
  return { candidates: found.flatMap((one) => one.candidates), problems: found.flatMap((one) => one.problems) };
}

/** Sections that promise less than others in the document are about something else. */
function keepPlainest(yields: readonly Yield[]): Yield[] {
  const filled = yields.filter(({ candidates }) => candidates.length > 0);
  const best = Math.max(0, ...filled.map(({ strength }) => strength));
  const needed = best >= 4 ? 3 : best === 3 ? 2 : 1;
  return filled.filter(({ strength }) => strength >= needed);
}

const tablesOf = (loose: Yield): Yield[] => [
  { ...loose, candidates: loose.candidates.filter(({ kind }) => kind === "table") },
];

function gather(section: Section, yields: Yield[], loose: Yield): void {
  if (section.state === "action") {
    yields.push(readAction(section));
    return;
  }
  readLoose(section, loose);
  for (const inner of section.sections) gather(inner, yields, loose);
}

/** Outside action sections only what cannot be anything else: tables of actions, and task boxes where nothing rules them out. */
function readLoose(section: Section, loose: Yield): void {
  const context = topContext(section);
  for (const block of section.blocks) {
    if (block.kind === "table" && !section.chronicle) add(loose, readTable(block, context, false));
    else if (
      block.kind === "list" &&
      section.state === "neutral" &&
      section.origin !== "document" &&
      isChecklist(block)
    ) {
      loose.candidates.push(...readList(block, context));
    }
  }
}

const isChecklist = (list: ListBlock): boolean => list.items.every((entry) => entry.checked !== null);

function add(to: Yield, from: TableReading): void {
  to.candidates.push(...from.candidates);
  to.problems.push(...from.problems);
}

function readAction(section: Section): Yield {
  const found = readTree(section, topContext(section));
  if (found.candidates.length === 0) found.candidates = readProse(paragraphsIn(section), topContext(section));
  const plain = found.candidates.some(
    ({ kind, fields }) => kind === "checkbox" || (kind === "table" && fields.owner !== undefined),
  );
  const named = found.candidates.length === 0 ? 0 : Math.max(found.strength, strengthOf(section.name.kind));
  return { ...found, strength: plain ? Math.max(PLAIN, named) : named };
}

/** A section with the sections inside it. */
function readTree(section: Section, context: Context): Yield {
  const named = strengthOf(section.name.kind);
  const own: Yield = { strength: named, named, candidates: [], problems: [] };
  readBlocks(section.blocks, context, own);
  const inner = section.sections.filter(({ state }) => state !== "excluded").map((child) => readInner(child, context));
  const tasksNamed = inner.some(({ named, candidates }) => named >= PLAIN && candidates.length > 0);
  if (tasksNamed && named < 3) own.candidates = [];
  for (const child of inner) {
    if (tasksNamed && child.named > 0 && child.named < 3) continue;
    own.candidates.push(...child.candidates);
    own.problems.push(...child.problems);
    if (child.named >= PLAIN && child.candidates.length > 0) own.strength = Math.max(own.strength, child.strength);
  }
  return own;
}

function readInner(child: Section, context: Context): Yield {
  const inner = within(context, child.name, child.title, child.origin);
  const found = readTree(child, inner);
  const item = readHeadingItem(child, context, found.candidates.length > 0);
  return item === null ? found : { ...found, candidates: [item] };
}

function readBlocks(blocks: readonly Block[], context: Context, into: Yield): void {
  let rows: Row[] = [];
  const endTable = () => {
    const table = tableOf(rows);
    rows = [];
    if (table !== null) add(into, readTable(table, context, true));
  };
  for (const [index, block] of blocks.entries()) {
    const pipes = block.kind === "paragraph" ? readPipeRows(block) : null;
    if (pipes !== null) {
      rows.push(...pipes);
      continue;
    }
    if (block.kind === "table" && isPiped(blocks[index + 1])) {
      endTable();
      rows = [...block.rows];
      continue;
    }
    endTable();
    if (block.kind === "table") add(into, readTable(block, context, true));
    else if (block.kind === "list") into.candidates.push(...readList(block, context));
    else if (block.kind === "paragraph")
      into.candidates.push(...readMarkedLines(block, context), ...readCalled(block, context));
  }
  endTable();
}

const isPiped = (block: Block | undefined): boolean => block?.kind === "paragraph" && readPipeRows(block) !== null;

function paragraphsIn(section: Section): Paragraph[] {
  return [
    ...section.blocks.filter((block): block is Paragraph => block.kind === "paragraph"),
    ...section.sections.filter(({ state }) => state !== "excluded").flatMap(paragraphsIn),
  ];
}
