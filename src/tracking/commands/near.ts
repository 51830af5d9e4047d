/**
 * Words that are nearly a command: `/dew`, `/close`, `/done!`. They change nothing, and whoever wrote one is told how the command is
 * written, for a command that is met with silence looks like one that was carried out.
 */
import { COMMAND_NAMES, COMMANDS, type CommandName } from "./index.js";

/** The command that a word, in lower case, comes near to; null where it is none of ours. */
export function nearCommand(word: string): CommandName | null {
  return (
    COMMAND_NAMES.find((name) => COMMANDS[name].alsoCalled?.includes(word)) ??
    COMMAND_NAMES.find((name) => isSlip(word, name)) ??
    null
  );
}

/** Of a longer name, all but its first letter tells it. */
const LONG = 5;

/**
 * The same first letter and, in whatever order, the same other letters but for one that is missing, one too many or another; or the first two
 * the other way round; or a long name whose first letter alone is another, or missing.
 */
function isSlip(word: string, name: string): boolean {
  const [first, second, tail] = [name.charAt(0), name.charAt(1), name.slice(1)];
  if (word === second + first + name.slice(2)) return true;
  if (name.length >= LONG && (word === tail || word.slice(1) === tail)) return true;
  if (word.charAt(0) !== first) return false;
  const left = [...name];
  let strange = 0;
  for (const letter of word) {
    const at = left.indexOf(letter);
    if (at < 0) strange++;
    else left.splice(at, 1);
  }
  return strange <= 1 && left.length <= 1;
}
