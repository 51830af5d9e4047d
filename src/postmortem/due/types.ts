/** What the parts of due-date reading pass to one another. */
import type { PlainDate } from "../../calendar.js";
import type { LanguageCode } from "../languages/index.js";
import type { Lexicon } from "./lexicon.js";

/** What a due statement is read against. */
export interface DueContext {
  /** The day relative dates count from, the incident's; null where the document states none. */
  readonly reference: PlainDate | null;
  /** How to read 03/04/2025; null: not settled, so it is unreadable. */
  readonly dateOrder: DateOrder | null;
  /** The last day of a sprint, by its lower-case name (`sprint 42`, `next sprint`). */
  readonly sprints: Readonly<Record<string, PlainDate>>;
  /** The languages of the document; English is always understood. */
  readonly languages: readonly LanguageCode[];
  /** How many more places are looked at; without it as many as there are. */
  readonly looks?: Looks;
}

/** Counts down as places are looked at for a date; shared by all that is read of one document. Below zero some were not. */
export interface Looks {
  left: number;
}

export type DateOrder = "day-first" | "month-first";

/** A due statement: the day it names, or why it names none. `text` is the statement as written. */
export type DueReading =
  | { readonly kind: "date"; readonly date: PlainDate; readonly text: string }
  | { readonly kind: "unreadable"; readonly text: string; readonly why: string };

/** A due statement and the stretch of text to take out of a title: its words, separators and brackets. */
export interface DueFound {
  readonly reading: DueReading;
  readonly start: number;
  readonly end: number;
}

/** A due statement that may be the one. The more certain, the lower its rank; of equals the last one stands. */
export interface Candidate extends DueFound {
  readonly rank: number;
}

/**
 * How sure it is that a date stands here. `field`: a cell or a value behind `Due:`. `strong`: behind "due" or "ETA".
 * `weak`: behind "by" or "until", which may mean something else. `bare`: no word at all, just the place.
 */
export type Footing = "field" | "strong" | "weak" | "bare";

/** A date phrase at the start of a text: its length, and what it says. */
export type Phrase =
  | {
      readonly length: number;
      readonly date: PlainDate;
      /** The words could mean something else ("may", "sat"), so what follows must leave no doubt. */
      readonly doubtful?: boolean;
    }
  | {
      readonly length: number;
      readonly why: string;
      /** The words name no day at all ("soon"), rather than one that cannot be told. */
      readonly vague?: boolean;
    };

/** Reads a phrase at the very start of `text`, which is folded; null where there is none of its kind. */
export type Read = (text: string, context: DueContext, footing: Footing) => Phrase | null;

/** Reads one kind of date phrase. Its gate says cheaply where there is nothing of the kind, and only elsewhere it is asked to read. */
export interface Parser {
  readonly gate: Gate;
  readonly read: Read;
}

/** With what the phrases of a kind may begin: no text may be read that its parser's gate refuses. */
export interface Gate {
  /** In the words of a language, behind its small words ("in", "the"): sources of patterns. */
  readonly begins?: (lexicon: Lexicon) => readonly string[];
  /** Whatever the language. */
  readonly alike?: RegExp;
}
