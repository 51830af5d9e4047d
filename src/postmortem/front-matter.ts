/**
 * The front matter of a document, as data and never as code. gray-matter runs `---js` blocks as shipped, so each of its
 * engines is replaced here; YAML is read by the `yaml` package with a limit on aliases.
 */
import matter from "gray-matter";
import { parse as parseYaml } from "yaml";

export interface FrontMatter {
  /** Its values; empty where there is none or it cannot be read. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The document without it. */
  readonly body: string;
  /** How many lines it took, so that the body's lines can be told. */
  readonly lines: number;
  readonly fault: { readonly kind: "code" | "broken"; readonly line: number; readonly message: string } | null;
}

class CodeInFrontMatter extends Error {}

const refuse = (): never => {
  throw new CodeInFrontMatter("Front matter is data here; this one carries code.");
};

/** Longer front matter is not read: none is written by hand, and YAML has its bombs. */
const MAX_LENGTH = 65_536;
const MAX_ALIASES = 20;

const readYaml = (text: string): object => {
  const value: unknown = parseYaml(text, { maxAliasCount: MAX_ALIASES, logLevel: "error", prettyErrors: true });
  return typeof value === "object" && value !== null ? value : {};
};

const readJson = (text: string): object => {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? value : {};
};

const ENGINES = {
  yaml: { parse: readYaml, stringify: refuse },
  json: { parse: readJson, stringify: refuse },
  javascript: { parse: refuse, stringify: refuse },
  js: { parse: refuse, stringify: refuse },
  coffee: { parse: refuse, stringify: refuse },
  coffeescript: { parse: refuse, stringify: refuse },
  cson: { parse: refuse, stringify: refuse },
};

const CODE = /^(?:js|javascript|node|jsx?|mjs|cjs|ts|typescript|coffee|coffeescript|cson)$/i;
const YAML_OPEN = /^---[ \t]*([^\n-][^\n]*)?\n/;
const YAML_CLOSE = /\n---[ \t]*(?:\n|$)/g;
const TOML = /^\+\+\+[ \t]*\n([\s\S]{0,65536}?)\n\+\+\+[ \t]*(?:\n|$)/;

/** Splits front matter off. `source` has `\n` line ends and no byte order mark. */
export function splitFrontMatter(source: string): FrontMatter {
  const toml = TOML.exec(source);
  if (toml !== null) return split(source, toml[0].length, readToml(toml[1] ?? ""), null);
  const open = YAML_OPEN.exec(source);
  if (open === null) return none(source);
  YAML_CLOSE.lastIndex = open[0].length - 1;
  const close = YAML_CLOSE.exec(source);
  if (close === null) return none(source);
  const end = close.index + close[0].length;
  const text = source.slice(open[0].length, close.index);
  const language = open[1]?.trim() ?? "";
  if (CODE.test(language))
    return split(
      source,
      end,
      {},
      { kind: "code", line: 1, message: "The front matter carries code, which is never run." },
    );
  // A document may begin with a rule: then a heading or an empty line follows, and that is no front matter.
  if (language === "" && /^\s*(?:\n|#{1,6} )/.test(text)) return none(source);
  if (end > MAX_LENGTH)
    return split(source, end, {}, { kind: "broken", line: 1, message: "The front matter is too long to be read." });
  return parse(source, end);
}

function parse(source: string, end: number): FrontMatter {
  try {
    const { data } = matter(source.slice(0, end), { language: "yaml", engines: ENGINES });
    return split(source, end, { ...data }, null);
  } catch (error) {
    if (error instanceof CodeInFrontMatter)
      return split(source, end, {}, { kind: "code", line: 1, message: error.message });
    const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    const line = Number(/\bline (\d+)/.exec(message)?.[1] ?? 0) + 1;
    return split(
      source,
      end,
      {},
      { kind: "broken", line, message: `The front matter cannot be read: ${message.replace(/ at line .*$/, "")}.` },
    );
  }
}

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
