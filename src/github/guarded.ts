/**
 * A GitHub that is written to only while the work that asks for it still holds its lease: `check` throws where it was lost,
 * since then another worker may be doing the same.
 */
import type { GitHub, GitHubApp } from "./port.js";

/** Wraps every repository's GitHub so that `check` is asked before each write. */
export function guarded(app: GitHubApp, check: () => void): GitHubApp {
  return {
    ...app,
    in: async (installationId, repository) => guardWrites(await app.in(installationId, repository), check),
  };
}

function guardWrites(github: GitHub, check: () => void): GitHub {
  const guard =
    <Arguments extends unknown[], Result>(write: (...input: Arguments) => Promise<Result>) =>
    async (...input: Arguments): Promise<Result> => {
      check();
      return write(...input);
    };
  return {
    ...github,
    createIssue: guard(github.createIssue),
    updateIssue: guard(github.updateIssue),
    ensureLabel: guard(github.ensureLabel),
    createComment: guard(github.createComment),
    updateComment: guard(github.updateComment),
    deleteComment: guard(github.deleteComment),
    approve: guard(github.approve),
    createCheckRun: guard(github.createCheckRun),
    updateCheckRun: guard(github.updateCheckRun),
  };
}
