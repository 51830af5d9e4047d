/**
 * A webhook delivery, reduced to what to look at. Pure: nothing of the payload but names and numbers is kept, since the
 * newest state is loaded when the work is done. Most deliveries of a busy organisation come to nothing here.
 */
import type { EmitterWebhookEvent } from "@octokit/webhooks";
import type { Work } from "../jobs/work.js";
import { holdsCommands } from "../tracking/commands.js";

/** The events of app.yml; the installation events come without being asked for. */
export const EVENTS = [
  "installation",
  "installation_repositories",
  "issue_comment",
  "issues",
  "pull_request",
  "push",
  "repository",
] as const;

export type HandledEvent = EmitterWebhookEvent<(typeof EVENTS)[number]>;

export interface Trigger {
  readonly work: Work;
  /** Whether the work matters only if the issue it names is tracked, which the store knows. */
  readonly onlyIfTracked: boolean;
}

const wanted = (work: Work): Trigger => ({ work, onlyIfTracked: false });

/** What to look at because of a delivery; null where nothing is. `bot`: the App's own login, whose doings are no news. */
export function toTrigger({ name, payload }: HandledEvent, bot: string | null): Trigger | null {
  const installation = "installation" in payload ? payload.installation : undefined;
  if (!installation) return null;
  const installationId = Number(installation.id);
  switch (name) {
    case "installation":
    case "installation_repositories":
    case "repository":
      return wanted({ kind: "installation", installationId });
    case "pull_request": {
      const { pull_request: pull, repository } = payload;
      const relevant =
        payload.action === "closed" && pull.merged === true && pull.base.ref === repository.default_branch;
      if (!relevant) return null;
      return wanted({ kind: "pull", installationId, repositoryId: repository.id, number: pull.number });
    }
    case "push": {
      const { repository, ref, commits } = payload;
      if (ref !== `refs/heads/${repository.default_branch}`) return null;
      const paths = commits.flatMap(({ added, modified, removed }) => [
        ...(added ?? []),
        ...(modified ?? []),
        ...(removed ?? []),
      ]);
      // GitHub leaves the files out of very large pushes; then it is looked, to be safe.
      if (commits.length > 0 && paths.length > 0 && !paths.some((path) => MAY_MATTER.test(path))) return null;
      return wanted({ kind: "sweep", installationId, repositoryId: repository.id });
    }
    case "issues": {
      const { repository, issue, sender } = payload;
      if (!ISSUE_ACTIONS.has(payload.action) || sender.login === bot) return null;
      const work: Work = { kind: "issue", installationId, repositoryId: repository.id, number: issue.number };
      return { work, onlyIfTracked: true };
    }
    case "issue_comment": {
      const { repository, issue, comment } = payload;
      const isNews = payload.action === "created" && !issue.pull_request && comment.user?.type !== "Bot";
      if (!isNews || !holdsCommands(comment.body)) return null;
      const work: Work = { kind: "commands", installationId, repositoryId: repository.id, number: issue.number };
      return { work, onlyIfTracked: true };
    }
  }
}

/** Postmortems are Markdown, and the policy is YAML. */
const MAY_MATTER = /\.(md|mdx|markdown)$|follow-through\.yml$/i;

const ISSUE_ACTIONS: ReadonlySet<string> = new Set([
  "assigned",
  "closed",
  "deleted",
  "edited",
  "reopened",
  "transferred",
  "unassigned",
]);
