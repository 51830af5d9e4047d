/**
 * What a section's name says: `7. Action Items & Remediation (this week)` promises work within a window, `Timeline` never
 * does. The words stand in `languages/`; this is how they are put together.
 */
import {
  anyOf,
  eachOf,
  FINISHED,
  NOTHING,
  normalize,
  OPEN,
  QUALIFIER,
  QUESTION,
  SECTION,
  SECTION_ANY,
  SECTION_PART,
  TYPES,
} from "../languages/index.js";
import { remember } from "../remember.js";
import { type Condition, decide, type Rule } from "../trace.js";
import type { ActionType } from "../types.js";
import type { SectionKind } from "./section-kind.js";
import { isAside, meaningOf } from "./section-meaning.js";

export interface SectionName {
  /** What it is, null where the name is known for nothing. */
  readonly kind: SectionKind | null;
  /** What told its kind. */
  readonly rule: Rule;
  /** Every word of the name is accounted for, so it is a section's name and not a sentence. */
  readonly full: boolean;
  /** Could as well be the heading of a group of work ("Detection", "Communication"). */
  readonly topic: boolean;
  readonly done: boolean;
  /** It speaks of work, and of something that is none: "Lessons and prevention". */
  readonly mixed: boolean;
  readonly type: ActionType | null;
  /** The time window it states, as written. */
  readonly window: string | null;
  /** The name without number, punctuation and what stands in parentheses. */
  readonly label: string;
}

/** How strongly a kind of section promises action items; 0: not at all. */
export const STRENGTH = {
  explicit: 4,
  followUp: 3,
  prevention: 2.5,
  measures: 2,
  advice: 1,
  taken: 0,
  chronicle: 0,
  other: 0,
} as const satisfies Record<SectionKind, number>;

/** As {@link STRENGTH}; a name that is known for nothing promises nothing. */
export const strengthOf = (kind: SectionKind | null): number => (kind === null ? 0 : STRENGTH[kind]);

/** Longer texts are sentences, not names. */
const MAX_NAME = 120;

/** A part of a name counts only in names of so few words: "Follow-up" in a long title is about something else. */
const MAX_WORDS_AROUND_PART = 6;

const NUMBERING = new RegExp(
  `^[§#]?\\s?(?:(?:${anyOf(({ sections }) => sections.numbered)}) )?(?:\\d+(?:\\.\\d+)*(?:[.):]+\\s*|\\s*[–—-]\\s+|\\s+(?=\\D))|(?:[ivx]+|[a-z])[.):]\\s+)`,
  "i",
);
/** Behind a sign, how it looks: `1️⃣` is a number too. */
const EMOJI_SIGNS = /[\ufe0e\ufe0f\u20e3]/g;
const PARENTHESES = /[(（[【]([^()（）[\]【】]*)[)）\]】]/g;
/** Words that join the parts of a name. */
const JOINING = eachOf(
  ({ sections }) => sections.joins,
  (words, dense) => (dense ? words : `\\s${words}\\s`),
);
const JOINTS = new RegExp(`\\s*(?:&|→|\\+|\\/|,|;|:|：|、|\\||[–—]|\\s-\\s|${JOINING})\\s*`, "i");
const MAY_JOIN = new RegExp(`[&→+/,;:：、|–—-]|${JOINING}`, "i");
/** A time that is stated: "within a week", "30 days", "Q1". */
const TIME_WINDOW = new RegExp(
  `\\b(?:${anyOf(({ dates }) => dates.stated?.leads)})|\\d+\\s*[-–]?\\s*(?:${anyOf(({ dates }) => dates.stated?.units)})\\b|\\bq[1-4]\\b|\\bh[12]\\b`,
  "i",
);

/** A name as its parts or its words tell it. */
interface NameRule extends Rule {
  readonly kind: SectionKind | null;
}

/** What tells a name as a whole. */
export const NAME = {
  whole: { name: "whole-name", reason: "the name as a whole is a known one" },
  finished: { name: "finished-name", reason: "a known name that ends by saying that its work is finished" },
  workBeside: { name: "work-beside", reason: "it begins like a section without work, and ends with one that has it" },
  title: { name: "own-title", reason: "the document's own title counts only where all of it names work" },
  tooLong: { name: "long-name", reason: "longer texts are sentences, not names" },
} as const satisfies Record<string, Rule>;

/** What a name taken apart is asked about. */
interface Parts {
  /** The kind of each part; none where it has one part only. */
  readonly kinds: readonly (SectionKind | null)[];
  readonly name: string;
  /** Each part names what actions are for, one of them to prevent: "Prevent / Detect". */
  readonly ofTypes: boolean;
}

const has = (kind: SectionKind) => ({ kind, holds: ({ kinds }: Parts) => kinds.includes(kind) });

/** "Lessons learned & action items": work outweighs what is said beside it, advice and measures do not. */
const PART_RULES: readonly (NameRule & Condition<Parts>)[] = [
  {
    name: "parts-are-types",
    reason: "each part of the name says what actions are for: `Prevent / Detect`",
    kind: "measures",
    holds: ({ ofTypes }) => ofTypes,
  },
  { name: "part-timeline", reason: "a part of the name says that it records what happened", ...has("chronicle") },
  { name: "part-tasks", reason: "a part of the name says outright that tasks follow", ...has("explicit") },
  { name: "part-taken", reason: "a part of the name says that its steps were taken already", ...has("taken") },
  { name: "part-follow-up", reason: "a part of the name speaks of work to come", ...has("followUp") },
  {
    name: "part-prevention",
    reason: "a part of the name says how it is kept from happening again",
    ...has("prevention"),
  },
  {
    name: "part-other-first",
    reason: "the name begins like a section without work",
    kind: "other",
    holds: ({ kinds }) => kinds[0] === "other",
  },
  { name: "part-measures", reason: "a part of the name speaks of measures", ...has("measures") },
  { name: "part-other", reason: "a part of the name is known for a section without work", ...has("other") },
  { name: "part-advice", reason: "a part of the name speaks of advice", ...has("advice") },
  {
    name: "aside-by-its-words",
    reason: "a checklist for every deploy, a legend or a form stands beside the work",
    kind: "other",
    holds: ({ name }) => isAside(name),
  },
  {
    name: "tasks-within",
    reason: "a short name with words for tasks in it",
    kind: "explicit",
    holds: ({ name }) => isShort(name) && SECTION_PART.explicit.test(name),
  },
  {
    name: "follow-up-within",
    reason: "a short name with words for work to come in it",
    kind: "followUp",
    holds: ({ name }) => isShort(name) && SECTION_PART.followUp.test(name),
  },
];

const UNKNOWN_NAME: NameRule = { name: "no-known-name", reason: "no name that is known", kind: null };

function isShort(name: string): boolean {
  let words = 1;
  for (let at = name.indexOf(" "); at >= 0 && words <= MAX_WORDS_AROUND_PART; at = name.indexOf(" ", at + 1)) words++;
  return words <= MAX_WORDS_AROUND_PART;
}

/** All rules that tell what a name is known for. */
export const NAME_RULES: readonly Rule[] = [...Object.values(NAME), ...PART_RULES, UNKNOWN_NAME];

const UNKNOWN: SectionName = {
  kind: null,
  rule: NAME.tooLong,
  full: false,
  topic: false,
  done: false,
  mixed: false,
  type: null,
  window: null,
  label: "",
};

/** A name taken apart. */
interface Parsed extends Pick<SectionName, "kind" | "full" | "rule"> {
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
  const { kind, full, rule } = parsed;
  return isTitle && kind !== null && (!full || strengthOf(kind) === 0)
    ? new Name(parsed, null, NAME.title)
    : new Name(parsed, kind, rule);
}

/** A name of which most is never asked: only names around action items need more than their kind. */
class Name implements SectionName {
  readonly full: boolean;
  readonly #parsed: Parsed;

  constructor(
    parsed: Parsed,
    readonly kind: SectionKind | null,
    readonly rule: Rule,
  ) {
    this.full = parsed.full;
    this.#parsed = parsed;
  }

  get topic(): boolean {
    const { name, unnumbered } = this.#parsed;
    if (SECTION.topic.test(name)) return true;
    // "Engineering tooling / testing": all of it that is known for no work may head a group of it.
    const known = partsOf(unnumbered).filter((part) => kindOf(part) !== null);
    return !this.full && known.length > 0 && known.every((part) => SECTION.topic.test(part));
  }

  get done(): boolean {
    const { name, inside } = this.#parsed;
    return (
      SECTION.done.test(name) ||
      finishedWork(name) !== null ||
      inside.some((part) => SECTION.done.test(normalize(part)))
    );
  }

  get mixed(): boolean {
    return strengthOf(this.kind) > 0 && partsOf(this.#parsed.unnumbered).some((part) => kindOf(part) === "other");
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

const parse = remember((text): Parsed => {
  const bracketed = /[(（[【]/u.test(text);
  const inside = bracketed ? [...text.matchAll(PARENTHESES)].map((match) => match[1] ?? "") : [];
  const plain = text.replace(EMOJI_SIGNS, "");
  const outside = bracketed ? plain.replace(PARENTHESES, " ") : plain;
  const bare = outside.trim() === "" ? inside.join(" ") : outside;
  const unnumbered = bare.trim().replace(NUMBERING, "");
  const numbered = normalize(bare);
  const name = (unnumbered.length === bare.length ? numbered : normalize(unnumbered)) || numbered;
  const known = knownAs(numbered) ?? (name === numbered ? null : knownAs(name));
  const whole = known?.kind ?? finishedWork(name);
  const all = { name, numbered, unnumbered, inside };
  const told = known ?? NAME.finished;
  if (whole !== null && whole !== "other") return { kind: whole, full: true, rule: told, ...all };
  const parts = partsOf(unnumbered);
  const kinds = parts.length > 1 ? parts.map(kindOf) : [];
  if (whole === "other") {
    const beside = workBeside(kinds);
    return beside === null
      ? { kind: whole, full: true, rule: told, ...all }
      : { kind: beside, full: !kinds.includes(null), rule: NAME.workBeside, ...all };
  }
  const types = parts.map(typeOf);
  const ofTypes = parts.length > 1 && types.every((type) => type !== null) && types.includes("prevent");
  const rule = decide(PART_RULES, { kinds, name, ofTypes }, UNKNOWN_NAME);
  return { kind: rule.kind, full: kinds.length > 0 && !kinds.includes(null), rule, ...all };
});

/** What an action is for, if `name` is a word for it. */
export function typeOf(name: string): ActionType | null {
  return TYPES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** The text only says that there is nothing: "None", "N/A". */
export function saysNothing(text: string): boolean {
  return NOTHING.test(normalize(text));
}

/** What begins a text is a sentence that says that there is nothing: "No changes required - all is well". A state ("Pending") is none. */
export function beginsWithNothing(text: string): boolean {
  const first = text.split(/[.;:。](?:\s|$)|\s[–—-]\s/u, 1)[0] ?? "";
  const words = normalize(first);
  return words !== "" && NOTHING.test(words) && !OPEN.test(words);
}

/** A name that may be of several kinds is of the first of them. */
const KINDS: readonly SectionKind[] = [
  "chronicle",
  "taken",
  "explicit",
  "followUp",
  "prevention",
  "measures",
  "advice",
  "other",
];

const kindOf = (name: string): SectionKind | null => knownAs(name)?.kind ?? null;

/**
 * What a name is known as, and by which rule; null for nothing. Names that ask are, as far as they are known in general ("What
 * went well"), no work, unless they ask for work.
 */
function knownAs(name: string): NameRule | null {
  const stated = statedKind(name);
  if (stated === null && FINISHED.test(name)) return null;
  if (stated === null && QUALIFIER.test(name)) return knownAs(name.replace(QUALIFIER, ""));
  const meant = stated === null || (stated === "other" && QUESTION.test(name)) ? meaningOf(name) : null;
  return meant ?? (stated === null ? null : { ...NAME.whole, kind: stated });
}

/** The kind that a known phrase states. */
function statedKind(name: string): SectionKind | null {
  if (name === "" || !SECTION_ANY.test(name)) return null;
  return KINDS.find((kind) => SECTION[kind].test(name)) ?? null;
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
  return kinds.find((kind) => kind === "explicit" || kind === "followUp" || kind === "prevention") ?? null;
}

function windowOf({ name, numbered, unnumbered, inside }: Parsed): string | null {
  const stated = inside.find((part) => TIME_WINDOW.test(part) || SECTION.window.test(normalize(part)));
  if (stated !== undefined && (SECTION.window.test(name) || kindOf(name) !== "other")) return stated.trim();
  return SECTION.window.test(name) || SECTION.window.test(numbered)
    ? unnumbered.replace(/[\s:：]+$/u, "").trim()
    : null;
}
