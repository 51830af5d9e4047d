/** Sprints by name: "Sprint 42", "next sprint", "Fin del sprint". Only the policy knows when one ends. */
import { perLanguage } from "./lexicon.js";
import type { Parser, Read } from "./types.js";

const PATTERNS = perLanguage(({ words, filler }) => {
  const end = `(?:${words.end})[ -](?:(?:${filler})(?: |(?<=')))*`;
  const edge = `(?:${end}|(?:(?:${filler}) )*)`;
  const unit = `(?:${words.units.sprint})`;
  return {
    next: new RegExp(`^${edge}(?:(?:${words.next}) ${unit}|${unit} (?:${words.next}))(?!\\p{L})`, "u"),
    current: new RegExp(`^${edge}(?:(?:${words.current}) ${unit}|${unit} (?:${words.current}))(?!\\p{L})`, "u"),
    named: new RegExp(`^${edge}(${unit}[ -]#?[\\d.]+[a-z]?)(?![\\p{L}\\d])`, "u"),
    running: new RegExp(`^${end}${unit}(?!\\p{L})`, "u"),
  };
});

const read: Read = (text, { languages, sprints }) => {
  for (const { next, current, named, running } of PATTERNS(languages)) {
    const byName = named.exec(text);
    const match = byName ?? next.exec(text) ?? current.exec(text) ?? running.exec(text);
    if (!match) continue;
    const name = byName?.[1] ?? (next.test(text) ? "next sprint" : "this sprint");
    const date = [match[0], name].map((key) => (Object.hasOwn(sprints, key) ? sprints[key] : undefined)).find(Boolean);
    const length = match[0].length;
    return date ? { length, date } : { length, why: `when ${name} ends is not known to the policy` };
  }
  return null;
};

export const sprint: Parser = {
  gate: { begins: ({ words }) => [`(?:${words.end}|${words.next}|${words.current}|${words.units.sprint})(?!\\p{L})`] },
  read,
};
