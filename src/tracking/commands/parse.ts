/**
 * Slash commands: what a comment on a tracking issue asks for, one command a line.
 *
 *   /due 2024-10-01 the vendor is late
 *   /snooze 2 weeks
 *   /assign @lisa
 *   /waive the service is switched off in March
 *
 * A command stands at the beginning of a line. What is quoted, code, or hidden in an HTML comment is none, and other
 * lines that begin with a slash are none of ours, unless they come near to one: those are answered.
 */
import { oneLine, shorten } from "../../text.js";
import { COMMANDS, type CommandName, isCommandName, type Request, understand } from "./index.js";
import { nearCommand } from "./near.js";
import { slashLines } from "./slash.js";
import type { Reading, Unclear } from "./types.js";

/** A command as written (one line, shortened), and what it asks for or why that cannot be told. `name`: the one that is meant. */
export interface WrittenCommand {
  readonly name: CommandName;
  readonly text: string;
  readonly asks: Request | Unclear;
}

const MAX_TEXT = 100;
/** Of a comment with a great many, the first: each may cost a request. */
const MOST_COMMANDS = 20;

/** The commands of a comment, in order; of a great many the first. */
export function parseCommands(body: string, reading: Reading): WrittenCommand[] {
  return commandLines(body)
    .slice(0, MOST_COMMANDS)
    .map(({ name, word, rest }) => ({
      name,
      text: shorten(oneLine(`/${word} ${rest}`), MAX_TEXT),
      asks:
        word === name ? understand(name, rest, reading) : { kind: "near-miss", usage: COMMANDS[name].usage[0] ?? name },
    }));
}

/** The lines of a comment that are commands, or come near to one, whole. */
export const commandTexts = (body: string): string[] => commandLines(body).map(({ word, rest }) => `/${word} ${rest}`);

/** Whether a comment holds any command, or what comes near to one, readable or not. */
export function holdsCommands(body: string): boolean {
  return commandLines(body).length > 0;
}

/** `word`: what was written for it, in lower case, with a sign behind it. */
interface CommandLine {
  readonly name: CommandName;
  readonly word: string;
  readonly rest: string;
}

const commandLines = (body: string): CommandLine[] =>
  slashLines(body).flatMap(({ word, sign, rest }) => {
    const name = isCommandName(word) ? word : nearCommand(word);
    return name === null ? [] : [{ name, word: word + sign, rest }];
  });
