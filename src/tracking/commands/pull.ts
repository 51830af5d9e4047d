/**
 * Commands on a postmortem's pull request, where they are about all of its documents:
 *
 *   /follow-through open
 *
 * opens what a guard held back. Other lines that begin with a slash are somebody else's.
 */
import { oneLine, shorten } from "../../text.js";
import { slashLines } from "./slash.js";

export const OPEN_HELD = "/follow-through open";

const WORD = "follow-through";
/** What people write for it who go by ear. They are answered, not carried out. */
const ALSO_WRITTEN: ReadonlySet<string> = new Set(["followthrough", "follow-trough"]);
const MAX_TEXT = 100;
/** Of a comment with a great many, the first. */
const MOST_COMMANDS = 20;

/** `text`: as written, one line, shortened. `asks`: null where it cannot be told. */
export interface PullCommand {
  readonly text: string;
  readonly asks: "open" | null;
}

/** The commands of a comment on a pull request, in order. */
export function parsePullCommands(body: string): PullCommand[] {
  const ours = slashLines(body).filter(({ word }) => word === WORD || ALSO_WRITTEN.has(word));
  return ours.slice(0, MOST_COMMANDS).map(({ word, sign, rest }) => ({
    text: shorten(oneLine(`/${word}${sign} ${rest}`.trim()), MAX_TEXT),
    asks: word === WORD && sign === "" && rest.toLowerCase() === "open" ? "open" : null,
  }));
}

/** Whether a comment holds any, or what comes near to one. */
export const holdsPullCommands = (body: string): boolean => parsePullCommands(body).length > 0;
