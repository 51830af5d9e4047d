/** The logins that `/assign` and `/unassign` name. */
import { isLogin } from "../../logins.js";
import { shorten } from "../../text.js";
import type { Given, Unclear } from "./types.js";

/** Each login costs a request; nobody needs more. */
const MOST_LOGINS = 10;
const MAX_SHOWN = 100;

/** Logins in lower case; none where nobody is named. */
export function parseLogins(rest: string): readonly string[] | Unclear {
  const logins: string[] = [];
  for (const word of rest.split(/[\s,]+/).filter((text) => text !== "")) {
    const login = word.replace(/^@/, "");
    if (login === word || !isLogin(login)) return { kind: "no-login", text: shorten(word, MAX_SHOWN) };
    logins.push(login.toLowerCase());
  }
  return logins.length > MOST_LOGINS ? { kind: "too-many" } : logins;
}

/** Whom a command is about: those it names, or else whoever wrote it. */
export const orAuthor = (logins: readonly string[], { author }: Given): readonly string[] =>
  logins.length > 0 ? logins : [author.toLowerCase()];
