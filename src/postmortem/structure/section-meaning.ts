/**
 * What a section's name means where no known phrase says it: "Siguiente paso autorizado", "What is being done to keep it from
 * coming back", "系统加固与改进措施". Each language gives the words (`Meaning`); a name means work to come where one of these rules holds.
 */
import { MEANINGS, MEANS_ANYTHING } from "../languages/index.js";
import type { Condition } from "../trace.js";
import type { SectionKind } from "./section-kind.js";

/** More words are a sentence about something. */
const MAX_WORDS = 12;

type Says = (what: keyof typeof MEANINGS) => boolean;

/** A rule by which words mean a kind of section. */
export interface MeaningRule extends Condition<Says> {
  readonly kind: SectionKind;
}

/** What the words of a name tell together, the first that holds. */
export const MEANING_RULES: readonly MeaningRule[] = [
  {
    name: "addressed-to-readers",
    reason: "its words say what readers and users should do",
    kind: "other",
    holds: (says) => says("readers"),
  },
  {
    name: "asks-what-will-be-done",
    reason: "its words ask or say what will be done about it",
    kind: "followUp",
    holds: (says) => says("pledge"),
  },
  {
    name: "prevents-another",
    reason: "its words speak of keeping it from happening again",
    kind: "prevention",
    holds: (says) => says("prevent") && says("again"),
  },
  {
    name: "work-past",
    reason: "its words speak of work done",
    kind: "taken",
    holds: (says) => says("work") && says("past"),
  },
  {
    name: "work-advised",
    reason: "its words speak of work that is only advised",
    kind: "advice",
    holds: (says) => says("work") && says("advised"),
  },
  {
    name: "work-ahead",
    reason: "its words speak of work to come",
    kind: "followUp",
    holds: (says) => says("work") && says("ahead"),
  },
  {
    name: "work-prevents",
    reason: "its words speak of work that prevents",
    kind: "measures",
    holds: (says) => says("work") && says("prevent"),
  },
];

/** Whether a name is of something beside the work: a checklist for every deploy, a legend, a form. */
export const isAside = (name: string): boolean => MEANINGS.aside.test(name);

/** The rule by which a {@link normalize}d name means something; null where its words say nothing of work. */
export function meaningOf(name: string): MeaningRule | null {
  if (name === "" || !MEANS_ANYTHING.test(name)) return null;
  if (name.split(" ").length > MAX_WORDS || MEANINGS.never.test(name) || isAside(name)) return null;
  const says: Says = (what) => MEANINGS[what].test(name);
  return MEANING_RULES.find((rule) => rule.holds(says)) ?? null;
}
