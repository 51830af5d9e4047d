import { withoutTowers } from "../../text.js";
import { remember } from "../remember.js";
import type { DateWords, DenseDateWords } from "./date-words.js";

/**
 * The words of one language that reading needs. Every entry is the source of a regular expression and is matched against
 * {@link normalize}d text: lower case, no accents, hyphens and punctuation as single spaces (`follow-up` is `follow up`).
 * Keep entries linear: no nested repetition.
 */
export interface Language<Code extends string = string> {
  /** Its ISO 639-1 code. */
  readonly code: Code;
  /** Its words stand without spaces, or take endings: none is asked for where it begins or ends. */
  readonly dense?: true;
  /** By what a text in it is told from the others; English is always considered. */
  readonly detection?: Detection;
  /** Section names, strongest evidence of action items first. */
  readonly sections: {
    /** Says outright that tasks follow: "Action items", "Tasks", "TODO". */
    readonly explicit?: readonly string[];
    /** Work to come: "Follow-up", "Next steps", "Corrective actions". */
    readonly followUp?: readonly string[];
    /** How it is kept from happening again: the work, or beside a list of tasks what they are to achieve. */
    readonly prevention?: readonly string[];
    /** Measures, of which some may be policy rather than work: "Corrective and preventative measures", "Remediation". */
    readonly measures?: readonly string[];
    /** Advice that is work only where the document has nothing better: "Prevention", "Recommendations". */
    readonly advice?: readonly string[];
    /** Words before a known name that leave it what it is: "our", "key". */
    readonly qualifiers?: readonly string[];
    /** Steps already carried out during the incident: "Actions taken". */
    readonly taken?: readonly string[];
    /** Never work, whatever stands in it: "Timeline", "Meetings". */
    readonly chronicle?: readonly string[];
    /** Not work: "Lessons learned", "Impact", "Root cause". */
    readonly other?: readonly string[];
    /** Not work by themselves, but fair headings for groups of work: "Detection", "Communication". */
    readonly topic?: readonly string[];
    /** The work below is finished: "Completed", "Done". */
    readonly done?: readonly string[];
    /** Words behind a section's name that say the same: "Corrective actions implemented". */
    readonly finished?: readonly string[];
    /** Words before those that deny it: "Actions to be implemented". */
    readonly unfinished?: readonly string[];
    /** Words that tell the kind of a longer name they stand in: "action items" in "Action items and owners". */
    readonly within?: { readonly explicit?: readonly string[]; readonly followUp?: readonly string[] };
    /** Words for the work among what is no work by which it is still to come: "Long-term fix"; as written. */
    readonly later?: readonly string[];
    /** First words by which a name under a timeline is a phase of the incident: "Follow-up"; whole words. */
    readonly phases?: readonly string[];
    /** First words of a name that asks: "what"; whole words. */
    readonly questions?: readonly string[];
    /** All of a label before a note of the author about the document, amid what is no work: "TODO"; as written. */
    readonly notesToSelf?: readonly string[];
    /** In bold capitals before a text: the state of the work it tells of, wherever it stands; as written. */
    readonly shouted?: Readonly<Record<"open" | "done", readonly string[]>>;
    /** Words between the parts of a name: "and" in "Impact and follow-up"; as written. */
    readonly joins?: readonly string[];
    /** Words before a section's number: "Part 2"; as written. */
    readonly numbered?: readonly string[];
    /** Words by which a text that ends in a colon leads on rather than names: "the following"; as written. */
    readonly leadsOn?: readonly string[];
    /** What work is for, in a sentence that leads to it: "To prevent this we will". */
    readonly aims?: readonly string[];
    /** A time window: "Immediate", "Short-term", "This quarter". */
    readonly window?: readonly string[];
  };
  /** What a section's name means where no phrase above says it. */
  readonly meaning: Meaning;
  /** Table column names and `Label:` names of one item's fields. */
  readonly columns: Partial<Readonly<Record<ColumnRole, readonly string[]>>>;
  /** Words that begin a status and mean done wherever they stand. */
  readonly done: readonly string[];
  readonly open: readonly string[];
  /** All of a status that says the work will not be done: "won't do", "obsolete". */
  readonly dropped?: readonly string[];
  /** Words that mean done only in a status column. */
  readonly yes?: readonly string[];
  /** "None", "no action items": the section says there is nothing. */
  readonly nothing?: readonly string[];
  /** What an action is for. */
  readonly types?: Partial<Readonly<Record<"prevent" | "detect" | "mitigate" | "process", readonly string[]>>>;
  /** Words that tell a team, role or vendor from a topic: "team", "squad". */
  readonly teams?: readonly string[];
  /** Single words for subjects of work, in which no person's name is made: "database", "runbooks". */
  readonly subjects?: readonly string[];
  /** What words for such subjects end in: "ing", "tion". */
  readonly subjectEndings?: readonly string[];
  /** Verbs that begin a task. `sure` ones are no nouns; the `others` may be: "Review", "Test". */
  readonly verbs?: {
    readonly sure?: readonly string[];
    readonly others?: readonly string[];
    /** How a task ends, where verbs stand last. */
    readonly last?: readonly string[];
  };
  /** How an order begins that no list of verbs knows: a word, then an article: "rehearse the fire drill". */
  readonly orders?: readonly string[];
  /** "and" between two owners. */
  readonly and?: readonly string[];
  /** Says that prose commits to work: "will", "need to". */
  readonly commits?: readonly string[];
  readonly items?: ItemWords;
  readonly owners?: OwnerWords;
  readonly status?: StatusWords;
  readonly priority?: PriorityWords;
  readonly references?: ReferenceWords;
  /** By what the words of an item are judged; as written, capital or small. */
  readonly wording?: Wording;
  readonly secondTask?: SecondTask;
  /** How sentences tell what is work from what only is said. */
  readonly sentences?: Sentences;
  /** Marks a document as a form to fill in. */
  readonly template?: readonly string[];
  /** How the title of a standing guide ends, or all of it: "runbook", "how to write a postmortem". */
  readonly manual?: readonly string[];
  readonly forms?: Forms;
  readonly placeholders?: Placeholders;
  readonly incident?: IncidentWords;
  readonly dates: DateWords | DenseDateWords;
  /** Which comes first in 03/04/2025, where all who write it agree. */
  readonly dateOrder?: "day-first" | "month-first";
}

/**
 * Words that tell together what a section's name means. Where words stand apart, an entry is a whole word (or words); in
 * Chinese, Japanese and Korean it may stand anywhere.
 */
export interface Meaning {
  /** Work: "action", "measure", "step". */
  readonly work: readonly string[];
  /** Still to come: "next", "planned", "follow-up". */
  readonly ahead: readonly string[];
  /** Keeping it from happening: "prevent", "avoid", "safeguard". */
  readonly prevent: readonly string[];
  /** That it happens once more: "again", "recurrence", "similar incidents". */
  readonly again: readonly string[];
  /** Finished: "taken", "completed". */
  readonly past: readonly string[];
  /** How a name begins that asks or says what will be done: "how we keep", "what we are doing to". */
  readonly pledge: readonly string[];
  /** Beside the work, even below it: "checklist before deploys", "legend", "kinds of actions", "report template". */
  readonly aside: readonly string[];
  /** No work, whatever else the name says: "checklist", "template", "timeline", "why". */
  readonly never: readonly string[];
  /** Only advised, and not decided: "recommended". */
  readonly advised: readonly string[];
  /** Who is told what to do reads the document, and did not write it: "for users", "what you should do". */
  readonly readers: readonly string[];
}

/** Sources of patterns over a {@link normalize}d sentence; `classes`, `ours`, `instead` and `objects` are asked anywhere in it, `tells` at its end, all others at its beginning. */
export interface Sentences {
  /** Says on what condition something is done: "if it happens again". */
  readonly ifs?: readonly string[];
  /** Begins a rule to live by, which nobody ever finishes: "always", "avoid", "it is important". */
  readonly maxims?: readonly string[];
  /** Something does what protects: "the linter refuses". */
  readonly does?: readonly string[];
  /** All of a line over a choice that is still to be made: "either". */
  readonly choices?: readonly string[];
  /** First words of a question: "what". */
  readonly asks?: readonly string[];
  /** Over entries that are only the objects of its sentence: "before any of these". */
  readonly objects?: readonly string[];
  /** Begins a complaint, which says what was lacking: "no alerts", "too slow". */
  readonly lacks?: readonly string[];
  /** Says that an idea was turned down: "was rejected", "we decided not to". */
  readonly declined?: readonly string[];
  /** Says what should have been, and not what is to be done: "the alarm should have rung". */
  readonly regrets?: readonly string[];
  /** Begins the last words of a document: "thank you", "we apologize". */
  readonly closings?: readonly string[];
  /** All of a label before a remark, which is no work: "see also". */
  readonly remarks?: readonly string[];
  /** All of a label before what came of the work: "result". */
  readonly reports?: readonly string[];
  /** Names kinds of things: "types", "categories", "priority". */
  readonly classes?: readonly string[];
  /** Says what somebody should do: "package maintainers should". */
  readonly duty?: readonly string[];
  /** Those who write: "we", "our team". */
  readonly ours?: readonly string[];
  /** The writers promise: "we will", "we plan to". */
  readonly promise?: readonly string[];
  /** Somebody or something is, has or does something: "the oven works", "a guest proposed". */
  readonly statement?: readonly string[];
  /** Ends a sentence that tells how things are or were, where verbs stand last: "was not tested". */
  readonly tells?: readonly string[];
  /** …which is work all the same: "… should be replaced". */
  readonly instead?: readonly string[];
  /** A verb in the past that begins an entry: "changed". */
  readonly past?: readonly string[];
  /** Words cut short whose dot ends no sentence, where no short word without a vowel: "approx". */
  readonly shortened?: readonly string[];
  /** A whole sentence that tells work as finished: "the keys have been reset", "we have hung a sign". */
  readonly finished?: readonly string[];
}

/** How a language is told: by its letters alone, or by its commonest words. */
export interface Detection {
  /** Letters no other language has, as the inside of a character class. */
  readonly letters?: string;
  /** Letters beside which those of {@link letters} belong to another language. */
  readonly notBeside?: string;
  /** Small words, frequent in this language and rare in the others, as written, one text. */
  readonly small?: string;
  /** Words of postmortems, each worth several small ones: short documents are mostly headings and table cells. */
  readonly craft?: string;
}

/** Words at the beginning of items, and by which a text is an item or none; as written, capital or small, unless said otherwise. */
export interface ItemWords {
  /** Before an item's own number: "Step 2:". */
  readonly numbered?: readonly string[];
  /** The same in a heading. */
  readonly numberedHeadings?: readonly string[];
  /** What a paragraph calls itself that is an item: "Action item: …". */
  readonly called?: readonly string[];
  /** The same of a bullet, wherever it stands: "AI: …" in the notes of a meeting. */
  readonly calledOutright?: readonly string[];
  /** Between who does it and the work: "to" in "@ana to …". */
  readonly promises?: readonly string[];
  /** The same behind a mention alone, in languages whose nouns look like names: "@ana wird …". */
  readonly mentionPromises?: readonly string[];
  /** First words of what is no name, though "to" stands behind it: "we". */
  readonly notNames?: readonly string[];
  /** How authors call themselves as the owner of an item: "me". */
  readonly self?: readonly string[];
  /** Names of columns for work that before an item's text are part of the work: "Fix: …"; comparable, beginnings. */
  readonly partsOfWork?: readonly string[];
  /** Headings that name work by a noun: "Removal of the old flag"; comparable, beginnings. */
  readonly nominal?: readonly string[];
  /** First words of a text that ends in a colon and says only when or for what: "When we deploy:". */
  readonly clauses?: readonly string[];
  /** All of a text that only points at other items: "same as above"; comparable. */
  readonly notes?: readonly string[];
  /** Names of columns that in running text are everyday words: "who"; comparable, whole. */
  readonly everyday?: readonly string[];
  /** Words before a sentence by which a text counts its promises: "First", "Second", "Finally"; as written. */
  readonly counts?: readonly string[];
  /** Columns that hold nothing but work, wherever their table stands; comparable, first words. */
  readonly workColumns?: readonly string[];
  /** Columns for a date that tell when the work was done, beside one for when it is due; comparable, beginnings. */
  readonly finishedColumns?: readonly string[];
}

/** By what owners are told; as written, capital or small, unless said otherwise. */
export interface OwnerWords {
  /** All of an owner that is none: "nobody", "TBD"; comparable. */
  readonly nobody?: readonly string[];
  /** Before those whom advice is for, who own nothing: "for" in "For developers". */
  readonly audience?: readonly string[];
  /** Before or behind owners, saying only that they do it with one another: "together". */
  readonly together?: readonly string[];
  /** Small words within a name: "van". */
  readonly particles?: readonly string[];
  /** Before an owner behind an item's text: "assigned to". */
  readonly assigned?: readonly string[];
  /** Before somebody who has to do with an item and does not own it: "reviewer". */
  readonly others?: readonly string[];
  /** Small words before somebody whom a sentence speaks of: "with"; as written. */
  readonly before?: readonly string[];
  /** Before a mention within the work of somebody who has no part in it: "reported by", "via"; as written. */
  readonly bystanders?: readonly string[];
  /** By which what stands behind an item's text is surely a team. */
  readonly sureTeams?: readonly string[];
  /** Between two people mentioned: `@ana and @ben`. */
  readonly betweenMentions?: readonly string[];
}

/** Where else a status stands than in a cell; what words mean is told by `done` and `open`. As written unless said otherwise. */
export interface StatusWords {
  /** In capitals: before an item's text, at the beginning of a heading, anywhere in a cell about something else. */
  readonly shouted?: Readonly<Record<"before" | "heading" | "anywhere", readonly string[]>>;
  /** Before an item's text and a colon: "Done: …". */
  readonly labels?: readonly string[];
  /** Behind a comma at the end of an item's text. */
  readonly last?: readonly string[];
  /** Begins a cell for when work was finished where it was. */
  readonly affirms?: readonly string[];
  /** Behind a word for done, before when or where: "done on Friday"; comparable. */
  readonly behindDone?: readonly string[];
  /** The same in a sentence of its own: "Implemented in `lag.yml`"; comparable. */
  readonly behindDoneAlone?: readonly string[];
  /** Before a word for done in such a sentence; comparable. */
  readonly already?: readonly string[];
}

/** By what priorities are told; as written, capital or small, unless said otherwise. */
export interface PriorityWords {
  /** Before a priority's number: "prio 1". */
  readonly numbered?: readonly string[];
  /** All of a priority: "high". */
  readonly words?: readonly string[];
  /** Behind such a word: "high priority". */
  readonly behind?: readonly string[];
  /** All of a cell without one; comparable. */
  readonly none?: readonly string[];
}

/** Words around a ticket's number or link; as written, capital or small. */
export interface ReferenceWords {
  /** Single words that only say "there": a text made of them is no part of a title. */
  readonly pointers?: readonly string[];
  /** Whole texts that do. */
  readonly pointerTexts?: readonly string[];
  /** Words that lead to the item's own ticket, wherever they stand: "tracked in #12"; normalized, as the next two. */
  readonly tracks?: readonly string[];
  /** What a number may be called: "issue". Set apart it is the item's ticket, in a sentence what the work is about. */
  readonly kinds?: readonly string[];
  /** Last words that need the next, so that a number behind them is part of the sentence: "the bug in #12", "reverts #7". */
  readonly leansOn?: readonly string[];
}

/** By what a form to fill in is told, beside words for a form; as written. */
export interface Forms {
  /** Words of a file name that say nothing of an incident: "postmortem", "new". */
  readonly fileWords?: readonly string[];
  /** A first line that begins with one of them is a form's. */
  readonly openings?: readonly string[];
  /** Titles that stand for a title: "Title of the incident". */
  readonly blankTitles?: readonly string[];
}

/** Texts a form leaves to be filled in; as written. */
export interface Placeholders {
  /** What a form's fields are called, as in `[Owner]`: "owner", "due". */
  readonly fields?: readonly string[];
  /** What an owner or a date may be besides. */
  readonly values?: readonly string[];
  /** What stands before a field's name, with its space: "your ". */
  readonly before?: readonly string[];
  /** What stands behind it: "name" in "owner name". */
  readonly behind?: readonly string[];
  /** What a form's instructions begin with: `[describe …]`. */
  readonly instructions?: readonly string[];
  /** What items are called that say no more: "Action 1". */
  readonly items?: readonly string[];
  /** A second word of such a name: "item" in "Action item 1". */
  readonly itemParts?: readonly string[];
  /** What counts such items, beside digits. */
  readonly numbers?: readonly string[];
  /** All of an item's text: "describe the action here". */
  readonly whole?: readonly string[];
  /** All of a title, with a number at most. */
  readonly titles?: readonly string[];
  /** People mentioned who are none: `@owner`. */
  readonly mentions?: readonly string[];
  /** Says that nobody knows yet, and is no placeholder as an owner or a date: "TBD". */
  readonly undecided?: readonly string[];
  /** The letters by which a date is asked for. */
  readonly date?: { readonly year: string; readonly month: string; readonly day: string };
  /** Dates and times as a line of a form asks for them: `DD.MM`. */
  readonly dates?: readonly string[];
}

/** Facts of the incident that a document states. */
export type IncidentFact = "id" | "title" | "date" | "severity" | "services" | "tags";

/** By what the facts of the incident are found. */
export interface IncidentWords {
  /** Labels, headings and columns that name a fact; whole. */
  readonly labels: Partial<Readonly<Record<IncidentFact, readonly string[]>>>;
  /** What an incident's id begins with: "INC" in `INC-123`; as written, capital or small. */
  readonly ids?: readonly string[];
  /** Words before an incident's number: "incident #12". */
  readonly numbered?: readonly string[];
  /** Words before a severity's number: "sev 1". */
  readonly severities?: readonly string[];
  /** Says that a severity is not stated. */
  readonly unstated?: readonly string[];
  /** Titles that say no more than that there was an incident; whole, a number may follow. */
  readonly titles?: readonly string[];
}

/** What is plainly no work that could be checked off, and no person. */
export interface Wording {
  /** Intentions rather than work, at the beginning of an item: "consider". */
  readonly musings?: readonly string[];
  /** The same at its end, where the verb stands last: "überlegen". */
  readonly musingsAtEnd?: readonly string[];
  /** All of an item, with nothing said of what: "Improve monitoring". */
  readonly allTalk?: readonly string[];
  /** Words for several people: an owner with one of them is a group. */
  readonly groups?: readonly string[];
  /** An owner of one such word is a group: "ops". */
  readonly groupNames?: readonly string[];
  /** An owner that is a place held for one: "unassigned". */
  readonly unassigned?: readonly string[];
}

/** How one item says two tasks. Verbs are such that are hardly ever nouns. */
export type SecondTask =
  | {
      /** Where the verb stands: "add an alert", or "einen Alarm hinzufügen". */
      readonly verb: "first" | "last";
      readonly verbs: readonly string[];
      /** What stands between two tasks: "and", "and also". */
      readonly and: readonly string[];
    }
  | {
      /** An order of its own: what a title begins with, up to the second task. */
      readonly pattern: string;
      /** What stands between two tasks, where a semicolon or an ideographic comma does not: without it no title is looked at. */
      readonly between?: readonly string[];
    };

/** What a column of an action table, or a `Label:` beside an item, holds. */
export type ColumnRole =
  | "title"
  | "detail"
  | "owner"
  | "due"
  | "status"
  | "priority"
  | "ref"
  | "type"
  | "id"
  | "group"
  | "finished"
  | "time"
  | "meaning"
  | "note";

/** Single words, written as one text. */
export const list = (words: string): readonly string[] => words.split(/\s+/);

/** Accents, and the signs behind an emoji that say how it looks. */
const MARKS = /[\u0300-\u036f\ufe0e\ufe0f\u20e3]/g;
const BEYOND_ASCII = /[\u0080-\uffff]/;
const APOSTROPHES = /['’‘`´]/g;
const NOT_WORDS = /[^\p{L}\p{N}\p{M}#%]+/gu;
const NOT_ASCII_WORDS = /[^a-z0-9#%]+/g;

/** Text made comparable: lower case, accents off, apostrophes gone, anything but letters and digits one space. */
export const normalize = remember((text) => {
  const lower = text.toLowerCase();
  if (!BEYOND_ASCII.test(lower)) {
    const bare = lower.includes("'") || lower.includes("`") ? lower.replace(APOSTROPHES, "") : lower;
    return bare.replace(NOT_ASCII_WORDS, " ").trim();
  }
  const marked = withoutTowers(lower).normalize("NFD").replace(MARKS, "").normalize("NFC");
  const plain = marked.replaceAll("ß", "ss").replaceAll("ı", "i");
  return plain.replace(APOSTROPHES, "").replace(NOT_WORDS, " ").trim();
});

/** How many words a text has. Where they stand without spaces, two characters count as one. */
export function countWords(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return normalize(text).split(" ").length + Math.floor(dense / 2);
}
