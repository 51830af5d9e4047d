/** Where things stand on the web. */
import { POLICY_PATH } from "../policy/load.js";
import type { Place, PolicyOrigin, TrackedDocument } from "../tracking/types.js";

/** Makes the links of one repository. */
export interface Links {
  /** A place at the commit where it was read, its line where one is given: a link that never goes stale. */
  permalink(place: Pick<Place, "commit" | "path"> & { readonly line?: number }): string;
  /** The document as it is now, to read and edit. */
  document(document: Pick<TrackedDocument, "path">, line?: number): string;
  issue(number: number): string;
  newestPolicy(line?: number): string;
  /** The policy file of the owner's `.github` repository, which not everybody may open. */
  organisationPolicy(line?: number): string;
  /** Whichever of the two holds; the own one where there is none yet. */
  policyThatHolds(): string;
  /**
   * Where a reference of the document leads, fit for a link; null for what must not be linked. GitHub notes on an issue who
   * links to it, unless the link goes through its redirecting host.
   */
  reference(url: string): string | null;
  /** The issues that carry a label. */
  labelled(label: string): string;
  /** The same in all repositories of the owner. */
  everywhere(label: string): string;
}

/** `web`: the site's root, `https://github.com` or a GitHub Enterprise Server; `policy`: where the policy that holds was found, and its path there. */
export function linksOf(
  web: string,
  repository: { owner: string; name: string; defaultBranch: string },
  policy: PolicyOrigin | null = null,
  policyPath: string = POLICY_PATH,
): Links {
  const root = `${web}/${repository.owner}/${repository.name}`;
  const path = (text: string) => text.split("/").map(encode).join("/");
  const blobIn = (root: string, ref: string, file: string, line?: number) =>
    // `plain=1` shows the source, where a line can be pointed at; the rendered page has none.
    `${root}/blob/${path(ref)}/${path(file)}${line ? `?plain=1#L${line}` : ""}`;
  const blob = (ref: string, file: string, line?: number) => blobIn(root, ref, file, line);
  const newestPolicy = (line?: number) => blob(repository.defaultBranch, policyPath, line);
  const organisationPolicy = (line?: number) => blobIn(`${web}/${repository.owner}/.github`, "HEAD", policyPath, line);
  return {
    permalink: (place) => blob(place.commit, place.path, place.line),
    document: (document, line) => blob(repository.defaultBranch, document.path, line),
    issue: (number) => `${root}/issues/${number}`,
    newestPolicy,
    organisationPolicy,
    policyThatHolds: () => (policy?.kind === "organisation" && !policy.none ? organisationPolicy() : newestPolicy()),
    reference: (url) => referenceTarget(web, url),
    everywhere: (label) => `${web}/issues?q=${encode(`is:issue org:${repository.owner} label:"${label}"`)}`,
    labelled: (label) => `${root}/issues?q=${encode(`is:issue label:"${label}"`)}`,
  };
}

/** Percent-encoded, parentheses too: an odd one would end the link's target in Markdown. Half a character has no encoding. */
const encode = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/[()]/g, (character) =>
    character === "(" ? "%28" : "%29",
  );

const GITHUB = "github.com";

/** Links through it leave no trace on the issue they lead to: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls */
const WITHOUT_TRACE = "redirect.github.com";

/** Longer addresses are not kept whole. */
const MAX_ADDRESS = 500;

function referenceTarget(web: string, url: string): string | null {
  if (url.length > MAX_ADDRESS || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const target = new URL(url);
  if (target.username !== "" || target.password !== "") return null;
  if (target.hostname === GITHUB || target.hostname === `www.${GITHUB}`) target.hostname = WITHOUT_TRACE;
  // A GitHub Enterprise Server has no such host.
  else if (target.host === new URL(web).host) return null;
  return target.href.replace(/[()[\]<>|\\`*_~@]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
