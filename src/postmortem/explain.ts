/**
 * Why a document was read as it was: for each section what it was taken for, for each line of an action section what became of
 * it, and for each item where its fields come from, each with the rule that decided.
 *
 *     const explainer = new Explainer();
 *     const postmortem = readPostmortem(path, source, options, explainer);
 *     const explanation = explainer.explanation();
 *
 * Plain data, an outward contract (`follow-through extract --explain --json`): fields are only added. Names of rules and
 * reasons are for people, and change with the rules.
 */
import type { ItemField, Passage, PassageRule, Rule, ToldSection, Trace, Verdict } from "./trace.js";
import type { ActionItem } from "./types.js";

/** The rule that decided, and its reason. */
export interface Told {
  readonly rule: string;
  readonly reason: string;
}

export interface Explanation {
  /** Why the document is a form, of which no items are read; null where it is none. */
  readonly form: Told | null;
  /** In the order of lines; what stands before any heading comes first. */
  readonly sections: readonly ExplainedSection[];
  readonly items: readonly ExplainedItem[];
}

export interface ExplainedSection {
  readonly line: number;
  /** The last line before the next section. */
  readonly endLine: number;
  /** Its name as written; empty for what stands before any heading. */
  readonly title: string;
  /** What it was taken for. `unmistakable`: only tables of actions and task boxes are read there. */
  readonly holds: "action items" | "no work" | "unmistakable";
  readonly judged: Told;
  /** What its name is known for; null for nothing. */
  readonly kind: string | null;
  readonly named: Told;
  readonly opened: Told;
  /** What became of its lines; outside action items only of lists and tables. */
  readonly lines: readonly ExplainedLines[];
}

/** Neighbouring lines that the same decision is about. */
export interface ExplainedLines extends Told {
  readonly line: number;
  readonly endLine: number;
  readonly verdict: Verdict;
  /** The first of these lines, as written. */
  readonly text: string;
}

export interface ExplainedItem {
  readonly line: number;
  readonly title: string;
  readonly fields: readonly ExplainedField[];
}

export interface ExplainedField extends Told {
  readonly field: ItemField | "kind";
  /** As `extract` prints it; a due date that cannot be read is null. */
  readonly value: string | null;
  /** The words of the document that it was read from. */
  readonly words: string;
}

/** What no reader is asked about. */
export const UNREAD: PassageRule = {
  name: "no-text",
  reason: "code, pictures, comments and rules hold no items",
  verdict: "turned down",
};

/** In the order they are told. */
const FIELDS: readonly ExplainedField["field"][] = [
  "title",
  "owners",
  "due",
  "done",
  "dropped",
  "priority",
  "ref",
  "group",
  "type",
  "window",
  "kind",
];

interface FieldTold {
  readonly field: ItemField;
  readonly rule: Rule;
  readonly words: string;
}

/** Follows how one document is read; then gives the explanation. */
export class Explainer implements Trace {
  #lines: readonly string[] = [];
  #document: ToldSection | null = null;
  #form: Rule | null = null;
  readonly #passages = new Map<Passage, PassageRule>();
  readonly #fields = new Map<Passage, FieldTold[]>();
  readonly #items: { readonly passage: Passage; readonly item: ActionItem }[] = [];

  document(text: string, document: ToldSection): void {
    this.#lines = text.split("\n");
    this.#document = document;
  }

  form(rule: Rule): void {
    this.#form = rule;
  }

  passage(passage: Passage, rule: PassageRule): void {
    // What is told last is told last of all.
    this.#passages.delete(passage);
    this.#passages.set(passage, rule);
  }

  field(passage: Passage, field: ItemField, rule: Rule, words: string): void {
    const told = this.#fields.get(passage) ?? [];
    told.push({ field, rule, words });
    this.#fields.set(passage, told);
  }

  item(passage: Passage, item: ActionItem): void {
    this.#items.push({ passage, item });
  }

  /** All that was told. A document that was refused has no sections. */
  explanation(): Explanation {
    return {
      form: this.#form === null ? null : told(this.#form),
      sections: this.#document === null ? [] : this.#sections(this.#document),
      items: this.#items.map((one) => this.#item(one)).sort((a, b) => a.line - b.line),
    };
  }

  #sections(document: ToldSection): ExplainedSection[] {
    const all = inOrder(document);
    const closest = this.#closest();
    return all.map((section, index) => {
      const { line } = section.title;
      const endLine = Math.max(line, (all[index + 1]?.title.line ?? this.#lines.length + 1) - 1);
      return {
        line,
        endLine,
        title: section.title.text,
        holds: HOLDS[section.state],
        judged: told(section.judged),
        kind: section.name.kind,
        named: told(section.name.rule),
        opened: told(section.opened),
        lines: this.#linesOf(section, endLine, closest),
      };
    });
  }

  /** For each line the passage that decides about it: the closest around it, of those the one told last. */
  #closest(): readonly (Passage | undefined)[] {
    const size = ({ line, endLine }: Passage) => endLine - line;
    const closest: (Passage | undefined)[] = Array.from({ length: this.#lines.length + 1 });
    for (const passage of [...this.#passages.keys()].sort((a, b) => size(b) - size(a)))
      closest.fill(passage, passage.line, passage.endLine + 1);
    return closest;
  }

  #linesOf(section: ToldSection, endLine: number, closest: readonly (Passage | undefined)[]): ExplainedLines[] {
    const found: { passage: Passage | undefined; rule: PassageRule; line: number; endLine: number; text: string }[] =
      [];
    for (let line = section.title.line; line <= endLine; line++) {
      const text = (this.#lines[line - 1] ?? "").trim();
      const passage = closest[line];
      const isTitle = line === section.title.line && section.origin !== "document";
      if (text === "" || (passage === undefined && (isTitle || section.state !== "action"))) continue;
      const rule = (passage && this.#passages.get(passage)) ?? UNREAD;
      const last = found.at(-1);
      if (last !== undefined && last.passage === passage) last.endLine = line;
      else found.push({ passage, rule, line, endLine: line, text });
    }
    return found.map(({ rule, line, endLine, text }) => ({
      line,
      endLine,
      verdict: rule.verdict,
      ...told(rule),
      text,
    }));
  }

  #item({ passage, item }: { readonly passage: Passage; readonly item: ActionItem }): ExplainedItem {
    const shape = this.#passages.get(passage) ?? UNREAD;
    const fields = (this.#fields.get(passage) ?? []).map(({ field, rule, words }) => ({
      field,
      value: shown(item, field),
      ...told(rule),
      words: cleaned(words),
    }));
    const kind: ExplainedField = { field: "kind", value: item.kind, ...told(shape), words: "" };
    const order = ({ field }: ExplainedField) => FIELDS.indexOf(field);
    return {
      line: item.line,
      title: item.title,
      fields: [...fields, kind].sort((a, b) => order(a) - order(b)),
    };
  }
}

const HOLDS = { action: "action items", excluded: "no work", neutral: "unmistakable" } as const;

const told = ({ name, reason }: Rule): Told => ({ rule: name, reason });

function inOrder(document: ToldSection): ToldSection[] {
  const found: ToldSection[] = [];
  const waiting: ToldSection[] = [document];
  for (let section = waiting.pop(); section !== undefined; section = waiting.pop()) {
    found.push(section);
    for (const inner of section.sections.toReversed()) waiting.push(inner);
  }
  return found.sort((a, b) => a.title.line - b.title.line);
}

/** Words without what refiners put in the place of those taken out, on one line. */
const cleaned = (words: string): string => words.replace(/[\s\uE000]+/g, " ").trim();

function shown(item: ActionItem, field: ItemField): string | null {
  switch (field) {
    case "owners":
      return item.owners.join(", ");
    case "done":
      return item.done ? "done" : "open";
    case "dropped":
      return item.dropped ? "will not be done" : null;
    case "ref":
      return item.refUrl === null || item.refUrl === item.ref ? item.ref : `${item.ref} (${item.refUrl})`;
    case "title":
    case "due":
    case "priority":
    case "group":
    case "type":
    case "window":
      return item[field];
    default:
      return field satisfies never;
  }
}
