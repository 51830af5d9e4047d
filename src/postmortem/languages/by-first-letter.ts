/** Many patterns asked of a whole text, of which only those are tried that can begin with its first letter. */

/** The index behind the bracket that closes the one at the start. */
function behindGroup(source: string): number {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "(") depth++;
    else if (source[at] === ")" && --depth === 0) return at + 1;
  }
  return source.length;
}

/** The alternatives of a source, those within its groups left whole. */
function alternatives(source: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "(") at += behindGroup(source.slice(at)) - 1;
    else if (source[at] === "|") {
      found.push(source.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, source.slice(from)];
}

/** The letters a pattern can begin with, as far as its source says so plainly; null where it does not. */
function firstLetters(source: string): readonly string[] | null {
  const all = alternatives(source).map(firstOfOne);
  return all.includes(null) ? null : all.flatMap((letters) => letters ?? []);
}

function firstOfOne(source: string): readonly string[] | null {
  const [letter = ""] = source;
  const isGroup = source.startsWith("(?:");
  if (!isGroup && !/[\p{L}\p{N}]/u.test(letter)) return null;
  const end = isGroup ? behindGroup(source) : letter.length;
  const letters = isGroup ? firstLetters(source.slice(3, end - 1)) : [letter];
  if (letters === null || /^[*{]/.test(source.slice(end))) return null;
  if (source[end] !== "?") return letters;
  const behind = firstOfOne(source.slice(end + 1));
  return behind === null ? null : [...letters, ...behind];
}

/**
 * Matches a text that one of the patterns matches as a whole.
 * @param sources - of patterns
 */
export class ByFirstLetter {
  readonly #anyhow: readonly string[];
  readonly #beginning: ReadonlyMap<string, readonly string[]>;
  readonly #made = new Map<string, RegExp>();

  constructor(sources: readonly string[]) {
    const beginning = new Map<string, string[]>();
    const anyhow: string[] = [];
    for (const source of sources) {
      const letters = firstLetters(source);
      if (letters === null) anyhow.push(source);
      for (const letter of letters ?? []) beginning.set(letter, [...(beginning.get(letter) ?? []), source]);
    }
    this.#anyhow = anyhow;
    this.#beginning = beginning;
  }

  test(text: string): boolean {
    const [letter = ""] = text;
    // One pattern for all letters that nothing begins with.
    const key = this.#beginning.has(letter) ? letter : "";
    let pattern = this.#made.get(key);
    if (pattern === undefined) {
      pattern = new RegExp(`^(?:${[...(this.#beginning.get(key) ?? []), ...this.#anyhow].join("|")})$`, "u");
      this.#made.set(key, pattern);
    }
    return pattern.test(text);
  }
}
