/**
 * YAML and JSON that others wrote, as data. Both are bounded before they are taken apart: a parser that goes one call deeper
 * for each bracket ends the process at a few thousand of them, and no `catch` sees it.
 */
import { type Document, type ErrorCode, Lexer, LineCounter, type ParsedNode, Parser, parseDocument } from "yaml";

/** Longer texts are not read: none is written by hand. Counted in characters. */
export const MAX_YAML_LENGTH = 65_536;

/** What is nested deeper was made by a machine, or to do harm. */
export const MAX_NESTING = 50;

/** The words and signs of some three thousand settings: more than that costs seconds, since keys are compared pair by pair. */
const MAX_TOKENS = 20_000;

/** Why a text cannot be read; `line` is 1-based, `message` one short sentence without its full stop. */
export interface Fault {
  readonly line: number;
  readonly message: string;
}

/** What a text says, and where in it; or what is wrong, in the order of lines. */
export type ReadYaml =
  | {
      readonly value: unknown;
      readonly document: Document.Parsed<ParsedNode>;
      /** The line of an offset. */
      readonly lineOf: (offset: number) => number;
    }
  | { readonly faults: readonly Fault[] };

const COLON = "a colon stands where it means something else, so put the text into quotes";
const SPACES = "its spaces at the start do not fit, or a bracket before it is not closed";
const OPEN = "a quote or bracket is not closed, or something is missing";
const BESIDE = "something stands there that does not belong there";
const SIGNS = "it uses signs (`&`, `*`, `!`, `%`) that mean something else, so put the text into quotes";

/** What is wrong, for people who do not know the words of YAML; by the parser's codes. */
const FAULTS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: SIGNS,
  BAD_ALIAS: SIGNS,
  BAD_COLLECTION_TYPE: SIGNS,
  BAD_DIRECTIVE: SIGNS,
  BAD_DQ_ESCAPE: "a backslash in quotes means something else, so use single quotes",
  BAD_INDENT: SPACES,
  BAD_PROP_ORDER: SIGNS,
  BAD_SCALAR_START: "a text begins with a sign that means something else, so put it into quotes",
  BLOCK_AS_IMPLICIT_KEY: COLON,
  BLOCK_IN_FLOW: OPEN,
  DUPLICATE_KEY: "the same name stands there twice",
  IMPOSSIBLE: BESIDE,
  KEY_OVER_1024_CHARS: "a name is too long",
  MISSING_CHAR: OPEN,
  MULTILINE_IMPLICIT_KEY: "a line lacks its colon, or its quotes are not closed",
  MULTIPLE_ANCHORS: SIGNS,
  MULTIPLE_DOCS: "a line of three dashes stands in it",
  MULTIPLE_TAGS: SIGNS,
  NON_STRING_KEY: "a name is no text",
  RESOURCE_EXHAUSTION: "it holds more than can be read",
  TAB_AS_INDENT: "a tab stands at its start, where only spaces may",
  TAG_RESOLVE_FAILED: SIGNS,
  UNEXPECTED_TOKEN: BESIDE,
};

/**
 * Reads one YAML document; `value` is null where it is empty. Never throws.
 * @param maxAliases - how often what has an anchor may be repeated: few are honest, many are an attempt to fill the memory
 *   (https://en.wikipedia.org/wiki/Billion_laughs_attack)
 */
export function readYaml(text: string, maxAliases: number): ReadYaml {
  const excess = beyondBounds(text);
  if (excess !== null) return { faults: [excess] };
  const lines = new LineCounter();
  const lineOf = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
    if (document.errors.length > 0) {
      return { faults: document.errors.map(({ pos, code }) => ({ line: lineOf(pos[0]), message: FAULTS[code] })) };
    }
    return { value: document.toJS({ maxAliasCount: maxAliases }) ?? null, document, lineOf };
  } catch (error) {
    return { faults: [{ line: 1, message: error instanceof Error ? error.message : String(error) }] };
  }
}

/**
 * Where a text goes beyond the bounds, or null. The lexer and the parser of the `yaml` package keep a stack of their own, so
 * that any depth can be measured by them; what composes values from their output does not, and is asked only afterwards.
 */
function beyondBounds(text: string): Fault | null {
  if (text.length > MAX_YAML_LENGTH) return { line: 1, message: `it is longer than ${MAX_YAML_LENGTH / 1024} KiB` };
  const parser = new Parser();
  let offset = 0;
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) void _;
    offset += lexeme.length;
    if (parser.stack.length > MAX_NESTING)
      return { line: lineAt(text, offset), message: `it is nested more than ${MAX_NESTING} deep here` };
    if (++tokens > MAX_TOKENS) return { line: lineAt(text, offset), message: "it holds more than can be read" };
  }
  return null;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** A JSON text holds no more lists and objects than this; GitHub's largest deliveries hold a tenth. */
const MAX_CONTAINERS = 500_000;

/**
 * Parses JSON whose depth and number of lists and objects are bounded.
 * @throws SyntaxError for what is no JSON, RangeError for what goes beyond the bounds
 */
export function parseJson(text: string): unknown {
  checkBounds(text);
  return JSON.parse(text);
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 91, 93, 123, 125];

function checkBounds(text: string): void {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > MAX_NESTING) throw new RangeError(`it is nested more than ${MAX_NESTING} deep`);
      if (++containers > MAX_CONTAINERS) throw new RangeError("it holds more than can be read");
    }
  }
}

/** Where the string that opens at `start` closes, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}
