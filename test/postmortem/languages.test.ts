/** Words of a language stand in its file and nowhere else, and every language in the list has what reading needs of it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { detectLanguages } from "../../src/postmortem/languages/detect.js";
import { LANGUAGE_CODES, LANGUAGES, normalize } from "../../src/postmortem/languages/index.js";
import type { Language } from "../../src/postmortem/languages/types.js";

const SOURCES = "src/postmortem";

/** Where words of dates still stand. */
const DATES = /^(?:due\/|structure\/section-name\.ts$)/;

/** Lists of words that no people speak. */
const NO_LANGUAGE: Readonly<Record<string, string>> = {
  "items/refine/reference.ts": "parts of trackers' addresses",
  "items/refine/status.ts": "codes of emoji",
  "items/refine/tail.ts": "codes of emoji",
  "markdown/html.ts": "tags and references of HTML",
  "structure/front-matter.ts": "names of programming languages",
};

/** The code of a file without its comments. */
const codeOf = (file: string): string =>
  readFileSync(`${SOURCES}/${file}`, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");

describe("words outside languages/", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("languages/"));

  it("are looked for in all files", () => expect(files.length).toBeGreaterThan(40));

  it("are none with letters that English does not have", () => {
    const found = files.filter((file) => !DATES.test(file) && /[^\P{L}A-Za-z]/u.test(codeOf(file)));
    expect(found).toEqual([]);
  });

  it("are no alternatives of a pattern", () => {
    const found = files.filter((file) => !DATES.test(file) && /[a-z]{2,}\??\|[a-z]{2,}/i.test(codeOf(file)));
    expect(found.toSorted()).toEqual(Object.keys(NO_LANGUAGE));
  });
});

/** All words of a part of a language, however deep they stand. */
function wordsIn(part: unknown): string[] {
  if (typeof part === "string") return [part];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(wordsIn) : [];
}

/** What of a language is matched against normalized text. */
function comparable({ sections, columns, done, open, yes, nothing, types, teams, subjects, verbs, ...rest }: Language) {
  const { later, joins, numbered, leadsOn, ...names } = sections;
  return wordsIn([
    names,
    columns,
    done,
    open,
    yes,
    nothing,
    types,
    teams,
    subjects,
    verbs,
    rest.commits,
    rest.template,
  ]);
}

/** The letters that a pattern's source asks for. */
const lettersOf = (source: string): string => source.replace(/\\p\{\w+\}|\\[a-zA-Z]/g, "").replace(/[^\p{L}]/gu, "");

describe("the list of languages", () => {
  it("has each code once", () => expect(new Set(LANGUAGE_CODES).size).toBe(LANGUAGE_CODES.length));

  it("begins with English, in which headings of all languages are", () => expect(LANGUAGE_CODES[0]).toBe("en"));
});

describe.each(LANGUAGES.map((language) => [language.code, language] as const))("%s", (code, language) => {
  const fixture = `test/fixtures/postmortems/${code}.md`;

  it("is in a file of its name", () => {
    const folder = `${SOURCES}/languages/${code}`;
    expect(existsSync(`${folder}.ts`) || existsSync(`${folder}/index.ts`)).toBe(true);
  });

  it.each([
    ["names of sections with tasks", language.sections.explicit],
    ["names of sections with work to come", language.sections.followUp],
    ["names of sections without work", language.sections.other],
    ["names of timelines", language.sections.chronicle],
    ["columns for the work", language.columns.title],
    ["columns for owners", language.columns.owner],
    ["columns for due dates", language.columns.due],
    ["columns for status", language.columns.status],
    ["words for done", language.done],
    ["words for open", language.open],
    ["words for nothing", language.nothing],
    ["words between owners", language.and],
  ])("has %s", (_, words) => expect(words ?? []).not.toEqual([]));

  it("has sources of patterns only", () => {
    const { detection, ...words } = language;
    for (const source of wordsIn(words)) expect(() => new RegExp(source, "iu"), source).not.toThrow();
  });

  it("has words as normalized text has them where they are held against it", () => {
    const wrong = comparable(language).filter((source) => normalize(lettersOf(source)) !== lettersOf(source));
    expect(wrong).toEqual([]);
  });

  it.skipIf(code === "en")("is told by a fixture of its own", () => {
    expect(detectLanguages(readFileSync(fixture, "utf8"))).toContain(code);
  });
});
