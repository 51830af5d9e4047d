/**
 * What a postmortem is compared by: its words, weighted by nothing yet, apart for the title, the cause, the whole text, and what
 * stands in code.
 */
import { tellsCause } from "../postmortem/languages/causes.js";
import { foldAccents, wordOfWork } from "../postmortem/languages/work.js";
import type { Block } from "../postmortem/markdown/block.js";
import { toBlocks } from "../postmortem/markdown/blocks.js";
import type { Rich } from "../postmortem/markdown/rich.js";
import { tame } from "../postmortem/markdown/tame.js";
import { parseMarkdown } from "../postmortem/markdown/tree.js";
import { splitFrontMatter } from "../postmortem/structure/front-matter.js";
import { readIncident } from "../postmortem/structure/incident.js";
import { findSections } from "../postmortem/structure/sections.js";

/** How often each word stands in a text. */
export type Counts = ReadonlyMap<string, number>;

/** The texts of a postmortem that are compared, each by itself. */
export type Field = "title" | "cause" | "whole" | "code";
export const FIELDS: readonly Field[] = ["title", "cause", "whole", "code"];

export interface Profile extends Readonly<Record<Field, Counts>> {
  readonly path: string;
  /** How other postmortems call it: its file's name, its id. */
  readonly names: readonly string[];
}

/** A profile with the text it was read from, in lower case, in which others are named. It is not kept. */
export interface ReadProfile extends Profile {
  readonly text: string;
}

/** Of the words of one text so many are kept, the first: far more than a postmortem has. */
const MOST_WORDS = 2_000;
/** Longer documents are compared by what they begin with. */
const MOST_TEXT = 100_000;

/** A title's words count as often in the whole text. */
const TITLE_WEIGHT = 3;
/** Without a section on the cause, its first words tell what happened. */
const LEAD_WORDS = 120;
const LONGEST_CODE = 60;
const LONGEST_LABEL = 60;
const SHORTEST_NAME = 4;

/** A file called `index` or `readme` has a name that any text may hold; one with a number is called so nowhere else. */
const isName = (name: string): boolean => name.length >= SHORTEST_NAME && /\p{N}/u.test(name);

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;

/** Whether a profile's text holds a name as a whole: `inc-1` does not stand in `inc-12`. */
export function holdsName({ text }: ReadProfile, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1))
    if (!LETTER_OR_NUMBER.test(text.charAt(at - 1)) && !LETTER_OR_NUMBER.test(text.charAt(at + name.length)))
      return true;
  return false;
}

/** Reads a document's profile. Pure; never throws. */
export function profileOf(path: string, text: string): ReadProfile {
  const source = text.slice(0, MOST_TEXT);
  const matter = splitFrontMatter(source);
  const { blocks } = toBlocks(parseMarkdown(tame(matter.body).text), matter.lines);
  const { title, incident } = readIncident(path, matter.data, blocks, findSections(blocks), null);
  const texts = new Texts();
  for (const block of blocks) texts.add(block);
  const titleWords = wordsOf(title ?? "");
  const cause = texts.cause.length > 0 ? texts.cause : texts.lead;
  const name =
    path
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ?? "";
  return {
    path,
    names: [name, incident.id ?? ""].map((one) => one.toLowerCase()).filter(isName),
    text: source.toLowerCase(),
    title: counted(titleWords),
    cause: counted([...titleWords, ...cause.flatMap(wordsOf)]),
    whole: counted([...texts.whole.flatMap(wordsOf), ...Array(TITLE_WEIGHT).fill(titleWords).flat()]),
    code: counted(texts.code),
  };
}

class Texts {
  readonly whole: string[] = [];
  readonly lead: string[] = [];
  readonly cause: string[] = [];
  readonly code: string[] = [];
  #words = 0;
  #ofCause = false;

  add(block: Block): void {
    switch (block.kind) {
      case "heading":
        this.#label(block.text.text);
        this.#take(block.text);
        return;
      case "paragraph": {
        const bold = block.text.spans.find(({ kind, start }) => kind === "strong" && start === 0);
        if (bold && bold.end < LONGEST_LABEL) this.#label(block.text.text.slice(0, bold.end));
        this.#take(block.text);
        return;
      }
      case "list":
        for (const { head, body } of block.items) {
          this.#take(head);
          for (const inner of body) this.add(inner);
        }
        return;
      case "table":
        for (const { cells } of block.rows) {
          const [first] = cells;
          if (first && cells.length > 1 && first.text.length < LONGEST_LABEL && isOfCause(first.text))
            this.#ofCause = true;
          for (const cell of cells) this.#take(cell);
        }
        return;
    }
  }

  #label(text: string): void {
    this.#ofCause = isOfCause(text);
  }

  #take({ text, spans }: Rich): void {
    const plain = text.replace(/https?:\S+/g, " ");
    this.whole.push(plain);
    if (this.#ofCause) this.cause.push(plain);
    if (this.#words < LEAD_WORDS) {
      this.lead.push(plain);
      this.#words += plain.split(/\s+/).length;
    }
    for (const { kind, start, end } of spans) {
      const code = text.slice(start, end).toLowerCase().trim();
      if (kind === "code" && code.length > 2 && code.length < LONGEST_CODE && /\p{L}/u.test(code)) this.code.push(code);
    }
  }
}

const isOfCause = (text: string): boolean =>
  tellsCause(
    foldAccents(text)
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  );

const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_.-]*[\p{L}\p{N}]|\p{L}/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** The words of a text that tell something, `snake_case` and the like whole and in parts; pairs of letters where words are not spaced. */
function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (const [word] of foldAccents(text).matchAll(WORD)) {
    for (const [run] of word.matchAll(UNSPACED))
      for (let at = 0; at + 1 < run.length; at++) found.push(run.slice(at, at + 2));
    for (const spaced of word.replace(UNSPACED, " ").split(" ")) {
      keep(spaced, found);
      if (/[-_.]/.test(spaced)) for (const part of spaced.split(/[-_.]/)) if (part.length > 2) keep(part, found);
    }
  }
  return found;
}

function keep(word: string, found: string[]): void {
  if (word.length < 2 || !/\p{L}/u.test(word)) return;
  const { rank, spelling } = wordOfWork(word);
  if (rank !== "small") found.push(spelling);
}

function counted(words: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const word of words) {
    const count = counts.get(word);
    if (count !== undefined || counts.size < MOST_WORDS) counts.set(word, (count ?? 0) + 1);
  }
  return counts;
}
