/**
 * Finds the sections of a document. Headings, bold or plain `Label:` lines, escaped `\# headings` and bullets that are only
 * a label all open one; each is judged by its name and by where it stands.
 */

import { columnRole, normalize } from "../languages/index.js";
import type { Block, ListBlock, Paragraph } from "../markdown/block.js";
import { isMarked } from "../markdown/marks.js";
import { type Rich, richLines, sliceRich, trimRich, wholly } from "../markdown/rich.js";
import { bulletLabel, introduced, introducesWork, isSentence, type Label, leadOf, RANK, unfence } from "./labels.js";
import { readSectionKind, readSectionName, type SectionName, strengthOf } from "./section-name.js";

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
  readonly blocks: Block[];
  readonly sections: Section[];
}

/** Splits blocks into sections. The one returned is the document itself; what stands before any heading is its own. */
export function findSections(blocks: readonly Block[]): Section {
  const finder = new SectionFinder();
  for (const [index, block] of blocks.entries()) finder.add(block, blocks[index + 1]);
  return finder.document;
}

class SectionFinder {
  readonly document: Section = {
    name: readSectionName(""),
    title: { text: "", spans: [], line: 1 },
    rank: 0,
    origin: "document",
    parent: null,
    state: "neutral",
    chronicle: false,
    blocks: [],
    sections: [],
  };
  #current: Section = this.document;
  #titled = false;

  add(block: Block, next: Block | undefined, depth = 0): void {
    if (block.kind === "heading") {
      this.#open(readSectionName(block.text.text, !this.#titled), block.text, block.depth, "heading");
      this.#titled = true;
    } else if (block.kind === "paragraph") this.#addParagraph(block, next);
    else if (block.kind === "list" && this.#current.state !== "action") this.#addList(block, depth);
    else this.#current.blocks.push(block);
  }

  #open(name: SectionName, title: Rich, rank: number, origin: Section["origin"]): void {
    const host = this.#groupHost(name, rank, origin);
    const own = host === null ? rank : host.rank + 0.5;
    let parent = this.#current;
    while (parent.parent !== null && parent.rank >= own) parent = parent.parent;
    const { state, chronicle } = judge(name, parent);
    const section: Section = { name, title, rank: own, origin, parent, state, chronicle, blocks: [], sections: [] };
    parent.sections.push(section);
    this.#current = section;
  }

  /**
   * The open action section that a name of the same rank belongs to rather than ends: a label like "Team:" under an action
   * label, a heading "Short-term" beside the heading "Action items".
   */
  #groupHost(name: SectionName, rank: number, origin: Section["origin"]): Section | null {
    if (this.#current.state !== "action" && this.#current.parent?.state !== "action") return null;
    if (name.kind !== null && !(origin === "heading" && name.window !== null)) return null;
    for (let open: Section | null = this.#current; open !== null; open = open.parent) {
      if (open.state !== "action" || strengthOf(open.name.kind) === 0 || open.rank < Math.floor(rank)) continue;
      if (origin === "label" && open.origin !== "heading") return open;
      if (origin === "heading" && name.window !== null && open.name.window === null && open.rank === rank) return open;
    }
    return null;
  }

  #addParagraph(block: Paragraph, next: Block | undefined): void {
    const lines = richLines(block.text);
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
      if (label === null) {
        kept.push(fenced);
        continue;
      }
      keep();
      this.#open(label.name, label.title, label.rank, label.origin);
      if (label.rest !== null) kept.push(label.rest);
    }
    keep();
  }

  /** The name a line of a paragraph opens a section with, or null. */
  #label(line: Rich, next: Block | undefined): Label | null {
    const { text } = line;
    const hashes = text.startsWith("#") ? /^(#{1,6})\s+\S/.exec(text)?.[1] : undefined;
    if (hashes !== undefined) {
      const title = trimRich(sliceRich(line, hashes.length));
      return { name: readSectionName(title.text), title, rank: hashes.length, origin: "heading", rest: null };
    }
    if (isMarked(text) || /^\|/.test(text)) return null;
    if (text.length <= 100 && (wholly(line, "strong") || wholly(line, "emphasis"))) return this.#whole(line);
    const lead = leadOf(line);
    if (lead !== null && this.#opensWith(lead.title, lead.bold)) {
      const rank = lead.bold ? RANK.bold : RANK.colon;
      return { name: readSectionName(lead.title.text), title: lead.title, rank, origin: "label", rest: lead.rest };
    }
    return this.#plainLabel(line, next);
  }

  #plainLabel(line: Rich, next: Block | undefined): Label | null {
    const { text } = line;
    const named = /[:：]$/u.test(text);
    if (text.length > (named ? 200 : 60)) return null;
    const listed = next?.kind === "list" || next?.kind === "table";
    const words = text.split(/\s+/).length;
    if (named) {
      const name = readSectionKind(text);
      const known = name.kind !== null && text.length <= 70 && (name.full || words <= 6);
      const group = this.#current.state === "action" && listed && words <= 6 && !isSentence(text);
      if (known || group)
        return { name: readSectionName(text), title: line, rank: RANK.colon, origin: "label", rest: null };
      return this.#current.state === "neutral" && listed && introducesWork(text) ? introduced(line) : null;
    }
    if (words > 6 || /[.!?;,|]$/.test(text)) return null;
    if (/^[^\p{Ll}`]/u.test(text)) {
      const name = readSectionKind(text);
      if (name.kind !== null && name.full) {
        return { name: readSectionName(text), title: line, rank: RANK.plain, origin: "label", rest: null };
      }
    }
    const group = this.#current.state === "action" && listed && words <= 3 && !/[#@/]/.test(text);
    return group ? { name: readSectionName(text), title: line, rank: RANK.weak, origin: "label", rest: null } : null;
  }

  /** A line all in bold is a heading to the eye; one all in italics only where its name is a section's. */
  #whole(title: Rich): Label | null {
    const name = readSectionName(title.text);
    if (!wholly(title, "strong") && (name.kind === null || !name.full)) return null;
    return { name, title, rank: RANK.bold, origin: "label", rest: null };
  }

  /** Whether `Name: text` opens a section: known names do, but inside action items a name is more often an item's lead. */
  #opensWith(title: Rich, bold: boolean): boolean {
    const kind = readSectionKind(title.text);
    if (kind.kind === null || (!bold && !kind.full)) return false;
    // "Tracking issues: #12" is a fact of the incident.
    if (columnRole(normalize(title.text)) === "ref") return false;
    if (this.#current.state !== "action") return true;
    const name = readSectionName(title.text);
    return name.full && !name.topic && name.kind !== "advice" && columnRole(normalize(title.text)) === null;
  }

  /** Outside action items a bullet may be a section's name with the work nested under it or listed after it. */
  #addList(block: ListBlock, depth: number): void {
    const labels = block.items.map((entry, index) => bulletLabel(entry, index === block.items.length - 1));
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
      this.#open(label.name, label.title, RANK.bullet + depth, "bullet");
      if (label.rest !== null) {
        const { rest } = label;
        this.#current.blocks.push({ kind: "paragraph", text: rest, line: rest.line, endLine: entry.endLine });
      }
      for (const [at, inner] of entry.body.entries()) this.add(inner, entry.body[at + 1], depth + 1);
    }
  }

  #leaveBullets(depth: number): void {
    while (this.#current.parent !== null && this.#current.rank >= RANK.bullet + depth)
      this.#current = this.#current.parent;
  }
}

/** Whether a section of this name, inside `parent`, holds action items. */
function judge(name: SectionName, parent: Section): Pick<Section, "state" | "chronicle"> {
  const { kind } = name;
  const inherited = { state: parent.state, chronicle: parent.chronicle };
  if (kind === "chronicle") return { state: "excluded", chronicle: true };
  if (parent.state === "action") {
    return kind === "other" && !name.topic ? { state: "excluded", chronicle: false } : inherited;
  }
  const strength = strengthOf(kind);
  if (strength === 0) return kind === null ? inherited : { state: "excluded", chronicle: parent.chronicle };
  return strength >= strengthNeeded(name, parent)
    ? { state: "action", chronicle: false }
    : { ...inherited, state: "excluded" };
}

/** Among what is no work, a name must promise work more plainly; in a timeline or of a stopgap, outright. */
function strengthNeeded(name: SectionName, parent: Section): number {
  if (parent.chronicle && !isUnmistakable(name)) return 4;
  if (parent.state !== "excluded") return 1;
  return isStopgap(name) ? 4 : 2;
}

/**
 * A name that is no phase of an incident even below a timeline, where headings are often a level too deep: "Next steps",
 * "Corrective and preventative measures", but not "Follow-up", "Remediation" or "Immediate actions".
 */
function isUnmistakable({ kind, full, window, label }: SectionName): boolean {
  if (!full || window !== null || strengthOf(kind) < 2) return false;
  const words = normalize(label).split(" ");
  return words.length >= (kind === "followUp" ? 2 : 3) && !/^follow(?:ing)?$/.test(words[0] ?? "");
}

/** "Immediate fix" under "Resolution" was made; "Long-term fix" is still to come. */
function isStopgap({ window, label }: SectionName): boolean {
  return window !== null && !/\b(?:long|future|next|later|largo|longo|lange?)\b/i.test(label);
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
