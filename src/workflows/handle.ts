/** One piece of work, handed to the workflow that knows it. */
import { AuthorProblem, Fatal, OutOfSight } from "../errors.js";
import { Refused } from "../github/errors.js";
import type { Work } from "../jobs/work.js";
import { checkPull } from "./check.js";
import { runCommandsOnIssue } from "./commands.js";
import { postDigest } from "./digest.js";
import { findInstallations, lookAtInstallation } from "./installation.js";
import { lookAtIssue } from "./issue.js";
import { answerMergeGroup } from "./merge-group.js";
import { nudge } from "./nudges.js";
import type { Context } from "./parts/context.js";
import { followPull } from "./pull.js";
import { runCommandsOnPull } from "./pull-commands.js";
import { redeliverFailed } from "./redeliver.js";
import { sweep } from "./sweep.js";
import { tell } from "./tell.js";

/**
 * Does the work. What only a person can fix ends here with a line in the log: trying again would not help.
 * @throws Retryable, Fatal, or whatever else went wrong, for the work list to treat.
 */
export async function handle(context: Context, work: Work): Promise<void> {
  try {
    await dispatch(context, work);
  } catch (error) {
    if (isOutOfSight(error, work)) {
      const installation = { kind: "installation", installationId: work.installationId } as const;
      await context.store.enqueue(installation, context.wall(), { gently: true });
      throw error instanceof OutOfSight ? error : new OutOfSight(refusalWords(error), { cause: error });
    }
    if (error instanceof Refused) throw new Fatal(refusalWords(error), { cause: error });
    if (!(error instanceof AuthorProblem)) throw error;
    const { message, fix } = error;
    context.log.warn(
      { kind: work.kind, installation: work.installationId, problem: message, fix },
      "work cannot be done here",
    );
    // A check stands in nobody's way: that it cannot be written hinders no other work in the repository.
    if (work.kind === "installation" || work.kind === "deliveries") return;
    if (work.kind === "check" || work.kind === "merge-group") return;
    await context.store.changeRepository(work.repositoryId, { obstacle: `${message} ${fix}` });
  }
}

/**
 * Whether GitHub refuses as it does where the App lost its installation or repository: by a 404 that no workflow
 * took for something deleted. The App's own work has neither.
 */
function isOutOfSight(error: unknown, work: Work): error is OutOfSight | Refused {
  if (work.kind === "deliveries") return false;
  return error instanceof OutOfSight || (error instanceof Refused && error.status === 404);
}

const refusalWords = ({ status, message }: Refused): string => `GitHub refused: ${status} ${message}`;

async function dispatch(context: Context, work: Work): Promise<void> {
  switch (work.kind) {
    case "installation":
      return lookAtInstallation(context, work.installationId);
    case "deliveries":
      await findInstallations(context);
      await redeliverFailed(context);
      return;
    case "pull":
      return followPull(context, work);
    case "check":
      return checkPull(context, work);
    case "merge-group":
      return answerMergeGroup(context, work);
    case "issue":
      return lookAtIssue(context, work);
    case "commands":
      return runCommandsOnIssue(context, work);
    case "pull-commands":
      return runCommandsOnPull(context, work);
    case "sweep":
      return sweep(context, work);
    case "nudges":
      await nudge(context, work);
      return;
    case "digest":
      await postDigest(context, work);
      return;
    case "tell":
      return tell(context, work);
  }
}
