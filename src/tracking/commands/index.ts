/**
 * The commands that people give in comments on a tracking issue. This is the only list of them: what counts as a command, the answer to
 * `/help` and the table in docs/commands.md are made from it. A new one is a file beside this one, and a line here.
 */
import { type Assign, assign } from "./assign.js";
import { type Done, done } from "./done.js";
import { type Due, due } from "./due.js";
import { type Help, help } from "./help.js";
import { type Mute, mute, type Unmute, unmute } from "./mute.js";
import { type Reopen, reopen } from "./reopen.js";
import { type SameAs, sameAs } from "./same-as.js";
import { type Snooze, snooze } from "./snooze.js";
import { type Split, split } from "./split.js";
import type { Allowed, Command, CommandState, Given, Reading, Refusal, Step, Unclear } from "./types.js";
import { type Unassign, unassign } from "./unassign.js";
import { type Unrelated, unrelated } from "./unrelated.js";
import { type Waive, waive } from "./waive.js";

/** What a command asks for, by its name. */
interface Asks {
  readonly due: Due;
  readonly snooze: Snooze;
  readonly mute: Mute;
  readonly unmute: Unmute;
  readonly assign: Assign;
  readonly unassign: Unassign;
  readonly done: Done;
  readonly waive: Waive;
  readonly reopen: Reopen;
  readonly "same-as": SameAs;
  readonly split: Split;
  readonly unrelated: Unrelated;
  readonly help: Help;
}

export type CommandName = keyof Asks;
export type Request = Asks[CommandName];

/** In the order in which people are told of them. */
export const COMMANDS: { readonly [Name in CommandName]: Command<Asks[Name]> } = {
  due,
  snooze,
  mute,
  unmute,
  assign,
  unassign,
  done,
  waive,
  reopen,
  "same-as": sameAs,
  split,
  unrelated,
  help,
};

export const COMMAND_NAMES = Object.keys(COMMANDS).filter(isCommandName);

/** Whether there is a command of this name, in lower case. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** What a command of this name asks for, or why that cannot be told. */
export const understand = (name: CommandName, rest: string, reading: Reading): Request | Unclear =>
  COMMANDS[name].parse(rest, reading);

/** Whether a command was understood. */
export const isRequest = (asks: Request | Unclear): asks is Request => isCommandName(asks.kind);

/** What one request makes of item and issue, or why it is refused. */
export function perform<Name extends CommandName>(
  step: Step,
  asks: Asks[Name] & { readonly kind: Name },
  given: Given,
  allowed: Allowed,
): Step | { readonly why: Refusal } {
  return COMMANDS[asks.kind].perform(step, asks, given, allowed);
}

/** All that commands kept in an item, out of a marker's item. */
export const restoreState = (told: CommandState): Partial<CommandState> =>
  Object.assign({}, ...COMMAND_NAMES.map((name) => COMMANDS[name].restore?.(told)));
