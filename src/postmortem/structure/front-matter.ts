/** The front matter of a document, as data and never as code: YAML, JSON behind `---json`, or the plain lines of TOML. */
import { type Fault, MAX_YAML_LENGTH, parseJson, readYaml } from "../../data.js";

export interface FrontMatter {
  /** Its values; empty where there is none or it cannot be read. */
  readonly data: Data;
  /** The document without it. */
  readonly body: string;
  /** How many lines it took, so that the body's lines can be told. */
  readonly lines: number;
  readonly fault: { readonly kind: "code" | "broken"; readonly line: number; readonly message: string } | null;
}

type Data = Readonly<Record<string, unknown>>;

/** Few aliases are honest. */
const MAX_ALIASES = 20;

/** Of the first line no more is looked at: it names a language at most. */
const MAX_OPENING = 200;

const CODE = /^(?:js|javascript|node|jsx?|mjs|cjs|ts|typescript|coffee|coffeescript|cson)$/i;
const CLOSING = /\n---[ \t]*(?:\n|$)/g;
const TOML = /^\+\+\+[ \t]*\n([\s\S]{0,65536}?)\n\+\+\+[ \t]*(?:\n|$)/;

/** Splits front matter off. `source` has `\n` line ends and no byte order mark. */
export function splitFrontMatter(source: string): FrontMatter {
  const toml = TOML.exec(source);
  if (toml !== null) return split(source, toml[0].length, readToml(toml[1] ?? ""), null);
  const language = languageOf(source);
  if (language === null) return none(source);
  const start = source.indexOf("\n") + 1;
  CLOSING.lastIndex = start - 1;
  const close = CLOSING.exec(source);
  if (close === null) return none(source);
  const end = close.index + close[0].length;
  const text = source.slice(start, Math.max(start, close.index));
  if (CODE.test(language)) {
    return split(
      source,
      end,
      {},
      { kind: "code", line: 1, message: "The front matter carries code, which is never run." },
    );
  }
  // A document may begin with a rule: then a heading or an empty line follows, and that is no front matter.
  if (language === "" && /^\s*(?:\n|#{1,6} )/.test(text)) return none(source);
  const read = readData(text, language);
  if ("data" in read) return split(source, end, read.data, null);
  const message = `The front matter cannot be read: ${read.message}.`;
  return split(source, end, readLines(text), { kind: "broken", line: 1 + read.line, message });
}

/** What follows the three dashes on the first line, `json` say; null where the document does not begin with such a line. */
function languageOf(source: string): string | null {
  if (!source.startsWith("---")) return null;
  const end = source.indexOf("\n");
  if (end < 0 || end > MAX_OPENING || source[3] === "-") return null;
  return source.slice(3, end).trim().toLowerCase();
}

/** The values of front matter, or the first thing that is wrong with it; lines are those of `text`. */
function readData(text: string, language: string): { readonly data: Data } | Fault {
  if (text.length > MAX_YAML_LENGTH) return { line: 0, message: `it is longer than ${MAX_YAML_LENGTH / 1024} KiB` };
  if (language === "json") return readJson(text);
  if (language !== "" && language !== "yaml" && language !== "yml") {
    return { line: 0, message: "words stand behind its dashes" };
  }
  const read = readYaml(text, MAX_ALIASES);
  if (!("faults" in read)) return { data: objectOf(read.value) };
  return read.faults[0] ?? { line: 0, message: "it is no YAML" };
}

/** Of broken front matter each line that is whole by itself: a colon in the title costs neither the date nor an opt-out beside it. */
function readLines(text: string): Data {
  const data: Record<string, unknown> = Object.create(null);
  for (const line of text.slice(0, MAX_YAML_LENGTH).split("\n").slice(0, MAX_LINES)) {
    const [, key, value = ""] = /^([\w-]{1,60}):\s(.*)$/.exec(line) ?? [];
    if (key === undefined || key in data) continue;
    const read = readYaml(value, 0);
    data[key] = "faults" in read || read.value === null ? value.trim() : read.value;
  }
  return data;
}

/** Front matter has no more lines of facts. */
const MAX_LINES = 100;

function readJson(text: string): { readonly data: Data } | Fault {
  try {
    return { data: objectOf(parseJson(text)) };
  } catch (error) {
    return { line: 0, message: error instanceof Error ? error.message : String(error) };
  }
}

const objectOf = (value: unknown): Data => (typeof value === "object" && value !== null ? { ...value } : {});

/** The `key = "value"` lines of TOML, which is all that an incident's facts need. */
function readToml(text: string): Record<string, unknown> {
  const data: Record<string, unknown> = Object.create(null);
  for (const line of text.split("\n")) {
    if (line.startsWith("[")) break;
    const match = /^([\w-]+)\s*=\s*(.+)$/.exec(line.trim());
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const list = /^\[(.*)\]$/.exec(match[2]);
    data[match[1]] = list === null ? unquote(match[2]) : (list[1] ?? "").split(",").map(unquote).filter(Boolean);
  }
  return data;
}

const unquote = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, "$2");

const none = (source: string): FrontMatter => ({ data: {}, body: source, lines: 0, fault: null });

function split(
  source: string,
  end: number,
  data: Readonly<Record<string, unknown>>,
  fault: FrontMatter["fault"],
): FrontMatter {
  let lines = 0;
  for (let at = source.indexOf("\n"); at >= 0 && at < end; at = source.indexOf("\n", at + 1)) lines++;
  return { data, body: source.slice(end), lines, fault };
}
