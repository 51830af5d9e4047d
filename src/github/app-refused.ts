/** Why GitHub could not be asked anything as the App, in words for an operator: what is wrong, and the fix. */
import { OutOfReach } from "../errors.js";

interface Reason {
  readonly when: RegExp;
  readonly words: string;
  /** Which of what was given is wrong, where one alone is. */
  readonly about?: "id" | "key";
}

/** What the network says, by its codes. https://nodejs.org/api/errors.html#common-system-errors, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNREACHED: readonly Reason[] = [
  {
    when: /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/,
    words: "Its certificate is not trusted here: name its authority with NODE_EXTRA_CA_CERTS",
  },
  {
    when: /ENOTFOUND|EAI_AGAIN/,
    words: "Its name is not known here: check GHE_HOST, and this machine's name service or proxy",
  },
];

/** What GitHub says to an App that it does not let in; it has the status 401 or 404. */
const REFUSED: readonly Reason[] = [
  {
    when: /could not be decoded/i,
    words: "APP_ID and the private key are not of the same App: copy both from its settings page",
    about: "key",
  },
  {
    when: /'(Expiration time|Issued at)' claim/i,
    words: "This machine's clock is too far off: set it by a time server",
  },
  {
    when: /integration not found|not found/i,
    words: "There is no App of this APP_ID: copy it from its settings page",
    about: "id",
  },
  {
    when: /bad credentials|public key/i,
    words: "The private key was deleted there: generate another on the App's settings page",
    about: "key",
  },
  { when: /suspended/i, words: "The App is suspended: ask its owner" },
];

/** Why a request as the App failed. No secret is in what GitHub and the network say. */
export function whyAppRefused(error: unknown): string {
  const said = saidIn(error);
  const find = (reasons: readonly Reason[], otherwise: string) =>
    reasons.find(({ when }) => said.some((text) => when.test(text)))?.words ?? otherwise;
  const quoted = said.at(-1) ?? "unknown";
  return error instanceof OutOfReach
    ? `${error.message} (${quoted}). ${find(UNREACHED, "Check the network, GHE_HOST, proxy and certificates")}`
    : `GitHub does not accept the App: ${quoted}. ${find(REFUSED, "Check APP_ID and the private key")}`;
}

/** What of the credentials GitHub finds wrong, and in words what to do; `about` is null where it is something else. */
export function wrongCredential(error: unknown): { readonly about: "id" | "key" | null; readonly words: string } {
  const said = saidIn(error);
  const reason = error instanceof OutOfReach ? null : REFUSED.find(({ when }) => said.some((text) => when.test(text)));
  return reason ? { about: reason.about ?? null, words: reason.words } : { about: null, words: whyAppRefused(error) };
}

/** All that was said on the way of an error, the first cause last: messages, and codes where there are some. */
function saidIn(error: unknown): string[] {
  const said: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string") said.push(one.code);
    if (one.message !== "") said.push(one.message);
  }
  return said;
}

/** Beyond this GitHub takes what an App signs for expired or for not valid yet. */
const DRIFT_MS = 60_000;

/** What to say of a clock that is so far ahead of GitHub's (below 0: behind it); null where it is near enough. */
export function clockWords(aheadMs: number | null): string | null {
  if (aheadMs === null || Math.abs(aheadMs) < DRIFT_MS) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const amount =
    minutes < 120 ? `${minutes} ${minutes === 1 ? "minute" : "minutes"}` : `${Math.round(minutes / 60)} hours`;
  return `this machine's clock is ${amount} ${aheadMs > 0 ? "ahead of" : "behind"} GitHub's: set it by a time server`;
}
