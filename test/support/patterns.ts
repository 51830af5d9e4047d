/** Every regular expression of `src`: those that are written there, and those that are made there from words of languages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

export interface Pattern {
  /** The file, from `src` on, and for one that is written there its line. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));
/** These start something when they are imported. */
const ENTRIES: ReadonlySet<string> = new Set(["main.ts", "cli.ts", join("reading", "child.ts")]);

const files = (): string[] =>
  readdirSync(SRC, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".ts"));

/** The patterns that are written as such. */
export const writtenPatterns = (): Pattern[] => files().flatMap(writtenIn);

function writtenIn(file: string): Pattern[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.push({ where: `${file}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

/**
 * The patterns that are made while all files are imported and `use` runs, each once. To be called before anything of `src` is imported, in a process
 * of its own: `RegExp` is watched meanwhile.
 */
export async function madePatterns(use: () => Promise<void>): Promise<Pattern[]> {
  const found = new Map<string, Pattern>();
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args, newTarget) {
      const made: RegExp = Reflect.construct(target, args, newTarget === globalThis.RegExp ? target : newTarget);
      const file = /[\\/]src[\\/](.+?\.ts)/.exec(new Error().stack?.split("\n")[2] ?? "")?.[1];
      const { source, flags } = made;
      if (file !== undefined) found.set(`/${source}/${flags}`, { where: file, source, flags });
      return made;
    },
  });
  try {
    for (const file of files()) if (!ENTRIES.has(file)) await import(pathToFileURL(join(SRC, file)).href);
    await use();
  } finally {
    globalThis.RegExp = original;
  }
  return [...found.values()];
}
