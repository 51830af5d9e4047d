/** English words by which items and owners are judged. */
import type { Language } from "../types.js";

const THING =
  "monitoring|alerting|alerts?|observability|logging|logs|documentation|docs|testing|tests|test coverage|communication|visibility|reliability|resilience|stability|performance|quality|security|awareness|process(?:es)?|training|onboarding|knowledge(?: sharing)?|tooling|automation|code|the code|things";

/** Verbs that are hardly ever nouns, so that one behind "and" begins another task. */
const VERBS =
  "add|create|write|remove|delete|implement|configure|fix|ensure|investigate|migrate|replace|move|enable|disable|introduce|define|establish|train|reduce|increase|improve|upgrade|automate|update|refactor|deprecate|install|publish|publicise|publicize|evaluate|verify|provision";

export const EN_WORDING: Required<Pick<Language, "wording" | "secondTask">> = {
  wording: {
    musings: [
      "(?:we |the team |someone )?(?:should |could |might |may |need to |must )?(?:maybe |perhaps |possibly )?(?:consider|think (?:about|of|through)|be (?:more )?(?:careful|aware|mindful|cautious)|keep (?:an eye|in mind)|remember (?:to|that)|pay (?:more )?attention|try (?:not )?to|reflect on|contemplate|brainstorm)",
    ],
    allTalk: [
      `(?:generally |overall )?(?:improve|better|enhance|increase|strengthen|more|review|revisit)(?: (?:the|our|overall|general))* (?:${THING})(?: and (?:${THING}))?`,
    ],
    groups: [
      "teams?",
      "squads?",
      "guilds?",
      "tribes?",
      "groups?",
      "crew",
      "dept\\.?",
      "departments?",
      "everyone",
      "everybody",
      "all",
      "engineers",
      "developers",
      "devs",
      "on-?call(?: engineers?)?",
      "vendors?",
      "stakeholders",
      "committee",
    ],
    groupNames: [
      "sre",
      "sres",
      "devops",
      "ops",
      "operations",
      "platform",
      "infra(?:structure)?",
      "security",
      "backend",
      "frontend",
      "support",
      "engineering",
      "eng",
      "qa",
      "data",
      "dba",
      "dbas",
      "noc",
      "it",
      "product",
      "networking",
      "network",
      "mobile",
      "management",
      "leadership",
      "design",
      "legal",
      "marketing",
      "sales",
    ],
    unassigned: [
      "tb[dca]",
      "to be (?:determined|decided|confirmed|assigned)",
      "todo",
      "n\\/?a",
      "none",
      "nobody",
      "no ?one",
      "unassigned",
      "unknown",
      "not assigned",
    ],
  },
  // "Review and update the runbook" is one task: the first verb must have its own object before the second begins.
  secondTask: {
    pattern: `^(?:${VERBS}) (?:\\S+ ){2,}?\\S*?(?<!(?<!\\p{L})(?:${VERBS}))(?:;|,? and(?: also| then)?|,? as well as|\\. (?:Also|Then),?) (?=(?:${VERBS}) (?:an?|the|our|all|any|its|more|new|automatic|\\S+ \\S+))`,
    between: [" (?:and|as well as) ", "\\. (?:also|then)"],
  },
};
