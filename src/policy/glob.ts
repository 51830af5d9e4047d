/**
 * Globs, matched in one pass over the path. A glob becomes a machine of states, and the sets of states it can be in are made
 * as paths ask for them (https://swtch.com/~rsc/regexp/regexp1.html), so that no glob can be made that takes long: a regular
 * expression of ten stars takes minutes for a path that it just misses.
 *
 *   *   any letters within a name      **   any folders, also none      ?   one letter
 *   [a-z]   one of these      [!a-z]   none of these      {a,b}   either      \*   the sign itself
 */

const MAX_LENGTH = 200;
const MAX_STARS = 8;
/** Behind a star each of these doubles the sets of states there can be. */
const MAX_SINGLE = 12;

/** Why a glob is not taken, as one short sentence that says the fix; null where it is. */
export function problemWithGlob(glob: string): string | null {
  if (glob.length > MAX_LENGTH) return `write at most ${MAX_LENGTH} characters, or several globs`;
  if (glob.startsWith("!")) return "write what is to be left alone under postmortems.exclude, without the !";
  if (/[@!+*?]\(/.test(glob)) return "write alternatives as {a,b}, and no ( behind a sign";
  if (glob.includes("[[:")) return "write letters out, like [a-z]";
  if (/\{[^{}]*\.\.[^{}]*\}/.test(glob)) return "write alternatives out, like {1,2,3}";
  if ((glob.match(/\*+/g) ?? []).length > MAX_STARS) return `write at most ${MAX_STARS} stars, or several globs`;
  if ((glob.match(/[?[]/g) ?? []).length > MAX_SINGLE) return `write at most ${MAX_SINGLE} ? and [ ], or a star`;
  return null;
}

/**
 * A test for whole paths from the repository's root, letter case ignored.
 * @param glob - one that {@link problemWithGlob} has nothing against
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const machine = new Machine(new Parser(glob.toLowerCase().replace(DOUBLED, "$1")).read());
  return (path) => machine.accepts(path.toLowerCase());
}

/** Folders below any folders are any folders. */
const DOUBLED = /((?:^|\/)\*\*)(?:\/\*\*)+(?=\/|$)/g;

/** `**.md`: what many write for `**` and `*.md` with a slash between them. */
const ANY_OF_A_KIND = /^\*\*\.\w+$/;

type Letter = (letter: string) => boolean;

/** A part of a glob. `letters`: any number that `accepts`; `optional`: the parts or nothing. */
type Part =
  | { readonly kind: "letter" | "letters"; readonly accepts: Letter }
  | { readonly kind: "either"; readonly branches: readonly (readonly Part[])[] };

const exactly = (sign: string): Part => ({ kind: "letter", accepts: (letter) => letter === sign });
const inName: Letter = (letter) => letter !== "/";
const ANYTHING: Part = { kind: "letters", accepts: () => true };
/** `**` with its slash: any folders before a name, or none; below a folder anything, or the folder itself. */
const FOLDERS: Part = { kind: "either", branches: [[], [ANYTHING, exactly("/")]] };
const BELOW: Part = { kind: "either", branches: [[], [exactly("/"), ANYTHING]] };

/** Takes a glob apart. */
class Parser {
  #at = 0;

  constructor(readonly glob: string) {}

  read(): Part[] {
    return this.#sequence(this.glob.length);
  }

  /** The parts up to `end`. */
  #sequence(end: number): Part[] {
    const parts: Part[] = [];
    while (this.#at < end) parts.push(this.#part(end));
    return parts;
  }

  #part(end: number): Part {
    const { glob } = this;
    const sign = glob.charAt(this.#at++);
    switch (sign) {
      case "\\":
        return exactly(glob.charAt(this.#at++) || "\\");
      case "?":
        return { kind: "letter", accepts: inName };
      case "/":
        if (glob.slice(this.#at) !== "**" || glob[this.#at - 2] === "*") return exactly("/");
        this.#at += 2;
        return BELOW;
      case "*":
        return this.#stars(this.#at - 1);
      case "[":
        return this.#letters() ?? exactly("[");
      case "{":
        return this.#either(end) ?? exactly("{");
      default:
        return exactly(sign);
    }
  }

  /** Two stars that are a whole name stand for folders; any others for letters within one. */
  #stars(start: number): Part {
    const { glob } = this;
    while (glob[this.#at] === "*") this.#at++;
    const whole = this.#at - start === 2 && (start === 0 || "/{,".includes(glob.charAt(start - 1)));
    if (whole && glob[this.#at] === "/") {
      this.#at++;
      return FOLDERS;
    }
    const everything = whole && (this.#at >= glob.length || "},".includes(glob.charAt(this.#at)));
    return everything || ANY_OF_A_KIND.test(glob) ? ANYTHING : { kind: "letters", accepts: inName };
  }

  /** `[a-z_]`, behind its bracket; null where it is never closed. */
  #letters(): Part | null {
    const { glob } = this;
    const not = "!^".includes(glob.charAt(this.#at)) && this.#at < glob.length;
    const from = this.#at + (not ? 1 : 0);
    const end = glob.indexOf("]", from + 1);
    if (end < 0) return null;
    const ranges: [string, string][] = [];
    for (let at = from; at < end; at++) {
      const first = glob.charAt(at);
      const isRange = glob[at + 1] === "-" && at + 2 < end;
      ranges.push([first, isRange ? glob.charAt(at + 2) : first]);
      if (isRange) at += 2;
    }
    this.#at = end + 1;
    const among: Letter = (letter) => ranges.some(([first, last]) => first <= letter && letter <= last);
    return { kind: "letter", accepts: not ? (letter) => inName(letter) && !among(letter) : among };
  }

  /** `{a,b}`, behind its brace; null where it is never closed, or offers no choice. */
  #either(end: number): Part | null {
    const commas: number[] = [];
    let open = 1;
    let at = this.#at;
    for (; at < end && open > 0; at++) {
      const sign = this.glob[at];
      if (sign === "\\") at++;
      else if (sign === "{") open++;
      else if (sign === "}") open--;
      else if (sign === "," && open === 1) commas.push(at);
    }
    if (open > 0 || commas.length === 0) return null;
    const branches = [...commas, at - 1].map((stop) => {
      const parts = this.#sequence(stop);
      this.#at = stop + 1;
      return parts;
    });
    return { kind: "either", branches };
  }
}

/** A state: the letter it waits for, and those that follow; without a letter they follow at once. */
interface State {
  readonly accepts: Letter | null;
  readonly next: number[];
}

/** All the states a machine is in at once. */
interface Standing {
  readonly states: readonly number[];
  readonly done: boolean;
  /** Where each letter leads, by its code unit. */
  readonly next: (Standing | undefined)[];
}

/** Standings are forgotten beyond so many: they are made again where they are needed. */
const MAX_STANDINGS = 5_000;

const DONE = 0;

class Machine {
  readonly #states: State[] = [{ accepts: null, next: [] }];
  readonly #start: readonly number[];
  #standings = new Map<string, Standing>();

  constructor(parts: readonly Part[]) {
    this.#start = this.#reached([this.#build(parts, DONE)]);
  }

  accepts(path: string): boolean {
    let standing = this.#standing(this.#start);
    for (let at = 0; at < path.length && standing.states.length > 0; at++) {
      const code = path.charCodeAt(at);
      let next = standing.next[code];
      if (next === undefined) {
        next = this.#standing(this.#after(standing, path.charAt(at)));
        standing.next[code] = next;
      }
      standing = next;
    }
    return standing.done;
  }

  /** The states for `parts`, which go on to `next`; gives the first of them. */
  #build(parts: readonly Part[], next: number): number {
    let first = next;
    for (const part of [...parts].reverse()) {
      if (part.kind === "letter") first = this.#add(part.accepts, [first]);
      else if (part.kind === "either") {
        const after = first;
        first = this.#add(
          null,
          part.branches.map((branch) => this.#build(branch, after)),
        );
      } else {
        const fork: number[] = [first];
        first = this.#add(null, fork);
        fork.push(this.#add(part.accepts, [first]));
      }
    }
    return first;
  }

  #add(accepts: Letter | null, next: number[]): number {
    this.#states.push({ accepts, next });
    return this.#states.length - 1;
  }

  #after({ states }: Standing, letter: string): readonly number[] {
    const next = states.flatMap((state) => {
      const { accepts, next } = this.#states[state] ?? { accepts: null, next: [] };
      return accepts?.(letter) ? next : [];
    });
    return this.#reached(next);
  }

  /** The states that wait for a letter or are the end, from `states` on, in order. */
  #reached(states: readonly number[]): readonly number[] {
    const seen = new Set<number>();
    const open = [...states];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      if (seen.has(state)) continue;
      seen.add(state);
      const { accepts, next } = this.#states[state] ?? { accepts: null, next: [] };
      if (accepts === null) open.push(...next);
    }
    return [...seen].filter((state) => state === DONE || this.#states[state]?.accepts).sort((a, b) => a - b);
  }

  #standing(states: readonly number[]): Standing {
    const key = states.join();
    const known = this.#standings.get(key);
    if (known !== undefined) return known;
    if (this.#standings.size >= MAX_STANDINGS) this.#standings = new Map();
    const made: Standing = { states, done: states.includes(DONE), next: [] };
    this.#standings.set(key, made);
    return made;
  }
}
