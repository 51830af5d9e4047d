/**
 * Commands on a postmortem's pull request, where they are about all of its documents:
 *
 *   /follow-through open
 *
 * opens what a guard held back;
 *
 *   /unrelated #12
 *
 * no longer names an earlier postmortem beside them. Other lines that begin with a slash are somebody else's.
 */
import { oneLine, shorten } from "../../text.js";
import { type SlashLine, slashLines } from "./slash.js";
import { refsIn, UNRELATED_USAGE } from "./unrelated.js";

export const OPEN_HELD = "/follow-through open";

const WORD = "follow-through";
const DISOWN = "unrelated";
/** What people write for it who go by ear. They are answered, not carried out. */
const ALSO_WRITTEN: ReadonlySet<string> = new Set(["followthrough", "follow-trough"]);
const MAX_TEXT = 100;
/** Of a comment with a great many, the first. */
const MOST_COMMANDS = 20;

/** A command that could not be understood, one line, shortened, and how the one is written that is meant. */
export interface UnclearPullCommand {
  readonly text: string;
  readonly meant: string;
}

/** What a command asks for. `disown`: earlier postmortems, by their numbers, are not named any more. */
export type PullCommand =
  | { readonly kind: "open" }
  | { readonly kind: "disown"; readonly refs: readonly string[] }
  | ({ readonly kind: "unclear" } & UnclearPullCommand);

/** The commands of a comment on a pull request, in order. */
export function parsePullCommands(body: string): PullCommand[] {
  return slashLines(body).flatMap(commandOf).slice(0, MOST_COMMANDS);
}

function commandOf({ word, sign, rest }: SlashLine): PullCommand[] {
  const text = shorten(oneLine(`/${word}${sign} ${rest}`.trim()), MAX_TEXT);
  if (word === DISOWN) {
    const refs = refsIn(rest);
    return [
      refs.length > 0 && sign === "" ? { kind: "disown", refs } : { kind: "unclear", text, meant: UNRELATED_USAGE },
    ];
  }
  if (word !== WORD && !ALSO_WRITTEN.has(word)) return [];
  const isOpen = word === WORD && sign === "" && rest.toLowerCase() === "open";
  return [isOpen ? { kind: "open" } : { kind: "unclear", text, meant: OPEN_HELD }];
}

/** The lines of a comment that are commands, or come near to one, whole. */
export const pullCommandTexts = (body: string): string[] =>
  slashLines(body)
    .filter((line) => commandOf(line).length > 0)
    .map(({ word, sign, rest }) => `/${word}${sign} ${rest}`);

/** Whether a comment holds any, or what comes near to one. */
export const holdsPullCommands = (body: string): boolean => parsePullCommands(body).length > 0;
