/** Which files of a repository are postmortems, and how a pull request asks to be left alone. */
import { globMatcher } from "./glob.js";
import type { Policy } from "./schema.js";

/** The pull request label with which an author opts out. */
export const OPT_OUT_LABEL = "no-follow-through";

/** Postmortems are Markdown. */
export const MARKDOWN_FILE = /\.(md|mdx|markdown)$/i;

/** Paths are part of an index, and PostgreSQL takes no entries of more than 2,700 bytes; nobody's are as long. */
export const MAX_PATH = 800;

/** A test for paths from the repository's root, as the policy's globs say; letter case is ignored. */
export function postmortemMatcher(policy: Pick<Policy, "postmortems">): (path: string) => boolean {
  const included = policy.postmortems.include.map(globMatcher);
  const excluded = policy.postmortems.exclude.map(globMatcher);
  return (path) =>
    path.length <= MAX_PATH && included.some((matches) => matches(path)) && !excluded.some((matches) => matches(path));
}

/**
 * Why the policy takes a path for no postmortem: `not-included`, no glob of `include` matches it; `excluded`, one of `exclude` does. Null
 * where it takes it for one.
 */
export function whyNoPostmortem({
  postmortems,
}: Pick<Policy, "postmortems">): (path: string) => "not-included" | "excluded" | null {
  const isIncluded = postmortemMatcher({ postmortems: { ...postmortems, exclude: [] } });
  const isPostmortem = postmortemMatcher({ postmortems });
  return (path) => (isPostmortem(path) ? null : isIncluded(path) ? "excluded" : "not-included");
}

/** The files that the policy takes for postmortems, of a commit's files: path and blob. */
export function postmortemsAmong(
  files: ReadonlyMap<string, string>,
  policy: Pick<Policy, "postmortems">,
): Record<string, string> {
  const matches = postmortemMatcher(policy);
  return Object.fromEntries([...files].filter(([path]) => matches(path)));
}
