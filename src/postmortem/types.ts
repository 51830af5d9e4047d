/**
 * What reading a document gives. Plain data: no positions but lines, no clock, no GitHub.
 * The fields up to `kind` are an outward contract (`follow-through extract --json`): they only grow.
 */
import type { PlainDate } from "../calendar.js";

/** The shape an action item was written in. */
export type ItemKind = "table" | "checkbox" | "bullet" | "numbered" | "heading" | "prose";

/** What an action item is for, where a column, heading or label states it. */
export type ActionType = "prevent" | "detect" | "mitigate" | "process";

/** One action item of a postmortem, as the document states it: nothing defaulted, nothing looked up. */
export interface ActionItem {
  /** 1-based line where the item starts. */
  readonly line: number;
  /** 1-based line where it ends, `line` or later. */
  readonly endLine: number;
  /** Plain text of the work: no markup, owner, due date, status, trailing reference or item number. Never empty. */
  readonly title: string;
  /** Owners as written, in order, without `@` or markup; `org/team` for a team. */
  readonly owners: readonly string[];
  /** Owners among `owners` that were written with an `@`, so are GitHub logins or teams. */
  readonly mentions: readonly string[];
  /** The day that the item itself states, or the bullet it is nested under; never one from a section or a policy. */
  readonly due: PlainDate | null;
  /** The words `due` was read from, or those that could not be read (then `due` is null). */
  readonly dueText: string | null;
  /** An explicit done mark on the item or its section. */
  readonly done: boolean;
  /** It is said that the work will not be done ("won't do", `[-]`, struck out beside an empty box). Then it is not done. */
  readonly dropped?: true;
  /** As written: `P1`, `High`. */
  readonly priority: string | null;
  /** A visible ticket or issue id (`#12`, `org/repo#12`, `TECH-4`), else the URL of one. */
  readonly ref: string | null;
  /** The link target behind `ref`, where there is one. */
  readonly refUrl: string | null;
  /** Set where `ref` stands within the sentence: it names what the work is about, not the item's own ticket. */
  readonly refWithin?: true;
  /** Markdown lines that stand under the item and are neither its title nor a field; at most 2,000 characters, `…` as the last line of more. */
  readonly details?: string;
  /** The sub-heading or label the item stands under, within its section. */
  readonly group: string | null;
  /** The thing it is nested under, where its title alone means nothing: "Push gateway" over "unit tests". */
  readonly under?: string;
  readonly kind: ItemKind;
  readonly type: ActionType | null;
  /** The time window stated by a heading above the item ("Complete within 1 week", "Short-term"), for the policy to resolve. */
  readonly window: string | null;
}

/** What an item is called outside of its document: with the thing it is nested under, where it needs it. */
export const fullTitle = ({ title, under }: Pick<ActionItem, "title" | "under">): string =>
  under === undefined ? title : `${under}: ${title}`;

/** Facts of the incident, as far as the document states them. */
export interface Incident {
  readonly id: string | null;
  /** The day the incident began: the reference for the item's relative dates. */
  readonly date: PlainDate | null;
  /** As written: `SEV-1`, `P1`, `Critical`. */
  readonly severity: string | null;
  readonly services: readonly string[];
  readonly tags: readonly string[];
}

export type Level = "info" | "warning" | "error";

/**
 * Everything that can be wrong with a document or an item of it, and how severe it is unless the policy says otherwise. Reading finds
 * all but those about owners whom policy or GitHub do not know (`tracking/problems.ts`).
 */
export const RULES = {
  "too-large": "error",
  "not-utf8": "error",
  "front-matter": "error",
  "front-matter-code": "error",
  unreadable: "error",
  "too-long": "warning",
  "table-cells": "warning",
  "unread-table": "warning",
  "unread-section": "info",
  "no-owner": "warning",
  "unknown-owner": "warning",
  "unassignable-owner": "warning",
  "no-due-date": "warning",
  "unreadable-due-date": "warning",
  "past-due-date": "warning",
  "owner-is-group": "info",
  "many-owners": "warning",
  "not-actionable": "info",
  "too-many-items": "warning",
  "duplicate-item": "warning",
  "several-in-one": "info",
  placeholder: "warning",
} as const satisfies Record<string, Level>;

export type RuleId = keyof typeof RULES;

/** Something the author should fix, told with the line it is about. */
export interface Problem {
  readonly line: number;
  readonly endLine: number;
  readonly rule: RuleId;
  readonly level: Level;
  /** What is wrong, one short sentence. May quote the document: make it inert before it goes to GitHub. */
  readonly message: string;
  /** What to do about it, one short sentence. */
  readonly fix: string;
}

/** A document, read. */
export interface Postmortem {
  readonly path: string;
  readonly title: string | null;
  readonly incident: Incident;
  readonly items: readonly ActionItem[];
  readonly problems: readonly Problem[];
  /** Why it is taken for a form to fill in, of which no items are read: half a sentence. Left out where it is none. */
  readonly form?: string;
  /** False where the front matter says `follow-through: false`. */
  readonly followThrough: boolean;
  /** The line that says so, as it is written: `follow-through: no`. Left out where there is none. */
  readonly optOut?: string;
}

/** What a policy may say about reading. {@link DEFAULT_READ_OPTIONS} is what holds without a policy. */
export interface ReadOptions {
  /** How to read 03/04/2025 where the document itself does not settle it; null: it is a problem. */
  readonly dateOrder: "day-first" | "month-first" | null;
  /** The last day of a named sprint, by its lower-case name (`sprint 42`, `next sprint`). */
  readonly sprints: Readonly<Record<string, PlainDate>>;
  /** Prefixes of a foreign tracker's keys (`JIRA` for `JIRA-42`). Other `TECH-4` keys are the document's own. */
  readonly ticketPrefixes: readonly string[];
  readonly levels: Readonly<Partial<Record<RuleId, Level | "off">>>;
  readonly maxItems: number;
  /** With a day, open items due before it are problems; null: not asked (reading has no clock). */
  readonly today: PlainDate | null;
}

export const DEFAULT_READ_OPTIONS: ReadOptions = {
  dateOrder: null,
  sprints: {},
  ticketPrefixes: [],
  levels: {},
  maxItems: 50,
  today: null,
};
