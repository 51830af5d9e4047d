/** No gate refuses what its parser reads. */
import { describe, expect, it } from "vitest";
import { namedDay } from "../../../src/postmortem/due/chrono.js";
import { fold } from "../../../src/postmortem/due/fold.js";
import { mayBegin, PARSERS } from "../../../src/postmortem/due/phrase.js";
import type { DueContext } from "../../../src/postmortem/due/types.js";
import { LANGUAGES } from "../../../src/postmortem/languages/index.js";

/** chrono knows words of its own, such as "last" and "noon", which it is not asked about. */
const OWN_PARSERS = PARSERS.filter((parser) => parser !== namedDay);

/** All texts in a language's words of dates. */
const sourcesIn = (part: unknown): string[] =>
  typeof part === "string"
    ? [part]
    : typeof part === "object" && part !== null
      ? Object.values(part).flatMap(sourcesIn)
      : [];

/** The words of a source, each as short as its pattern allows: `weeks?` is "week". */
const wordsOf = (source: string): string[] =>
  source
    .replace(/\(\?:([^|()]*)[^()]*\)/g, "$1")
    .replace(/\[(.)[^\]]*\]/g, "$1")
    .replace(/.\?|[()\\]|\.\*/g, (found) => (found.endsWith("?") && found !== "?" ? "" : found === "\\" ? "" : found))
    .split(/[| ]/)
    .filter((word) => /^[\p{L}\d.]+$/u.test(word));

describe.each(LANGUAGES.map(({ code, dates }) => [code, dates] as const))("%s", (code, dates) => {
  const context: DueContext = { reference: "2025-09-12", dateOrder: "day-first", sprints: {}, languages: ["en", code] };
  const words = [
    ...new Set([...sourcesIn(dates).flatMap(wordsOf), "q3", "h2", "fy25", "2025", "3", "3.", "25th", "max"]),
  ];
  const beside =
    "months" in dates
      ? [dates.months, dates.weekdays, dates.units.week, dates.units.quarter, dates.units.sprint].flatMap((source) =>
          wordsOf(source).slice(0, 1),
        )
      : sourcesIn([dates.signs, dates.units, dates.stretch]).flatMap((source) => wordsOf(source).slice(0, 1));
  const pairs = words.flatMap((word) =>
    [...beside, "3", "2025"].flatMap((other) =>
      "months" in dates ? [`${word} ${other}`, `${other} ${word}`] : [`${word}${other}`, `3${word}${other}`],
    ),
  );
  const texts = [...words, ...pairs].map(fold);

  it("passes whatever is read", () => {
    let read = 0;
    const refused = texts.filter((text) => {
      const found = OWN_PARSERS.some((parser) => parser.read(text, context, "field") !== null);
      if (found) read++;
      return found && !mayBegin(text, context.languages);
    });
    expect(refused).toEqual([]);
    expect(read).toBeGreaterThan(100);
  });
});
