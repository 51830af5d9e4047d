/** English words of dates. */
import type { DateWords } from "../date-words.js";

export const EN_DATES: DateWords = {
  months:
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
  weekdays: "sunday sun|monday mon|tuesday tues tue|wednesday weds wed|thursday thurs thur thu|friday fri|saturday sat",
  numbers: "one a an|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
  inCells: { daysOn: "d|t", hour: "h|hrs?|hours?", day: "d", week: "w", month: "mo|mos|mths?" },
  units: {
    day: "days?",
    workday: "(?:working|business|work)[ -]?days?",
    week: "weeks?|wks?",
    month: "months?",
    quarter: "quarters?|qtrs?",
    half: "half(?:[ -]year)?s?",
    year: "years?|yrs?",
    sprint: "sprints?|iterations?",
  },
  ordinals: "first 1st|second 2nd|third 3rd|fourth 4th",
  within: "in|within|over the next|in the next|within the next|the next|next",
  filler: "of the|of|the|in|on|at",
  end: "end|late|close",
  middle: "mid|middle",
  early: "early|beginning|start",
  next: "next|following|coming|upcoming",
  current: "this|current|the current",
  ends: { day: "eod|cob|eob|today", week: "eow", month: "eom", quarter: "eoq", year: "eoy" },
  field:
    "due(?: date| on| by)?|deadline|eta|target date|target completion(?: date)?|completion date|expected (?:date|completion)|expected by",
  strong:
    "target(?:ed|ing)?(?: for)?|(?:scheduled|planned|slated) for|expected(?: by| in)?|no later than|not later than|at the latest",
  weak: "by|until|till|before|no later than",
  events:
    "black friday|cyber monday|christmas|xmas|thanksgiving|easter|new year'?s?(?: eve| day)?|holidays|holiday season|peak season|launch|go-?live|ga|(?:next )?(?:release|launch|deploy(?:ment)?|sprint planning|retro(?:spective)?|audit|incident|rotation)",
  vague:
    "asap|as soon as possible|when possible|tbd|tbc|tba|to be (?:determined|decided|confirmed|agreed|scheduled)|ongoing|on-going|continuous(?:ly)?|continual(?:ly)?|recurring|soon|shortly|immediate(?:ly)?|right away|now|unknown|not set|unscheduled|later|some ?day|eventually|never|backlog|(?:a )?(?:few|several|couple(?: of)?|some) (?:days?|weeks?|months?)|(?:short|medium|mid|long|near)[ -]term",
  done: "done|completed?|finished|fixed|resolved|closed|shipped|deployed|merged|released|implemented|delivered|since|from|as of|started|opened|created|updated",
  nothing: "n\\.?\\/?a\\.?|none|nil|null|no|not applicable",
  dayEndings: "st|nd|rd|th",
  beforeMonth: "of ",
  beforeYear: "of ",
  calendarWeek: "cw|wk|w|calendar week|week no\\.?",
  weekOf: "week (?:of|commencing|beginning|starting|ending)(?: the)?",
  fiscalYear: "fy",
  atMost: "max\\.?|maximum|(?:a )?max(?:imum)? of",
  betweenNumbers: "to",
  fromThen: " from (?:now|today)| (?:after|of|from) (?:the )?(?:incident|postmortem|outage)",
  conditions:
    "if|when|whenever|how|can|able|so that|no|not|never|every|each|any|older|unless|always|sl[ao]s?|respon[ds]\\p{L}*|alerts?|detect\\p{L}*|notif\\p{L}*|last|past|expir\\p{L}*|ret\\p{L}*|once|twice|times",
  near: "tomorrow",
  endOfDay: "(?:eod|cob|eob|(?:by )?end of (?:the )?day|close of business)(?: on)?",
  aroundDay: "eod|cob|eob|end of day|noon|midnight|or (?:sooner|earlier)|at the latest",
  beforeTime: "at ",
  to: "to|through|until",
  goesOn: "to|so|and|or|if|in order|at the latest|at latest",
  is: "is",
  urgent: "asap|as soon",
  closing: "eo[mqyw]|end|asap|as soon|next",
  formerly: "was|were|originally|previously",
  yetToBe: "be|get|and|to",
  windows: {
    immediate: "immediate(?:ly)?|urgent|right away|asap",
    short: "short[ -]?(?:er)?[ -]?term|near[ -]?term|quick wins?",
    medium: "medium[ -]?term|mid[ -]?term|intermediate[ -]term",
    long: "long(?:er)?[ -]?(?:er)?[ -]?term",
  },
  stated: {
    leads: "within|complete[d]? (?:by|in|within)|by |this |next |before |due ",
    units: "h|hours?|days?|weeks?|months?|quarters?|sprints?",
  },
};
