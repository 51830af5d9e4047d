/**
 * The words by which a language says when work is due. Data only: `due/` makes patterns of them.
 *
 * They are matched against folded text (`due/fold.ts`): lower case, without accents, every character in its place, so hyphens and
 * apostrophes stay. A `|` separates alternatives, longer before shorter where one begins like the other; patterns may be used
 * in all but the lists of names. Keep them linear: no nested repetition.
 */

/** How long a period or a stretch of time is. */
export type Unit = "day" | "workday" | "week" | "month" | "quarter" | "half" | "year" | "sprint";

/** The windows of time that sections of work are named by. */
export type WindowName = "immediate" | "short" | "medium" | "long";

/** What every language may bring, however it is written. */
interface AnyDateWords {
  /** Units behind a number that make a due date only where nothing else can stand, as in a column: "24h", "7d"; and before it for so many days on: "D+1"; with spaces no words of {@link DateWords.units}. */
  readonly inCells?: Readonly<Partial<Record<"hour" | "day" | "week" | "month" | "daysOn", string>>>;
  /** Names of a due field: behind them and a colon even what cannot be read is a due statement. */
  readonly field: string;
  /** Statements that name no day: "ASAP", "TBD". */
  readonly vague: string;
  /** What work may be due before, on a day that only people know: "Black Friday", "the next release". */
  readonly events?: string;
  /** All of a due cell that says nothing: "none", "n/a". */
  readonly nothing: string;
  /** Names of windows, as whole words: "urgent", "short-term". */
  readonly windows?: Readonly<Partial<Record<WindowName, string>>>;
  /** Between the two ends of a range: "to" in "Oct 1 to Oct 5". */
  readonly to?: string;
  /**
   * A window that states a time, in the parentheses of a section's name ("within a week", "30 days"); as written, capital or
   * small.
   */
  readonly stated?: {
    /** How it begins: "within", "by ". */
    readonly leads?: string;
    /** What stands behind its number: "days". */
    readonly units?: string;
  };
}

/** The words of a language that has spaces between them. */
export interface DateWords extends AnyDateWords {
  /** Twelve months; a space separates the spellings of one. */
  readonly months: string;
  /** Seven weekdays, Sunday first. */
  readonly weekdays: string;
  /** The numbers from one on. */
  readonly numbers: string;
  readonly units: Readonly<Record<Unit, string>>;
  /** First to fourth, as in "third quarter". */
  readonly ordinals: string;
  /** Behind a number, so that it is the day of a month even alone: "th" in "25th". */
  readonly dayEndings?: string;
  /** Behind the number of a day, and of other things: "er" in "1er". */
  readonly numberEndings?: string;
  /** Before a month behind its day, with the space: "of " in "25th of September". */
  readonly beforeMonth?: string;
  /** Before a year behind its month, with the space: "of " in "March of 2026". */
  readonly beforeYear?: string;
  /** T1 and S1 are a quarter and a half of the year, where in other languages they are a tier and a severity. */
  readonly trimesters?: true;
  /** Before the number of a calendar week: "CW" in "CW 38". */
  readonly calendarWeek?: string;
  /** Before a day of the week that is meant: "week of". */
  readonly weekOf?: string;
  /** Before a fiscal year: "FY" in "FY25". */
  readonly fiscalYear?: string;
  /** In front of a stretch of time: "in", "within". */
  readonly within: string;
  /** In front of how long it may take at most: "max." */
  readonly atMost?: string;
  /** Between two numbers of a stretch of time: "to" in "2 to 3 weeks". */
  readonly betweenNumbers?: string;
  /** Behind a stretch of time, with the space before it: " after the incident". */
  readonly fromThen?: string;
  /** Before a stretch of time, by which it is a condition or a promise of the service: "if", "older", "alerts". */
  readonly conditions?: string;
  /** Small words that may stand inside a date: "of", "the". */
  readonly filler: string;
  readonly end: string;
  readonly middle: string;
  readonly early: string;
  /** "next" and "this", in front of a unit or behind it. */
  readonly next: string;
  readonly current: string;
  /** One word for the end of the running unit: "EOM", "Monatsende". */
  readonly ends: Readonly<Partial<Record<Unit, string>>>;
  /** Days near by, but for {@link ends}: "tomorrow". */
  readonly near?: string;
  /** In front of a day, for the end of it: "EOD", "close of business on". */
  readonly endOfDay?: string;
  /** Behind a day: "noon", "at the latest". */
  readonly aroundDay?: string;
  /** Between a day and a time of it, with the space: "at ". */
  readonly beforeTime?: string;
  /** Behind a date, by which the sentence goes on: "to", "and". */
  readonly goesOn?: string;
  /** Words that say a due date follows. */
  readonly strong: string;
  /** Words that say so only in front of what is plainly a day. */
  readonly weak: string;
  /** Between a due word and its colon: "is" in "The deadline is: ". */
  readonly is?: string;
  /** Those of {@link vague} that need no due word at the end of an item. */
  readonly urgent?: string;
  /** A date without digits at the end of an item has one of them: "next", "EOM". */
  readonly closing?: string;
  /** Words that make a date behind them the day of completion. */
  readonly done: string;
  /** Words that make it a day of the past: "was", "originally". */
  readonly formerly?: string;
  /** Before those of {@link done}: "to" in "to be done by Friday". */
  readonly yetToBe?: string;
}

/**
 * The words of a language without spaces between them. Their dates are of one shape, numbers before signs, so the words of all such
 * languages together make one set of patterns.
 */
export interface DenseDateWords extends AnyDateWords {
  /** Behind a number: 年, 月 and 日 in 2025年9月25日. */
  readonly signs: Readonly<Record<"year" | "month" | "day", string>>;
  /** Behind a period: which part of it is meant. */
  readonly edges: Readonly<Record<"last" | "middle" | "early", string>>;
  /** The numbers from one on; a space separates the spellings of one. */
  readonly numbers?: string;
  /** Before the number of a quarter. */
  readonly ordinal?: string;
  /** Behind the number of a quarter. */
  readonly quarter?: string;
  /** The halves of a year. */
  readonly halves?: Readonly<Record<"first" | "second", string>>;
  /** All of a period that is counted by fiscal years. */
  readonly fiscal?: string;
  /** Before a unit: "this" and "next". */
  readonly current: string;
  readonly next: string;
  readonly units: Readonly<Record<"week" | "month" | "quarter" | "year", string>>;
  /** Behind such a unit, saying no more. */
  readonly behindUnit?: string;
  /** One word for the end of the running unit. */
  readonly ends: Readonly<Record<"week" | "month" | "quarter" | "year", string>>;
  /** Seven letters for the weekdays, Sunday first; a space separates those of one. */
  readonly weekdays: string;
  /** Before such a letter, of this week and of the next. */
  readonly currentWeek: string;
  readonly nextWeek: string;
  /** Between the week and the letter. */
  readonly behindWeek?: string;
  /** Right before the letter; without it a weekday is told by what stands behind. */
  readonly beforeWeekday?: string;
  readonly behindWeekday?: string;
  /** Today, tomorrow and the day after; a space separates the spellings of one. */
  readonly near: string;
  /** Units behind the number of a stretch of time. */
  readonly stretch: Readonly<Record<"workday" | "day" | "week" | "month" | "year", string>>;
  /** Behind a stretch of time: "within", "after". */
  readonly within: string;
  /** Behind that, saying no more. */
  readonly behindWithin?: string;
  /** Ends a date that needs no due word behind it. */
  readonly untilThen: string;
  /** This and the next sprint. */
  readonly sprint: Readonly<Record<"current" | "next", string>>;
  /** Between the name of a due field and its date: "は". */
  readonly is?: string;
  /** Due words, which stand behind the date: "まで". */
  readonly until: string;
  /** How a date begins in the middle of a text. */
  readonly starts: string;
  /** How a window that states a time begins in the middle of a heading. */
  readonly windowStarts?: string;
}
