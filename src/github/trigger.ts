/**
 * A webhook delivery, reduced to what to look at. Pure: nothing of the payload but names and numbers is kept, since the
 * newest state is loaded when the work is done. Most deliveries of a busy organisation come to nothing here.
 */
import type { EmitterWebhookEvent } from "@octokit/webhooks";
import type { Work } from "../jobs/work.js";
import { MARKDOWN_FILE, OPT_OUT_LABEL } from "../policy/matching.js";
import { pullOfCheck } from "../render/check.js";
import { holdsCommands } from "../tracking/commands.js";

/** The events of app.yml; the installation events, and those of check runs, come without being asked for. */
export const EVENTS = [
  "check_run",
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
      if (pull.base.ref !== repository.default_branch) return null;
      const at = { installationId, repositoryId: repository.id, number: pull.number };
      if (payload.action === "closed") return pull.merged === true ? wanted({ kind: "pull", ...at }) : null;
      return asksForCheck(payload) ? wanted({ kind: "check", ...at, again: false }) : null;
    }
    case "check_run": {
      const { check_run: run, repository } = payload;
      const number = payload.action === "rerequested" ? pullOfCheck(run.external_id) : null;
      return number === null
        ? null
        : wanted({ kind: "check", installationId, repositoryId: repository.id, number, again: true });
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
      if (commits.length > 0 && paths.length > 0 && !paths.some(mayMatter)) return null;
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

type PullRequestEvent = Extract<HandledEvent, { name: "pull_request" }>["payload"];

/** Whether what an open pull request would do at its merge may be another than before. */
function asksForCheck(payload: PullRequestEvent): boolean {
  switch (payload.action) {
    case "opened":
    case "reopened":
    case "synchronize":
    case "ready_for_review":
      return true;
    case "edited":
      return payload.changes?.base !== undefined;
    case "labeled":
    case "unlabeled":
      return payload.label?.name === OPT_OUT_LABEL;
    default:
      return false;
  }
}

const mayMatter = (path: string): boolean => MARKDOWN_FILE.test(path) || /follow-through\.yml$/i.test(path);

const ISSUE_ACTIONS: ReadonlySet<string> = new Set([
  "assigned",
  "closed",
  "deleted",
  "edited",
  "reopened",
  "transferred",
  "unassigned",
]);
