/**
 * The incident behind the document: title, id, date, severity, services, tags, from front matter, `**Label:** value` lines,
 * fact tables, sections of that name, the title or the file's name. What is not stated stays null.
 */
import type { PlainDate } from "../../calendar.js";
import { oneLine, withoutEnd } from "../../text.js";
import { ANY_DAY, findDue } from "../due/find.js";
import { type DateOrder, dateInPath, findFullDate } from "../due/full-date.js";
import { anyOf, columnRole, normalize } from "../languages/index.js";
import type { IncidentFact } from "../languages/types.js";
import type { Block, Row } from "../markdown/block.js";
import { type Rich, richLines } from "../markdown/rich.js";
import type { Incident } from "../types.js";
import { isPlan } from "./plan.js";
import type { Section } from "./sections.js";

export interface Facts {
  readonly title: string | null;
  readonly incident: Incident;
  /** The date is stated as the incident's, not merely found somewhere in the text. */
  readonly dated: boolean;
}

const FACTS: readonly IncidentFact[] = ["id", "title", "date", "severity", "services", "tags"];

const LABELS = FACTS.map(
  (fact) => [fact, new RegExp(`^(?:${anyOf(({ incident }) => incident?.labels[fact])})$`, "u")] as const,
);

const ID_IN_TITLE = new RegExp(
  `(?<![\\p{L}\\d])((?:${anyOf(({ incident }) => incident?.ids)})(?:[-_]\\d{2,}(?:[-_]\\d+)*|\\s?\\d{3,}(?![-_/.]\\d)))(?![\\p{L}\\d])|(?:${anyOf(({ incident }) => incident?.numbered)})\\s*#\\s?(\\d+)`,
  "iu",
);
const SEVERITY_IN_TITLE = new RegExp(
  `(?<![\\p{L}\\d])((?:${anyOf(({ incident }) => incident?.severities)})[- ]?[0-5]|P[0-4])(?![\\p{L}\\d])`,
  "iu",
);
const UNSTATED = new RegExp(`^(?:${anyOf(({ incident }) => incident?.unstated)}|-+)$`, "i");
/** A title, made comparable, that says no more than that there was an incident. */
const BARE_TITLE = new RegExp(`^(?:${anyOf(({ incident }) => incident?.titles)})?(?: ?[a-z]+-?\\d+)?$`);

/** How many blocks at the top may hold facts. */
const HEAD = 40;

/** How many texts are searched for a date that nothing calls the incident's. */
const MAX_TEXTS = 2000;

/**
 * The facts of a document from its blocks and front matter. Action items are left aside: their dates and priorities are
 * their own.
 */
export function readIncident(
  path: string,
  data: Readonly<Record<string, unknown>>,
  blocks: readonly Block[],
  document: Section,
  order: DateOrder | null,
): Facts {
  const front = fromFrontMatter(data);
  const until = firstActionLine(document);
  const stated = fromBlocks(blocks.slice(0, HEAD).filter(({ line }) => line < until));
  const title = front.get("title") ?? titleOf(blocks, stated) ?? null;
  const name = path.slice(path.lastIndexOf("/") + 1);
  const date =
    firstDate([stated.get("date"), title ?? undefined, front.get("date")], order) ?? dateInPath(path) ?? null;
  return {
    title,
    dated: date !== null,
    incident: {
      id: idIn(front.get("id") ?? stated.get("id") ?? null) ?? idOf(title ?? "") ?? idOf(name),
      date: date ?? firstDate(textsOutsideActions(document), order),
      severity:
        severityIn(front.get("severity") ?? stated.get("severity")) ??
        severityIn(SEVERITY_IN_TITLE.exec(title ?? "")?.[1]),
      services: listIn(front.get("services") ?? stated.get("services") ?? ""),
      tags: listIn(front.get("tags") ?? stated.get("tags") ?? ""),
    },
  };
}

/** Values by kind; lists are joined by commas. */
function fromFrontMatter(data: Readonly<Record<string, unknown>>): Map<IncidentFact, string> {
  const facts = new Map<IncidentFact, string>();
  for (const key of Object.keys(data)) {
    const kind = kindOf(normalize(key));
    const value = textOf(data[key]);
    if (kind !== null && value !== "" && !facts.has(kind)) facts.set(kind, value);
  }
  return facts;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(", ");
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : "";
}

function kindOf(label: string): IncidentFact | null {
  return label === "" || label.length > 30 ? null : (LABELS.find(([, pattern]) => pattern.test(label))?.[0] ?? null);
}

function fromBlocks(blocks: readonly Block[]): Map<IncidentFact, string> {
  const facts = new Map<IncidentFact, string>();
  const note = (label: string, value: string) => {
    const kind = value.trim() === "" || label.length > 40 ? null : kindOf(normalize(label));
    if (kind === null || facts.has(kind) || columnRole(normalize(value)) !== null) return;
    facts.set(kind, value.trim());
  };
  for (const [index, block] of blocks.entries()) {
    switch (block.kind) {
      case "heading":
        // Most headings name no fact, and what stands below them is not looked at.
        if (kindOf(normalize(block.text.text)) !== null) note(block.text.text, valueUnder(blocks[index + 1]));
        break;
      case "paragraph":
        for (const line of richLines(block.text).slice(0, 20)) noteLine(line, note);
        break;
      case "list":
        for (const entry of block.items.slice(0, 20)) noteLine(entry.head, note);
        break;
      case "table":
        for (const [label, value] of factRows(block.rows)) note(label, value);
        break;
      default:
        block satisfies never;
    }
  }
  return facts;
}

/** `Label: value`, several of them behind `|`. */
function noteLine(line: Rich, note: (label: string, value: string) => void): void {
  if (line.text.length > 400 || !/[:：]/.test(line.text)) return;
  for (const part of factsIn(line)) {
    const match = /^[^\p{L}]*(\p{L}[^:：]{0,40}?)\s*[:：]\s*(.+)$/su.exec(part);
    if (match?.[1] !== undefined && match[2] !== undefined) note(match[1], match[2]);
  }
}

/** `A: b | C: d`, `**A:** b **C:** d`. */
function factsIn({ text, spans }: Rich): string[] {
  const bold = spans.filter(
    ({ kind, start, end }) =>
      (kind === "strong" && /[:：]\s*$/u.test(text.slice(start, end))) || /^[:：]/u.test(text.slice(end)),
  );
  const starts = [0, ...bold.map(({ start }) => start), text.length];
  return starts.flatMap((start, at) => text.slice(start, starts[at + 1]).split(/\s+[|·•]\s+/));
}

/** The value under a heading such as "Date" or "Affected services": a short paragraph or a list. */
function valueUnder(block: Block | undefined): string {
  if (block === undefined || block.kind === "table" || block.kind === "heading") return "";
  const value = textsOf(block).slice(0, 20).join(", ");
  return block.kind === "paragraph" && value.length > 200 ? "" : value;
}

/** A table of two columns is label and value; one with a single row of values has its labels in the header. */
function factRows(rows: readonly Row[]): [string, string][] {
  const [header, ...rest] = rows;
  if (header === undefined) return [];
  const cell = (row: Row, index: number) => row.cells[index]?.text ?? "";
  if (isPlan(rolesOf(header))) return [];
  if (header.cells.length === 2) return rows.slice(0, 30).map((row) => [cell(row, 0), cell(row, 1)]);
  const [only] = rest;
  return rest.length === 1 && only !== undefined
    ? header.cells.map((label, index) => [label.text, cell(only, index)])
    : [];
}

/** The first heading, else a first line that is short enough for a title. */
function titleOf(blocks: readonly Block[], stated: ReadonlyMap<IncidentFact, string>): string | undefined {
  const heading = blocks.find((block) => block.kind === "heading");
  if (heading?.kind === "heading") {
    const text = heading.text.text.trim();
    const bare = BARE_TITLE.test(normalize(text));
    return (bare ? stated.get("title") : undefined) ?? (text === "" ? undefined : text);
  }
  const [first] = blocks;
  if (first?.kind !== "paragraph") return stated.get("title");
  const line = (richLines(first.text)[0]?.text ?? "").replace(/^#{1,6}\s+/, "");
  return stated.get("title") ?? (line.length <= 150 && line !== "" ? line : undefined);
}

function firstActionLine(section: Section): number {
  return section.state === "action" ? section.title.line : Math.min(Infinity, ...section.sections.map(firstActionLine));
}

/** Every text that belongs to no action section, in the order of the document. */
function* textsOutsideActions(document: Section): Generator<string> {
  const waiting: Section[] = [document];
  for (let count = 0; waiting.length > 0 && count < MAX_TEXTS; ) {
    const section = waiting.pop();
    if (section === undefined || section.state === "action") continue;
    yield section.title.text;
    for (const block of section.blocks) {
      for (const text of textsOf(block)) {
        count++;
        yield text;
      }
    }
    waiting.push(...section.sections.toReversed());
  }
}

/** What a block says of the incident: what has a task box, or says by when, speaks of work to come wherever it stands. */
function textsOf(block: Block): string[] {
  switch (block.kind) {
    case "heading":
    case "paragraph":
      return saysByWhen(block.text.text) ? [] : [block.text.text];
    case "list":
      return block.items.flatMap(({ head, body, checked }) =>
        checked !== null || saysByWhen(head.text) ? [] : [head.text, ...body.flatMap(textsOf)],
      );
    case "table":
      return tellingCells(block.rows);
    default:
      return block satisfies never;
  }
}

const rolesOf = ({ cells }: Row) => cells.map(({ text }) => columnRole(normalize(text)));

/** The cells of a table but those of a plan's due dates. */
function tellingCells(rows: readonly Row[]): string[] {
  const roles = rows[0] === undefined ? [] : rolesOf(rows[0]);
  const isDue = (column: number): boolean => isPlan(roles) && roles[column] === "due";
  return rows.flatMap(({ cells }) => cells.flatMap(({ text }, column) => (isDue(column) ? [] : [text])));
}

/** So much of a text is searched. */
const MAX_SEARCHED = 500;

/** Whether a day in a text is to come: only a word such as "by" or "due" tells here. */
function saysByWhen(text: string): boolean {
  const looked = text.slice(0, MAX_SEARCHED);
  if (!/\d{4}/.test(looked)) return false;
  const found = findDue(looked, ANY_DAY);
  return found !== null && /\p{L}/u.test(looked.slice(found.start, found.end).replace(found.reading.text, ""));
}

function firstDate(texts: Iterable<string | undefined>, order: DateOrder | null): PlainDate | null {
  for (const text of texts) {
    const date = text === undefined ? null : findFullDate(text, order);
    if (date !== null) return date;
  }
  return null;
}

function idIn(text: string | null): string | null {
  if (text === null) return null;
  const bare = withoutEnd(text, /[\s`*]/).trim();
  return /\d/.test(bare) && bare.length <= 40 && !/\s\S+\s\S+\s/.test(bare) ? bare : idOf(bare);
}

function idOf(text: string): string | null {
  const match = ID_IN_TITLE.exec(text);
  if (match?.[1] !== undefined && /^[a-z]+[-_ ]?(?:19|20)\d\d[-_]?\d\d[-_]?\d\d$/i.test(match[1])) return null;
  return match?.[1] ?? (match?.[2] === undefined ? null : `#${match[2]}`);
}

function severityIn(text: string | undefined): string | null {
  const bare =
    (text ?? "")
      .split(/\s+[–—|-]\s+|[\n,;(（]/u)[0]
      ?.replace(/(?:\p{Extended_Pictographic}|\uFE0F|[*_`])/gu, "")
      .trim() ?? "";
  return bare === "" || bare.length > 30 || UNSTATED.test(bare) ? null : bare;
}

function listIn(text: string): string[] {
  const parts = text.split(/[,;、，\n]/u).map((part) => part.replace(/[*`]/g, "").trim());
  return [...new Set(parts.filter((part) => part !== "" && part.length <= 80))];
}
