/**
 * A webhook delivery, reduced to what to look at. Pure: nothing of the payload but names and numbers is kept, since the
 * newest state is loaded when the work is done. Most deliveries of a busy organisation come to nothing here.
 *
 * A payload is signed, which says who sent it and nothing of its shape; so each field is checked before it is used, and no
 * other, the ones that tell most deliveries apart from news first.
 */
import { z } from "zod";
import type { Work } from "../jobs/work.js";
import { POLICY_FILE } from "../policy/load.js";
import { MARKDOWN_FILE, OPT_OUT_LABEL } from "../policy/matching.js";
import { isGroupCheck, pullOfCheck } from "../render/check.js";
import { commandTexts } from "../tracking/commands/parse.js";
import { pullCommandTexts } from "../tracking/commands/pull.js";

/** The events of app.yml; the installation events, and those of check runs, come without being asked for. */
export const EVENTS = [
  "check_run",
  "installation",
  "installation_repositories",
  "issue_comment",
  "issues",
  "merge_group",
  "pull_request",
  "push",
  "repository",
] as const;

export type EventName = (typeof EVENTS)[number];

export interface Trigger {
  readonly work: Work;
  /** Whether the work matters only if the issue or pull request it names is followed, which the store knows. */
  readonly onlyIfTracked: boolean;
  /** The repository of which it tells that its policy may be another now. */
  readonly policyOf?: number;
}

/** A payload that is not as GitHub describes the event. */
export class InvalidPayload extends Error {
  override readonly name = "InvalidPayload";
}

const wanted = (work: Work): Trigger => ({ work, onlyIfTracked: false });

/**
 * What to look at because of a delivery; null where nothing is. `bot`: the App's own login, whose doings are no news.
 * @throws InvalidPayload where a field that it would go by is missing or cannot be.
 */
export function toTrigger(event: EventName, payload: unknown, bot: string | null): Trigger | null {
  const { installation } = read(ofApp, payload);
  // The webhook of a repository or an organisation, not of an App.
  if (!installation) return null;
  const installationId = installation.id;
  switch (event) {
    case "installation":
    case "installation_repositories":
    case "repository":
      return wanted({ kind: "installation", installationId });
    case "merge_group":
      return ofMergeGroup(payload, installationId);
    case "pull_request":
      return ofPull(payload, installationId);
    case "check_run":
      return ofCheckRun(payload, installationId);
    case "push":
      return ofPush(payload, installationId);
    case "issues":
      return ofIssue(payload, installationId, bot);
    case "issue_comment":
      return ofComment(payload, installationId);
  }
}

/** What a schema says of a payload. Its words name fields by the schema's keys, so nothing of the payload is repeated. */
function read<T>(schema: z.ZodType<T>, payload: unknown): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join(".") || "its body";
  throw new InvalidPayload(`GitHub sends no such payload: ${field} is missing or cannot be.`);
}

/** GitHub's numbers have outgrown 32 bits, and stay far below what a double can count. */
const number = z.int().positive();
/** Far above what GitHub allows for logins, labels and branches. */
const name = z.string().max(1_000);
/** GitHub's comments end at 65,536 characters. */
const text = z.string().max(1_000_000);

const ofApp = z.object({ installation: z.object({ id: number }).nullish() });
const action = z.object({ action: name });
const inRepository = z.object({ repository: z.object({ id: number }) });

const pullHead = z.object({
  action: name,
  repository: z.object({ id: number, default_branch: name }),
  pull_request: z.object({ number, base: z.object({ ref: name }) }),
});
/** Null while GitHub does not know yet. */
const pullMerged = z.object({ pull_request: z.object({ merged: z.boolean().nullable() }) });
const pullChanges = z.object({ changes: z.object({ base: z.object({}).nullish() }).nullish() });
const pullLabel = z.object({ label: z.object({ name }).nullish() });

function ofPull(payload: unknown, installationId: number): Trigger | null {
  const { action, pull_request: pull, repository } = read(pullHead, payload);
  const elsewhere = pull.base.ref !== repository.default_branch;
  const at = { installationId, repositoryId: repository.id, number: pull.number };
  if (action === "closed")
    return !elsewhere && read(pullMerged, payload).pull_request.merged ? wanted({ kind: "pull", ...at }) : null;
  return asksForCheck(action, payload)
    ? wanted({ kind: "check", ...at, rerun: false, ...(elsewhere && { elsewhere }) })
    : null;
}

/** Whether what an open pull request would do at its merge may be another than before. */
function asksForCheck(action: string, payload: unknown): boolean {
  switch (action) {
    case "opened":
    case "reopened":
    case "synchronize":
    case "ready_for_review":
      return true;
    case "edited":
      return read(pullChanges, payload).changes?.base != null;
    case "labeled":
    case "unlabeled":
      return read(pullLabel, payload).label?.name === OPT_OUT_LABEL;
    default:
      return false;
  }
}

/** A commit's name: SHA-1, or SHA-256 where a repository has that. */
const commit = z.string().regex(/^(?:[\da-f]{40}|[\da-f]{64})$/);
const mergeGroup = inRepository.extend({ merge_group: z.object({ head_sha: commit, head_ref: name }) });

function ofMergeGroup(payload: unknown, installationId: number): Trigger | null {
  if (read(action, payload).action !== "checks_requested") return null;
  const { merge_group: group, repository } = read(mergeGroup, payload);
  // gh-readonly-queue/main/pr-42-9ed1…, of several pull requests the last.
  const [, last] = /\/pr-(\d+)-[\da-f]+$/.exec(group.head_ref) ?? [];
  const named = number.safeParse(Number(last));
  return wanted({
    kind: "merge-group",
    installationId,
    repositoryId: repository.id,
    head: group.head_sha,
    pull: named.success ? named.data : null,
    rerun: false,
  });
}

const groupRun = inRepository.extend({ check_run: z.object({ head_sha: commit }) });
const checkRun = inRepository.extend({ check_run: z.object({ external_id: text.nullable() }) });

function ofCheckRun(payload: unknown, installationId: number): Trigger | null {
  if (read(action, payload).action !== "rerequested") return null;
  const { check_run: run, repository } = read(checkRun, payload);
  if (isGroupCheck(run.external_id)) {
    const { head_sha: head } = read(groupRun, payload).check_run;
    return wanted({
      kind: "merge-group",
      installationId,
      repositoryId: repository.id,
      head,
      pull: null,
      rerun: true,
    });
  }
  const named = number.safeParse(pullOfCheck(run.external_id));
  if (!named.success) return null;
  return wanted({
    kind: "check",
    installationId,
    repositoryId: repository.id,
    number: named.data,
    rerun: true,
  });
}

const pushHead = z.object({ ref: name, repository: z.object({ id: number, default_branch: name }) });
const pushAfter = z.object({ after: commit.nullish() });
/** Of a push that changes more, the paths are not kept. */
const MOST_PATHS = 20;
/** Paths are as long as Git takes them, and none is kept. */
const paths = z.array(z.string()).nullish();
const pushCommits = z.object({ commits: z.array(z.object({ added: paths, modified: paths, removed: paths })) });

function ofPush(payload: unknown, installationId: number): Trigger | null {
  const { ref, repository } = read(pushHead, payload);
  if (ref !== `refs/heads/${repository.default_branch}`) return null;
  const { commits } = read(pushCommits, payload);
  const touched = commits.flatMap(({ added, modified, removed }) => [
    ...(added ?? []),
    ...(modified ?? []),
    ...(removed ?? []),
  ]);
  // GitHub leaves the files out of very large pushes; then it is looked, to be safe.
  if (touched.length > 0 && !touched.some(mayMatter)) return null;
  const paths = [...new Set(touched.filter(mayMatter))];
  const { after: head } = read(pushAfter, payload);
  const push = head && paths.length > 0 && paths.length <= MOST_PATHS ? { push: { head, paths } } : {};
  const work: Work = { kind: "sweep", installationId, repositoryId: repository.id, ...push };
  const mayBePolicy = touched.length === 0 || touched.some((path) => POLICY_FILE.test(path));
  return { work, onlyIfTracked: false, ...(mayBePolicy && { policyOf: repository.id }) };
}

const mayMatter = (path: string): boolean => MARKDOWN_FILE.test(path) || POLICY_FILE.test(path);

const issueEvent = inRepository.extend({ issue: z.object({ number }), sender: z.object({ login: name }) });

const ISSUE_ACTIONS: ReadonlySet<string> = new Set([
  "assigned",
  "closed",
  "deleted",
  "edited",
  "reopened",
  "transferred",
  "unassigned",
]);

function ofIssue(payload: unknown, installationId: number, bot: string | null): Trigger | null {
  if (!ISSUE_ACTIONS.has(read(action, payload).action)) return null;
  const { repository, issue, sender } = read(issueEvent, payload);
  if (sender.login === bot) return null;
  const work: Work = { kind: "issue", installationId, repositoryId: repository.id, number: issue.number };
  return { work, onlyIfTracked: true };
}

const commentWords = z.object({
  issue: z.object({ pull_request: z.object({}).nullish() }),
  comment: z.object({ body: text }),
});
/** The user is null where the account is gone. */
const commentPlace = inRepository.extend({
  issue: z.object({ number }),
  comment: z.object({ user: z.object({ type: name }).nullable(), author_association: name.nullish() }),
});
const commentChange = z.object({ changes: z.object({ body: z.object({ from: text }).nullish() }).nullish() });
const commentEdit = z.object({
  changes: z.object({ body: z.object({ from: text }).nullish() }),
  comment: z.object({ id: number, updated_at: z.iso.datetime({ offset: true }) }),
  sender: z.object({ login: name }),
});

function ofComment(payload: unknown, installationId: number): Trigger | null {
  const { action: what } = read(action, payload);
  if (what !== "created" && what !== "edited") return null;
  const { issue, comment } = read(commentWords, payload);
  const kind = issue.pull_request != null ? "pull-commands" : "commands";
  const asked = ASKED[kind](comment.body);
  // What was edited into what asks for nothing may have been answered.
  const asking = what === "edited" ? (read(commentChange, payload).changes?.body?.from ?? "") : comment.body;
  if (asked.length === 0 && ASKED[kind](asking).length === 0) return null;
  const place = read(commentPlace, payload);
  if (place.comment.user?.type === "Bot") return null;
  const isStranger = !INSIDERS.has(place.comment.author_association ?? "MEMBER");
  const at = {
    installationId,
    repositoryId: place.repository.id,
    number: place.issue.number,
    ...(isStranger && { stranger: true as const }),
  };
  if (what === "created") return { work: { kind, ...at }, onlyIfTracked: true };
  const { changes, comment: edited, sender } = read(commentEdit, payload);
  if (!changes.body) return null;
  const asks = ASKED[kind](changes.body.from).join("\n") !== asked.join("\n");
  const edit = { comment: edited.id, at: edited.updated_at, by: sender.login, asks };
  return { work: { kind, ...at, edit }, onlyIfTracked: true };
}

/** Who has a part in a repository. It is no right: somebody else may be assigned. https://docs.github.com/en/graphql/reference/enums#commentauthorassociation */
const INSIDERS: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** What a comment asks for, where it stands: the lines of its commands. */
const ASKED = { commands: commandTexts, "pull-commands": pullCommandTexts } as const;
