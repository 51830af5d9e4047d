/**
 * All languages' words as one set of matchers. They are asked together: a Dutch postmortem has an "Action items" heading
 * and a Spanish one a "Timeline", so guessing one language first would only lose items.
 */
import { ByFirstLetter } from "./by-first-letter.js";
import { de } from "./de.js";
import { en } from "./en/index.js";
import { es } from "./es.js";
import { fr } from "./fr.js";
import { it } from "./it.js";
import { ja } from "./ja.js";
import { ko } from "./ko.js";
import { nl } from "./nl.js";
import { no } from "./no.js";
import { pt } from "./pt.js";
import { ru } from "./ru.js";
import { tr } from "./tr.js";
import type { ColumnRole, Language, Meaning, Sentences } from "./types.js";
import { zh } from "./zh.js";

export { countWords, normalize } from "./types.js";

/** The languages Follow-Through reads, and the only list of them. */
const ALL = [en, es, pt, fr, de, it, nl, ja, zh, ko, ru, tr, no] as const;

export type LanguageCode = (typeof ALL)[number]["code"];

export const LANGUAGES: readonly Language<LanguageCode>[] = ALL;

export const LANGUAGE_CODES: readonly LanguageCode[] = LANGUAGES.map(({ code }) => code);

type Sources = readonly string[] | undefined;

const gather = (pick: (language: Language) => Sources): string[] =>
  LANGUAGES.flatMap((language) => pick(language) ?? []);

/** The words of all languages as the alternatives of a pattern, for one that is put together elsewhere. */
export const anyOf = (pick: (language: Language) => Sources | string): string =>
  [...new Set(LANGUAGES.flatMap((language) => pick(language) ?? []))].join("|");

/** As {@link anyOf}, what `make` makes of each language's words, which stand alone or, where the language is dense, anywhere. */
export const eachOf = (
  pick: (language: Language) => Sources,
  make: (words: string, dense: boolean) => string,
): string =>
  LANGUAGES.flatMap((language) => {
    const words = pick(language) ?? [];
    return words.length === 0 ? [] : [make(`(?:${words.join("|")})`, language.dense ?? false)];
  }).join("|");

/** Matches a whole normalized text. */
const whole = (sources: readonly string[]): RegExp => new RegExp(`^(?:${sources.join("|")})$`, "u");

/** Matches a normalized text that begins with one of the words. */
const begins = (sources: readonly string[]): RegExp => new RegExp(`^(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, "u");

/** Matches one of the words anywhere in a normalized text. */
const inside = (sources: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join("|")})(?![\\p{L}\\p{N}])`, "u");

const section = (kind: Exclude<keyof Language["sections"], "within" | "shouted">): string[] =>
  gather((language) => language.sections[kind]);

/** The kinds of section, asked in this order; what each means stands in `Language`. */
export const SECTION = {
  chronicle: whole(section("chronicle")),
  taken: whole(section("taken")),
  explicit: whole(section("explicit")),
  followUp: whole(section("followUp")),
  prevention: whole(section("prevention")),
  measures: whole(section("measures")),
  advice: whole(section("advice")),
  other: whole(section("other")),
  topic: whole(section("topic")),
  done: whole(section("done")),
  window: whole(section("window")),
} as const;

/** Any of those that tell a section's kind: most names asked about are none, and this says so at once. */
export const SECTION_ANY = new ByFirstLetter(
  (["chronicle", "taken", "explicit", "followUp", "prevention", "measures", "advice", "other"] as const).flatMap(
    section,
  ),
);

/** "implemented" in "Corrective actions implemented", but not in "Actions to be implemented". */
export const FINISHED = new RegExp(
  `(?<!(?:^| )(?:${section("unfinished").join("|")})) (?:${section("finished").join("|")})$`,
  "u",
);

/** Words before a known name that leave it what it is, with the space behind them. */
export const QUALIFIER = new RegExp(
  `^(?:${eachOf(
    ({ sections }) => sections.qualifiers,
    (words, dense) => `${words}${dense ? " ?" : " "}`,
  )})`,
  "u",
);

/** A section's name that asks. */
export const QUESTION = begins(section("questions"));

/** Words that tell the kind of a longer section name: "action items" in "Action items and owners". */
export const SECTION_PART = {
  explicit: inside(gather((language) => language.sections.within?.explicit)),
  followUp: inside(gather((language) => language.sections.within?.followUp)),
} as const;

/** CJK words stand without spaces between them. */
const SPACELESS = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/u;

/** Matches one of the words: in scripts with spaces as a whole word, else anywhere. */
const says = (words: readonly string[]): RegExp =>
  new RegExp(
    [
      `(?<![\\p{L}\\p{N}])(?:${words.filter((word) => !SPACELESS.test(word)).join("|")})(?![\\p{L}\\p{N}])`,
      ...words.filter((word) => SPACELESS.test(word)),
    ].join("|"),
    "u",
  );

/** As {@link says}, at the beginning of a text. */
const starts = (words: readonly string[]): RegExp => new RegExp(`^\\s*(?:${says(words).source})`, "u");

const meaning = (what: keyof Meaning): string[] => gather((language) => language.meaning[what]);

/** What the words of a section's name say, see `Meaning`. */
export const MEANINGS: Readonly<Record<keyof Meaning, RegExp>> = {
  work: says(meaning("work")),
  ahead: says(meaning("ahead")),
  prevent: says(meaning("prevent")),
  again: says(meaning("again")),
  past: new RegExp(`(?<!(?:^| )(?:${section("unfinished").join("|")}) )(?:${says(meaning("past")).source})`, "u"),
  pledge: new RegExp(`^(?:${meaning("pledge").join("|")})`, "u"),
  aside: says(meaning("aside")),
  never: says(meaning("never")),
  advised: says(meaning("advised")),
  readers: says(meaning("readers")),
};

/** Without one of these no name means work: most names asked about have none, and this says so at once. */
export const MEANS_ANYTHING = new RegExp(
  `${says([...meaning("work"), ...meaning("prevent"), ...meaning("readers")]).source}|${MEANINGS.pledge.source}`,
  "u",
);

const COLUMN_ORDER: readonly ColumnRole[] = [
  "time",
  "title",
  "owner",
  "due",
  "status",
  "finished",
  "priority",
  "ref",
  "type",
  "id",
  "detail",
  "group",
  "meaning",
  "note",
];

const COLUMNS: readonly (readonly [ColumnRole, RegExp])[] = COLUMN_ORDER.map((role) => [
  role,
  whole(gather((language) => language.columns[role])),
]);

/** What a column (or a `Label:`) of this normalized name holds; null for a name that says nothing. */
export function columnRole(name: string): ColumnRole | null {
  if (name === "" || name.length > MAX_COLUMN_NAME) return null;
  return COLUMNS.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** Longer texts are cells, not names of columns. */
const MAX_COLUMN_NAME = 40;

export const DONE = begins(gather((language) => language.done));
/** A text that says no more than that something is done. */
export const DONE_WORD = whole(gather((language) => language.done));
/** Answers to "done?" that in running text mean other things. */
export const YES = begins(gather((language) => language.yes));
/** Will not be done. */
export const DROPPED = whole(gather((language) => language.dropped));
export const OPEN = whole([...gather((language) => language.open), ...gather((language) => language.dropped)]);
export const NOTHING = whole(gather((language) => language.nothing));
/** Words for what work is about: a label or bracket made of them names a subject, not a person. */
export const SUBJECT = whole([
  ...gather((language) => language.subjects),
  `\\p{L}{3,}(?:${gather((language) => language.subjectEndings).join("|")})`,
]);
export const TEAM = inside(gather((language) => language.teams));
const SURE_VERBS = gather((language) => language.verbs?.sure);

/** The first word is a verb that begins a task; `sure`: and is no noun as well. */
export const VERB = {
  sure: begins(SURE_VERBS),
  any: begins([...SURE_VERBS, ...gather((language) => language.verbs?.others)]),
} as const;
/** Ends with a verb as tasks do, where verbs stand last. */
export const TASK_END = new RegExp(`(?:${gather((language) => language.verbs?.last).join("|")})$`, "u");
/** An order, by its grammar alone. */
export const ORDER = begins(gather((language) => language.orders));
/** The title of a guide that stands for every incident, and tells of none. */
export const MANUAL = new RegExp(`(?:^| )(?:${gather((language) => language.manual).join("|")})$`, "u");
export const COMMITS = inside(gather((language) => language.commits));
/** As {@link COMMITS} in running text, in which the words of some languages stand beside one another without spaces. */
export const COMMITS_IN_TEXT = new RegExp(
  eachOf(
    (language) => language.commits,
    (words, dense) => (dense ? words : `(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`),
  ),
  "u",
);
export const TEMPLATE = inside(gather((language) => language.template));

const sentences = (what: keyof Sentences): string[] => gather((language) => language.sentences?.[what]);

/** Names kinds of things. */
export const CLASSES = inside(sentences("classes"));
export const OURS = inside(sentences("ours"));
export const DUTY = begins(sentences("duty"));
export const PROMISE = begins(sentences("promise"));
export const STATEMENT = begins(sentences("statement"));
/** Ends by telling how things are or were. */
export const TELLS = new RegExp(`(?:${sentences("tells").join("|")})$`, "u");
export const INSTEAD = inside(sentences("instead"));
export const PAST = begins(sentences("past"));
export const IF = starts(sentences("ifs"));
export const MAXIM = starts(sentences("maxims"));
/** Says so anywhere. */
export const SAYS_MAXIM = says(sentences("maxims"));
/** Something does what protects. */
export const DOES = starts(sentences("does"));
/** All of a line that offers a choice. */
export const CHOICE = whole(sentences("choices"));
export const ASKS = starts(sentences("asks"));
/** Names whom something is for. */
export const AUDIENCE = starts(gather((language) => language.owners?.audience));
/** Says to what the entries below are only the objects. */
export const OBJECTS = says(sentences("objects"));
/** Says that something was lacking. */
export const LACK = starts(sentences("lacks"));
export const DECLINED = starts(sentences("declined"));
export const REGRET = starts(sentences("regrets"));
export const CLOSING = starts(sentences("closings"));
/** All of a label before a remark. */
export const REMARK = whole(sentences("remarks"));
/** All of a label before what came of the work. */
export const REPORT = whole(sentences("reports"));
/** A word whose dot ends no sentence. */
export const SHORTENED = whole(sentences("shortened"));
export const FINISHED_SENTENCE = begins(sentences("finished"));

/** What an action is for, by the word of a type column, heading or tag. */
export const TYPES = (["prevent", "detect", "mitigate", "process"] as const).map(
  (type) => [type, whole(gather((language) => language.types?.[type]))] as const,
);
