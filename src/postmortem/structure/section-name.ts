/**
 * What a section's name says: `7. Action Items & Remediation (this week)` promises work within a window, `Timeline` never
 * does. The words stand in `lexicon/`; this is how they are put together.
 */
import { FINISHED, NOTHING, normalize, SECTION, SECTION_ANY, SECTION_PART, TYPES } from "../languages/index.js";
import type { ActionType } from "../types.js";

export type SectionKind = "explicit" | "followUp" | "measures" | "advice" | "taken" | "chronicle" | "other";

export interface SectionName {
  /** What it is, null where the name is known for nothing. */
  readonly kind: SectionKind | null;
  /** Every word of the name is accounted for, so it is a section's name and not a sentence. */
  readonly full: boolean;
  /** Could as well be the heading of a group of work ("Detection", "Communication"). */
  readonly topic: boolean;
  readonly done: boolean;
  readonly type: ActionType | null;
  /** The time window it states, as written. */
  readonly window: string | null;
  /** The name without number, punctuation and what stands in parentheses. */
  readonly label: string;
}

/** How strongly a kind of section promises action items; 0: not at all. */
export function strengthOf(kind: SectionKind | null): number {
  switch (kind) {
    case "explicit":
      return 4;
    case "followUp":
      return 3;
    case "measures":
      return 2;
    case "advice":
      return 1;
    case "taken":
    case "chronicle":
    case "other":
    case null:
      return 0;
    default:
      return kind satisfies never;
  }
}

/** Longer texts are sentences, not names. */
const MAX_NAME = 120;

/** A part of a name counts only in names of so few words: "Follow-up" in a long title is about something else. */
const MAX_WORDS_AROUND_PART = 6;

const NUMBERING =
  /^(?:(?:section|part|phase|step) )?(?:\d+(?:\.\d+)*(?:[.):]+\s*|\s*[–—-]\s+|\s+(?=\D))|(?:[ivx]+|[a-z])[.):]\s+)/i;
const PARENTHESES = /[(（[【]([^()（）[\]【】]*)[)）\]】]/g;
const JOINTS = /\s*(?:&|\+|\/|,|;|:|：|、|\||[–—]|\s-\s|\s(?:and|or|y|e|et|und|oder|en|ou|with)\s|与|和|及|と|및)\s*/i;
const MAY_JOIN = /[&+/,;:：、|–—与和及と및-]|\s(?:and|or|y|e|et|und|oder|en|ou|with)\s/i;
const TIME_WINDOW =
  /\b(?:within|complete[d]? (?:by|in|within)|by |this |next |before |due )|\d+\s*(?:-|–|to)?\s*\d*\s*(?:h|hours?|days?|weeks?|months?|quarters?|sprints?|d[ií]as|semanas|meses|jours|semaines|mois|tage?n?|wochen|monate|giorni|settimane|mesi|dagen|weken|maanden|日|週間?|周|天|个?月|か月|일|주|개월)\b|\bq[1-4]\b|\bh[12]\b/i;

const UNKNOWN: SectionName = {
  kind: null,
  full: false,
  topic: false,
  done: false,
  type: null,
  window: null,
  label: "",
};

/** A name taken apart. */
interface Parsed extends Pick<SectionName, "kind" | "full"> {
  /** The normalized name without its number. */
  readonly name: string;
  /** The normalized name with it: "30 days". */
  readonly numbered: string;
  readonly unnumbered: string;
  /** What stands in parentheses. */
  readonly inside: readonly string[];
}

/** Reads a heading or label. `isTitle`: the document's own title, of which only a full match counts. */
export function readSectionName(text: string, isTitle = false): SectionName {
  if (text.length > MAX_NAME) return UNKNOWN;
  const parsed = parse(text);
  const { kind, full } = parsed;
  return new Name(parsed, isTitle && (!full || strengthOf(kind) === 0) ? null : kind);
}

/** A name of which most is never asked: only names around action items need more than their kind. */
class Name implements SectionName {
  readonly full: boolean;
  readonly #parsed: Parsed;

  constructor(
    parsed: Parsed,
    readonly kind: SectionKind | null,
  ) {
    this.full = parsed.full;
    this.#parsed = parsed;
  }

  get topic(): boolean {
    return SECTION.topic.test(this.#parsed.name);
  }

  get done(): boolean {
    const { name, inside } = this.#parsed;
    return (
      SECTION.done.test(name) ||
      finishedWork(name) !== null ||
      inside.some((part) => SECTION.done.test(normalize(part)))
    );
  }

  get type(): ActionType | null {
    return typeOf(this.#parsed.name);
  }

  get window(): string | null {
    return windowOf(this.#parsed);
  }

  get label(): string {
    return this.#parsed.unnumbered.replace(/[\s:：.*_#]+$/u, "").trim();
  }
}

/** Only what kind of section a name means: asked of many a line that is none. */
export function readSectionKind(text: string): Pick<SectionName, "kind" | "full"> {
  return text.length > MAX_NAME ? UNKNOWN : parse(text);
}

function parse(text: string): Parsed {
  const bracketed = /[(（[【]/u.test(text);
  const inside = bracketed ? [...text.matchAll(PARENTHESES)].map((match) => match[1] ?? "") : [];
  const bare = bracketed ? text.replace(PARENTHESES, " ") : text;
  const unnumbered = bare.trim().replace(NUMBERING, "");
  const numbered = normalize(bare);
  const name = (unnumbered.length === bare.length ? numbered : normalize(unnumbered)) || numbered;
  const whole = kindOf(numbered) ?? (name === numbered ? null : kindOf(name)) ?? finishedWork(name);
  if (whole !== null && whole !== "other") return { kind: whole, full: true, name, numbered, unnumbered, inside };
  const parts = partsOf(unnumbered);
  const kinds = parts.length > 1 ? parts.map(kindOf) : [];
  const kind = whole === "other" ? (workBeside(kinds) ?? whole) : kindOfParts(kinds, name);
  const full = whole !== null || (kinds.length > 0 && !kinds.includes(null));
  return { kind, full, name, numbered, unnumbered, inside };
}

/** What an action is for, if `name` is a word for it. */
export function typeOf(name: string): ActionType | null {
  return TYPES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** The text only says that there is nothing: "None", "N/A". */
export function saysNothing(text: string): boolean {
  return NOTHING.test(normalize(text));
}

function kindOf(name: string): SectionKind | null {
  if (name === "" || !SECTION_ANY.test(name)) return null;
  if (SECTION.chronicle.test(name)) return "chronicle";
  if (SECTION.taken.test(name)) return "taken";
  if (SECTION.explicit.test(name)) return "explicit";
  if (SECTION.followUp.test(name)) return "followUp";
  if (SECTION.measures.test(name)) return "measures";
  if (SECTION.advice.test(name)) return "advice";
  return SECTION.other.test(name) ? "other" : null;
}

/** The kind of a name that ends by saying that its work is finished: "Corrective actions implemented". */
function finishedWork(name: string): SectionKind | null {
  if (!FINISHED.test(name)) return null;
  const kind = kindOf(name.replace(FINISHED, ""));
  return strengthOf(kind) > 0 ? kind : null;
}

function partsOf(text: string): string[] {
  if (!MAY_JOIN.test(text)) return [];
  return text
    .split(JOINTS)
    .map(normalize)
    .filter((part) => part !== "");
}

/** "Impact and follow-up": what begins like a section without work may end with one that has it. */
function workBeside(kinds: readonly (SectionKind | null)[]): SectionKind | null {
  if (kinds.includes("chronicle") || kinds.includes("taken")) return null;
  return kinds.find((kind) => kind === "explicit" || kind === "followUp") ?? null;
}

/** "Lessons learned & action items": work outweighs what is said beside it, advice and measures do not. */
function kindOfParts(kinds: readonly (SectionKind | null)[], name: string): SectionKind | null {
  if (kinds.includes("chronicle")) return "chronicle";
  if (kinds.includes("explicit")) return "explicit";
  if (kinds.includes("taken")) return "taken";
  if (kinds.includes("followUp")) return "followUp";
  if (kinds[0] === "other") return "other";
  if (kinds.includes("measures")) return "measures";
  if (kinds.includes("other")) return "other";
  if (kinds.includes("advice")) return "advice";
  if (name.split(" ").length > MAX_WORDS_AROUND_PART) return null;
  if (SECTION_PART.explicit.test(name)) return "explicit";
  return SECTION_PART.followUp.test(name) ? "followUp" : null;
}

function windowOf({ name, numbered, unnumbered, inside }: Parsed): string | null {
  const stated = inside.find((part) => TIME_WINDOW.test(part) || SECTION.window.test(normalize(part)));
  if (stated !== undefined && (SECTION.window.test(name) || kindOf(name) !== "other")) return stated.trim();
  return SECTION.window.test(name) || SECTION.window.test(numbered)
    ? unnumbered.replace(/[\s:：]+$/u, "").trim()
    : null;
}
