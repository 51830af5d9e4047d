/**
 * The kinds of GitHub's refusals of one request, as far as they make a difference to what is done next. GitHub has no codes for
 * most of them, so its words are read; where the words are not known, the status tells.
 */

export type RefusalKind =
  /** 404: there is no such thing, or the App may not see it. */
  | "missing"
  /** 410: it was deleted. */
  | "gone"
  /** The conversation is locked. https://docs.github.com/en/communities/moderating-comments-and-conversations/locking-conversations */
  | "locked"
  /** Whoever opened it, or owns the repository, has blocked the App. */
  | "blocked"
  /** Comments are limited to some people for a while. https://docs.github.com/en/communities/moderating-comments-and-conversations/limiting-interactions-in-your-repository */
  | "restricted"
  /** An issue takes no more than 2,500 comments. */
  | "full"
  /** Somebody named cannot be assigned; `Refused.values` holds who, where GitHub says so. */
  | "unassignable"
  /** It is there already (a label). */
  | "exists"
  | "too-long"
  /** A list is not told any further: `page` is too high. */
  | "too-far"
  /** GitHub takes it for spam. */
  | "spam"
  /** 451: blocked for legal reasons. */
  | "legal"
  /** 422 of any other kind. */
  | "invalid"
  /** Whatever else GitHub refuses, most likely 403. */
  | "forbidden";

/** The kinds by which a conversation as a whole takes no comment of the App's. */
export const TAKES_NO_COMMENT: ReadonlySet<RefusalKind> = new Set(["locked", "blocked", "restricted", "full"]);

/** One of the `errors` in the body of a 422. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
  /** What GitHub found wrong, where it says so. */
  readonly values: readonly string[];
}

/** The words by which GitHub tells a refusal apart from others of the same status, in the message or in one of the errors. */
const WORDS: readonly (readonly [RegExp, RefusalKind])[] = [
  // https://github.com/renovatebot/renovate/issues/6215; a reaction there: https://github.com/github/gh-aw/issues/15966
  [/\blocked\b/i, "locked"],
  // A comment where the author blocked the App: https://github.com/odoo/runbot/issues/127
  [/user is blocked|has blocked you|blocked from/i, "blocked"],
  [/more than 2,?500 comments/i, "full"],
  [/restricted to|limited the ability|interaction limit/i, "restricted"],
  // https://github.com/singer-io/tap-github/issues/61 and https://github.com/josegonzalez/python-github-backup/issues/429
  [/\bpagination\b/i, "too-far"],
  [/is too long|too large/i, "too-long"],
  [/\bspam/i, "spam"],
];

/** What kind of refusal an answer is. `message`: GitHub's own. */
export function refusalKind(status: number, message: string, errors: readonly FieldError[]): RefusalKind {
  if (status === 404) return "missing";
  if (status === 410) return "gone";
  if (status === 451) return "legal";
  if (errors.some(({ field, code }) => field === "assignees" && code === "invalid")) return "unassignable";
  if (errors.some(({ code }) => code === "already_exists")) return "exists";
  const said = [message, ...errors.map((error) => error.message)].join("\n");
  return WORDS.find(([words]) => words.test(said))?.[1] ?? (status === 422 ? "invalid" : "forbidden");
}

/**
 * Whether GitHub wants to be asked more slowly, which it says of creates in a 422 as well: nothing was made.
 * https://github.com/cli/cli/issues/4801
 */
export const isTooQuick = (status: number, message: string, errors: readonly FieldError[]): boolean =>
  status === 422 &&
  [message, ...errors.map((error) => error.message)].some((said) => /submitted too quickly/i.test(said));

/** The `errors` of a refusal's body, whatever it is: GitHub sends objects, texts, or none. */
export function fieldErrors(body: unknown): FieldError[] {
  if (typeof body !== "object" || body === null || !("errors" in body)) return [];
  const { errors } = body;
  return (Array.isArray(errors) ? errors : [errors]).map(toFieldError);
}

function toFieldError(error: unknown): FieldError {
  if (typeof error !== "object" || error === null) return { field: "", code: "", message: String(error), values: [] };
  const text = (name: string): string => {
    const value = (error as Record<string, unknown>)[name];
    return typeof value === "string" ? value : "";
  };
  const value = "value" in error ? error.value : undefined;
  const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
  return { field: text("field"), code: text("code"), message: text("message"), values };
}
