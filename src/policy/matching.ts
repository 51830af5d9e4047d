/** Which files of a repository are postmortems. */
import picomatch from "picomatch";
import type { Policy } from "./schema.js";

/** A test for paths from the repository's root, as the policy's globs say; letter case is ignored. */
export function postmortemMatcher(policy: Pick<Policy, "postmortems">): (path: string) => boolean {
  const options = { nocase: true, dot: true };
  const included = picomatch(policy.postmortems.include, options);
  const excluded = picomatch(policy.postmortems.exclude, options);
  return (path) => included(path) && !excluded(path);
}
