/** GitHub through Octokit: the port for one repository, put together from its parts. */
import { AuthorProblem, OutOfSight } from "../errors.js";
import { checkRuns } from "./check-runs.js";
import { code } from "./code.js";
import { comments } from "./comments.js";
import { Refused } from "./errors.js";
import { toRepository } from "./facts.js";
import { issues } from "./issues.js";
import type { GitHub, Named } from "./port.js";
import { READ, type Sender, send } from "./send.js";

/** The adapter for one repository; `bot`: the App's own login. */
export function octokitGitHub(through: Sender, at: Named, bot: string): GitHub {
  const where = { owner: at.owner, repo: at.name };
  let sent = 0;
  const sender: Sender = {
    ...through,
    repositoryId: at.id,
    async gate(request) {
      await through.gate(request);
      sent++;
    },
  };
  const repository = async () => {
    try {
      const { data } = await send(sender, READ, (octokit) => octokit.rest.repos.get(where));
      return toRepository(data);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.kind === "legal") {
        throw new AuthorProblem(
          "This repository is not available for legal reasons.",
          "Write to GitHub support to learn more.",
        );
      }
      if (error.status !== 403 && error.status !== 404) throw error;
      throw new OutOfSight("The repository cannot be seen", { cause: error });
    }
  };

  return {
    bot,
    sent: () => sent,
    repository,
    ...code(sender, where, repository),
    ...issues(sender, where, bot, repository),
    ...comments(sender, where, bot),
    ...checkRuns(sender, where, bot),
  };
}
