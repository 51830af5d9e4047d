/** The logins that `/assign` and `/unassign` name. */
import { isLogin } from "../../logins.js";
import { shorten } from "../../text.js";
import type { Given, Unclear } from "./types.js";

/** Each login costs a request; nobody needs more. */
const MOST_LOGINS = 10;
const MAX_SHOWN = 100;

/** How people write themselves. */
const SELF = "me";

/** Logins in lower case, with or without the @; `me` for whoever wrote it; none where nobody is named. */
export function parseLogins(rest: string): readonly string[] | Unclear {
  const logins: string[] = [];
  for (const word of rest.split(/[\s,]+/).filter((text) => text !== "")) {
    const login = word.replace(/^@/, "");
    if (!isLogin(login)) return { kind: "no-login", text: shorten(word, MAX_SHOWN) };
    logins.push(login.toLowerCase());
  }
  return logins.length > MOST_LOGINS ? { kind: "too-many" } : logins;
}

/** Whom a command is about: those it names, or else whoever wrote it. */
export function orAuthor(logins: readonly string[], { author }: Given): readonly string[] {
  const self = author.toLowerCase();
  return logins.length > 0 ? logins.map((login) => (login === SELF ? self : login)) : [self];
}
