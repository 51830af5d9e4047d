/** Words of a language stand in its file and nowhere else, and every language in the list has what reading needs of it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { detectLanguages } from "../../src/postmortem/languages/detect.js";
import { LANGUAGE_CODES, LANGUAGES, normalize } from "../../src/postmortem/languages/index.js";
import type { Language } from "../../src/postmortem/languages/types.js";

const SOURCES = "src/postmortem";

/** Patterns of words that no people speak, by the file they stand in. */
const NO_LANGUAGE: Readonly<Record<string, string>> = {
  "due/chrono.ts": "names of chrono's parsers",
  "due/past.ts": "names of chrono's parsers",
  "due/phrase.ts": "time zones",
  "due/plugin.ts": "fields of plugins",
  "items/refine/reference.ts": "parts of trackers' addresses",
  "items/refine/status.ts": "codes of emoji",
  "items/refine/tail.ts": "codes of emoji",
  "markdown/html.ts": "tags and references of HTML",
  "structure/front-matter.ts": "names of programming languages",
  "structure/placeholder.ts": "filler text",
};

/** The code of a file without its comments. */
const codeOf = (file: string): string =>
  readFileSync(`${SOURCES}/${file}`, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");

/** So many letters in a row are a word; fewer are notation, such as the H of H1. */
const WORD = /[a-z]{3,}/i;

/** How addresses begin. */
const ADDRESSES = /https\?|www|mailto/g;

/** The letters that a pattern's source asks for, apart from one another where others stand between. */
const lettersOf = (source: string): string =>
  source
    .replace(ADDRESSES, " ")
    .replace(/\\[pPu]\{?\w+\}?|\\[a-zA-Z]|\(\?<\w+>|\[[^\]]*\]/g, " ")
    .replace(/[^\p{L}]/gu, " ");

/** The patterns written in a file: literals, and whatever text is put together in `new RegExp(…)`. */
function patternsIn(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(`${SOURCES}/${file}`, "utf8"), ts.ScriptTarget.ESNext, true);
  const visit = (node: ts.Node, within: boolean): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text.slice(1, node.text.lastIndexOf("/")));
    else if (
      within &&
      (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    )
      found.push(node.text);
    // What a function within asks for is a name of its own: `"pattern" in tasks`.
    const inside =
      (within && !ts.isArrowFunction(node)) || (ts.isNewExpression(node) && node.expression.getText() === "RegExp");
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(source, false);
  return found;
}

describe("words outside languages/", () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("languages/"));

  it("are looked for in all files", () => expect(files.length).toBeGreaterThan(40));

  it("are none with letters that English does not have", () => {
    const found = files.filter((file) => /[^\P{L}A-Za-z]/u.test(codeOf(file)));
    expect(found).toEqual([]);
  });

  it("are none in patterns", () => {
    const found = files.filter((file) => patternsIn(file).some((pattern) => WORD.test(lettersOf(pattern))));
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
  const { later, joins, numbered, leadsOn, notesToSelf, shouted, ...names } = sections;
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

/** All letters that a pattern's source asks for, as one text. */
const spelling = (source: string): string => source.replace(/\\p\{\w+\}|\\[a-zA-Z]/g, "").replace(/[^\p{L}]/gu, "");

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
    const wrong = comparable(language).filter((source) => normalize(spelling(source)) !== spelling(source));
    expect(wrong).toEqual([]);
  });

  it.skipIf(code === "en")("is told by a fixture of its own", () => {
    expect(detectLanguages(readFileSync(fixture, "utf8"))).toContain(code);
  });
});
