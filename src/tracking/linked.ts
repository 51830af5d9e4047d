/**
 * Which issue of its own repository an item links, as the document's readers would be led there: `#12`, `acme/shop#12`, or
 * a link. A link's words do not count, only where it leads: `[#12](https://elsewhere.example/…)` is no issue of ours.
 */
import type { Base } from "./types.js";

/** A repository on the web. */
export interface Here {
  /** The site's root: `https://github.com`, or a GitHub Enterprise Server's with its port, if any. */
  readonly web: string;
  readonly owner: string;
  readonly name: string;
  /** The page at which the document is read; links may be relative to it. */
  readonly page: string;
}

/** GitHub numbers issues from 1, without leading zeros. */
const NUMBER = "([1-9]\\d{0,9})";
const SHORT = new RegExp(`^(?:([\\w.-]+/[\\w.-]+))?#${NUMBER}$`);
const PATH = new RegExp(`^/([^/]+/[^/]+)/issues/${NUMBER}/?$`, "i");

/**
 * The number of the issue in this repository that is the item's own ticket; null where it has none, or one elsewhere. An issue that its
 * sentence only speaks of (`a test for the bug in #1`) is other work.
 */
export function linkedIssueNumber(
  { ref, refUrl, refWithin }: Pick<Base, "ref" | "refUrl" | "refWithin">,
  here: Here,
): number | null {
  if (refWithin) return null;
  const link = refUrl ?? (ref !== null && /^https?:\/\//i.test(ref) ? ref : null);
  const [, where, number] = (link === null ? ref?.match(SHORT) : pathHere(link, here)?.match(PATH)) ?? [];
  const isHere = where === undefined || where.toLowerCase() === `${here.owner}/${here.name}`.toLowerCase();
  return number !== undefined && isHere ? Number(number) : null;
}

/**
 * The path a link leads to on this site; null where it leads to another host, however much it looks like this one. Read as
 * browsers read it: https://url.spec.whatwg.org/#concept-basic-url-parser
 */
function pathHere(link: string, { web, page }: Here): string | null {
  if (!URL.canParse(link, page)) return null;
  const [url, site] = [new URL(link, page), new URL(web)];
  const hosts = site.host === "github.com" ? ["github.com", "www.github.com"] : [site.host];
  const isHere =
    hosts.includes(url.host) && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  return isHere ? url.pathname : null;
}
