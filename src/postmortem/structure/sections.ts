/**
 * Finds the sections of a document. Headings, bold or plain `Label:` lines, escaped `\# headings` and bullets that are only
 * a label all open one; each is judged by its name and by where it stands.
 */

import { readStatusWords } from "../items/refine/status.js";
import { anyOf, columnRole, DROPPED, normalize } from "../languages/index.js";
import type { Block, ListBlock, Paragraph } from "../markdown/block.js";
import { isMarked } from "../markdown/marks.js";
import { type Rich, richLines, wholly } from "../markdown/rich.js";
import { type Condition, decide, type Rule } from "../trace.js";
import {
  bulletLabel,
  isRecord,
  isRecordOfFacts,
  type Label,
  leadOf,
  lineLabel,
  OPENING,
  RANK,
  shoutOf,
  unfence,
  writtenHeading,
} from "./labels.js";
import { isAside } from "./section-meaning.js";
import { readSectionKind, readSectionName, type SectionName, STRENGTH, strengthOf } from "./section-name.js";

/** A section with its own content, and the sections within it. */
export interface Section {
  readonly name: SectionName;
  readonly title: Rich;
  /** How deep it stands: 1 to 6 for headings, more for labels. A section holds those of higher rank. */
  readonly rank: number;
  readonly origin: "document" | "heading" | "label" | "bullet";
  readonly parent: Section | null;
  /** Whether action items are to be expected: in `action`, never in `excluded`, only unmistakable ones in `neutral`. */
  readonly state: "action" | "excluded" | "neutral";
  /** Inside a timeline, where even "Follow-up" is a phase of the incident. */
  readonly chronicle: boolean;
  /** Why it is a section. */
  readonly opened: Rule;
  /** Why it is in this state. */
  readonly judged: Rule;
  readonly blocks: Block[];
  readonly sections: Section[];
}

/** Splits blocks into sections. The one returned is the document itself; what stands before any heading is its own. */
export function findSections(blocks: readonly Block[]): Section {
  const finder = new SectionFinder();
  for (const [index, block] of blocks.entries()) finder.add(block, blocks[index + 1]);
  return finder.document;
}

/** A bold line with more characters is a sentence. */
const MAX_WHOLE = 100;

/** Amid what is no work, "TODO: link the chat here" is a note of the author about the document. */
const NOTE_TO_SELF = new RegExp(`^(?:${anyOf(({ sections }) => sections.notesToSelf)})$`, "i");

/** What a name within an action section of the same rank is deeper by: less than any rank. */
const JUST_WITHIN = 0.5;

class SectionFinder {
  readonly document: Section = {
    name: readSectionName(""),
    title: { text: "", spans: [], line: 1 },
    rank: 0,
    origin: "document",
    parent: null,
    state: "neutral",
    chronicle: false,
    opened: OPENING.document,
    judged: DOCUMENT,
    blocks: [],
    sections: [],
  };
  #current: Section = this.document;
  #titled = false;

  add(block: Block, next: Block | undefined, depth = 0): void {
    if (block.kind === "heading") {
      const name = readSectionName(block.text.text, !this.#titled);
      this.#open({ name, title: block.text, rank: block.depth, rule: OPENING.heading }, "heading");
      this.#titled = true;
    } else if (block.kind === "paragraph") this.#addParagraph(block, next);
    else if (block.kind === "list" && this.#current.state !== "action") this.#addList(block, depth);
    else this.#current.blocks.push(block);
  }

  #open({ name, title, rank, rule: opened }: Omit<Label, "origin" | "rest">, origin: Section["origin"]): void {
    const host = this.#groupHost(name, rank, origin);
    const own = host === null ? rank : host.rank + JUST_WITHIN;
    let parent = this.#current;
    while (parent.parent !== null && parent.rank >= own) parent = parent.parent;
    const judged = decide(SECTION_RULES, { name, parent }, NAMES_WORK);
    const section: Section = {
      name,
      title,
      rank: own,
      origin,
      parent,
      ...stateBy(judged, parent),
      opened,
      judged,
      blocks: [],
      sections: [],
    };
    parent.sections.push(section);
    this.#current = section;
  }

  /**
   * The open action section that a name of the same rank belongs to rather than ends: a label like "Team:" under an action
   * label, a heading "Short-term" beside the heading "Action items".
   */
  #groupHost(name: SectionName, rank: number, origin: Section["origin"]): Section | null {
    if (this.#current.state !== "action" && this.#current.parent?.state !== "action") return null;
    if (origin === "heading" && this.#isEmptyOver(name, rank)) return this.#current;
    if (name.kind !== null && !(origin === "heading" && name.window !== null)) return null;
    for (let open: Section | null = this.#current; open !== null; open = open.parent) {
      if (open.state !== "action" || strengthOf(open.name.kind) === 0 || open.rank < Math.floor(rank)) continue;
      if (origin === "label" && open.origin !== "heading") return open;
      if (origin === "heading" && name.window !== null && open.name.window === null && open.rank === rank) return open;
    }
    return null;
  }

  /** "# Monitoring" right below "## How we prevent it": its level is wrong, and it is a part of what would else be empty. */
  #isEmptyOver(name: SectionName, rank: number): boolean {
    const { state, origin, blocks, sections, rank: open } = this.#current;
    const empty = blocks.length === 0 && sections.length === 0;
    return state === "action" && origin === "heading" && empty && rank < open && name.topic;
  }

  #addParagraph(block: Paragraph, next: Block | undefined): void {
    const lines = richLines(block.text);
    const record = isRecordOfFacts(lines);
    let kept: Rich[] = [];
    const keep = () => {
      const [first] = kept;
      const last = kept.at(-1);
      if (first !== undefined && last !== undefined) this.#current.blocks.push(paragraphOf(block, kept));
      kept = [];
    };
    for (const [index, line] of lines.entries()) {
      const fenced = unfence(line);
      if (fenced === null) continue;
      const follows = index === lines.length - 1 ? next : undefined;
      const label = this.#label(fenced, follows);
      if (label === null || (record && label.rest !== null)) {
        kept.push(fenced);
        continue;
      }
      if (label.rest !== null && this.#current.state === "action" && isAside(normalize(label.name.label))) continue;
      keep();
      this.#open(label, label.origin);
      if (label.rest !== null) kept.push(label.rest);
    }
    keep();
  }

  /** The name a line of a paragraph opens a section with, or null. */
  #label(line: Rich, next: Block | undefined): Label | null {
    const { text } = line;
    const written = writtenHeading(line);
    if (written !== null) return { ...written, origin: "heading", rule: OPENING.written, rest: null };
    if (isMarked(text) || /^\||\t/.test(text)) return null;
    if (text.length <= MAX_WHOLE && (wholly(line, "strong") || wholly(line, "emphasis"))) return this.#whole(line);
    const shout = shoutOf(line);
    if (shout !== null) {
      const name = readSectionName(shout.standsFor);
      return { name, title: shout.title, rank: RANK.bold, origin: "label", rule: OPENING.shouted, rest: shout.rest };
    }
    const lead = leadOf(line);
    if (lead !== null && !isStatus(lead.rest) && this.#opensWith(lead.title, lead.bold)) {
      const rank = lead.bold ? RANK.bold : RANK.colon;
      const name = readSectionName(lead.title.text);
      return { name, title: lead.title, rank, origin: "label", rule: OPENING.lead, rest: lead.rest };
    }
    return lineLabel(line, this.#current.state, next?.kind === "list" || next?.kind === "table");
  }

  /** A line all in bold is a heading to the eye; one all in italics only where its name is a section's. */
  #whole(title: Rich): Label | null {
    const name = readSectionName(title.text);
    const bold = wholly(title, "strong");
    if (!bold && (name.kind === null || !name.full)) return null;
    const rule = bold ? OPENING.bold : OPENING.italic;
    return { name, title, rank: RANK.bold, origin: "label", rule, rest: null };
  }

  /** Whether `Name: text` opens a section: known names do, but inside action items a name is more often an item's lead. */
  #opensWith(title: Rich, bold: boolean): boolean {
    const kind = readSectionKind(title.text);
    if (kind.kind === null || (!bold && !kind.full)) return false;
    if (!bold && this.#current.state === "excluded" && NOTE_TO_SELF.test(title.text)) return false;
    // "Tracking issues: #12" is a fact of the incident.
    if (columnRole(normalize(title.text)) === "ref") return false;
    if (this.#current.state !== "action") return true;
    const name = readSectionName(title.text);
    return name.full && !name.topic && name.kind !== "advice" && columnRole(normalize(title.text)) === null;
  }

  /** Outside action items a bullet may be a section's name with the work nested under it or listed after it. */
  #addList(block: ListBlock, depth: number): void {
    const record = isRecord(block.items);
    const labels = block.items.map((entry, index) => {
      const label = bulletLabel(entry, index === block.items.length - 1);
      return record && label?.rest != null ? null : label;
    });
    if (labels.every((label) => label === null)) {
      this.#leaveBullets(depth);
      this.#current.blocks.push(block);
      return;
    }
    for (const [index, entry] of block.items.entries()) {
      const label = labels[index] ?? null;
      this.#leaveBullets(depth);
      if (label === null) {
        this.#current.blocks.push({ ...block, items: [entry], line: entry.line, endLine: entry.endLine });
        continue;
      }
      this.#open({ ...label, rank: RANK.bullet + depth }, "bullet");
      if (label.rest !== null) {
        const { rest } = label;
        this.#current.blocks.push({ kind: "paragraph", text: rest, line: rest.line, endLine: entry.endLine });
      }
      for (const [at, inner] of entry.body.entries()) this.add(inner, entry.body[at + 1], depth + 1);
      if (entry.body.length > 0) this.#leaveBullets(depth);
    }
  }

  #leaveBullets(depth: number): void {
    while (this.#current.parent !== null && this.#current.rank >= RANK.bullet + depth)
      this.#current = this.#current.parent;
  }
}

/** "Preventive measures: implemented" is a fact of the incident, and leads to no work. */
const isStatus = (rest: Rich | null): boolean => rest !== null && readStatusWords(rest.text) !== null;

/** What a name is judged by: itself, and the section it stands in. */
interface Placed {
  readonly name: SectionName;
  readonly parent: Section;
}

interface SectionRule extends Rule {
  /** What the section holds: work, none, a timeline, or what the section around it holds. */
  readonly holdsWhat: "work" | "no work" | "timeline" | "inherited";
}

/** "A6. Checklist for new valves": an item beside others that are counted alike, whatever its words remind of. */
const COUNTED = /^\p{L}{1,3}-?\d{1,2}\s*[.):：]/u;

const DOCUMENT: Rule = { name: "before-sections", reason: "no section: only what is unmistakable counts" };

/** Whether a section holds action items. Among what is no work, a name must promise work more plainly. */
const SECTION_RULES: readonly (SectionRule & Condition<Placed>)[] = [
  {
    name: "timeline",
    reason: "a record of what happened is never work, whatever stands in it",
    holdsWhat: "timeline",
    holds: ({ name }) => name.kind === "chronicle",
  },
  {
    name: "aside",
    reason: "among action items, a name that is known for something else",
    holdsWhat: "no work",
    holds: ({ name, parent }) =>
      parent.state === "action" && name.kind === "other" && !name.topic && !(COUNTED.test(name.label) && !name.full),
  },
  {
    name: "given-up",
    reason: "its name says that the work below will not be done",
    holdsWhat: "no work",
    holds: ({ name }) => DROPPED.test(normalize(name.label)),
  },
  {
    name: "part-of-work",
    reason: "it stands in a section of action items",
    holdsWhat: "inherited",
    holds: ({ parent }) => parent.state === "action",
  },
  {
    name: "unknown-name",
    reason: "its name is known for nothing, so it is like the section it stands in",
    holdsWhat: "inherited",
    holds: ({ name }) => name.kind === null,
  },
  {
    name: "steps-taken",
    reason: "its steps were taken during the incident",
    holdsWhat: "no work",
    holds: ({ name }) => name.kind === "taken",
  },
  {
    name: "known-for-other",
    reason: "its name is known for something else than work",
    holdsWhat: "no work",
    holds: ({ name }) => strengthOf(name.kind) === 0,
  },
  {
    name: "phase-of-incident",
    reason: "in a timeline, such a name is a phase of the incident",
    holdsWhat: "no work",
    holds: ({ name, parent }) => parent.chronicle && strengthOf(name.kind) < STRENGTH.explicit && !isUnmistakable(name),
  },
  {
    name: "stopgap",
    reason: "among what is no work, a fix within a short window was made already",
    holdsWhat: "no work",
    holds: ({ name, parent }) =>
      parent.state === "excluded" && strengthOf(name.kind) < STRENGTH.explicit && isStopgap(name),
  },
  {
    name: "advice-aside",
    reason: "among what is no work, advice is none either",
    holdsWhat: "no work",
    holds: ({ name, parent }) => parent.state === "excluded" && strengthOf(name.kind) < STRENGTH.measures,
  },
];

const NAMES_WORK: SectionRule = { name: "names-work", reason: "its name promises work", holdsWhat: "work" };

/** All rules that say what a section holds. */
export const JUDGING_RULES: readonly Rule[] = [DOCUMENT, ...SECTION_RULES, NAMES_WORK];

function stateBy({ holdsWhat }: SectionRule, parent: Section): Pick<Section, "state" | "chronicle"> {
  switch (holdsWhat) {
    case "work":
      return { state: "action", chronicle: false };
    case "no work":
      return { state: "excluded", chronicle: parent.chronicle };
    case "timeline":
      return { state: "excluded", chronicle: true };
    case "inherited":
      return { state: parent.state, chronicle: parent.chronicle };
    default:
      return holdsWhat satisfies never;
  }
}

/**
 * A name that is no phase of an incident even below a timeline, where headings are often a level too deep: "Next steps",
 * "Corrective and preventative measures", but not "Follow-up", "Remediation" or "Immediate actions".
 */
function isUnmistakable({ kind, full, window, label }: SectionName): boolean {
  if (!full || window !== null || strengthOf(kind) < STRENGTH.measures) return false;
  const words = normalize(label).split(" ");
  return words.length >= (kind === "followUp" ? MIN_WORDS.followUp : MIN_WORDS.other) && !PHASE.test(words[0] ?? "");
}

const PHASE = new RegExp(`^(?:${anyOf(({ sections }) => sections.phases)})$`);
const LATER = new RegExp(`\\b(?:${anyOf(({ sections }) => sections.later)})\\b`, "i");

/** An unmistakable name has so many words at least. */
const MIN_WORDS = { followUp: 2, other: 3 } as const;

/** "Immediate fix" under "Resolution" was made; "Long-term fix" is still to come. */
function isStopgap({ window, label }: SectionName): boolean {
  return window !== null && !LATER.test(label);
}

/** The kept lines of a paragraph as one again. */
function paragraphOf(block: Paragraph, kept: readonly Rich[]): Paragraph {
  const [first] = kept;
  const last = kept.at(-1);
  if (first === undefined || last === undefined) return block;
  return { kind: "paragraph", text: joinLines(kept), line: first.line, endLine: last.line };
}

/** Puts lines back together; lines left out in between stay as empty ones, so that counting lines still works. */
function joinLines(lines: readonly Rich[]): Rich {
  const [first] = lines;
  if (first === undefined) return { text: "", spans: [], line: 1 };
  if (lines.length === 1) return first;
  let text = "";
  let line = first.line;
  const spans: Rich["spans"][number][] = [];
  const parts: string[] = [];
  let length = 0;
  for (const [index, one] of lines.entries()) {
    const breaks = index === 0 ? "" : "\n".repeat(Math.max(1, one.line - line));
    line = one.line;
    const offset = length + breaks.length;
    parts.push(breaks, one.text);
    length = offset + one.text.length;
    for (const span of one.spans) spans.push({ ...span, start: span.start + offset, end: span.end + offset });
  }
  text = parts.join("");
  return { text, spans, line: first.line };
}
