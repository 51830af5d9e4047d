/** For each handled event the payloads that are looked at, and each field of theirs that is read, made wrong in every way. */
import type { EventName } from "../../src/github/trigger.js";

const installation = { id: 3 };
const repository = { id: 10, default_branch: "main" };
const sender = { login: "ada" };
const common = { installation, repository, sender };
const pull = { number: 42, merged: true, base: { ref: "main" } };
const open = { ...pull, merged: false };

const COMMIT = "9ed1".repeat(10);

export interface Sample {
  readonly event: EventName;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Every field that decides, as a path. */
  readonly reads: readonly string[];
}

/** Each is wanted as it stands. */
export const SAMPLES: readonly Sample[] = [
  ...(["installation", "installation_repositories", "repository"] as const).map((event) => ({
    event,
    payload: { installation, action: "created" },
    reads: ["installation", "installation.id"],
  })),
  {
    event: "pull_request",
    payload: { ...common, action: "closed", pull_request: pull },
    reads: [
      ...["installation", "installation.id", "action", "repository", "repository.id", "repository.default_branch"],
      ...["pull_request", "pull_request.number", "pull_request.merged", "pull_request.base", "pull_request.base.ref"],
    ],
  },
  {
    event: "pull_request",
    payload: { ...common, action: "edited", pull_request: open, changes: { base: { ref: { from: "x" } } } },
    reads: ["changes", "changes.base"],
  },
  {
    event: "pull_request",
    payload: { ...common, action: "labeled", pull_request: open, label: { name: "no-follow-through" } },
    reads: ["label", "label.name"],
  },
  {
    event: "check_run",
    payload: { ...common, action: "rerequested", check_run: { external_id: "42:0123456789abcdef" } },
    reads: ["installation", "action", "repository", "repository.id", "check_run", "check_run.external_id"],
  },
  {
    event: "check_run",
    payload: {
      ...common,
      action: "rerequested",
      check_run: { external_id: "group:0123456789abcdef", head_sha: COMMIT },
    },
    reads: ["check_run.head_sha"],
  },
  {
    event: "merge_group",
    payload: {
      ...common,
      action: "checks_requested",
      merge_group: { head_sha: COMMIT, head_ref: `refs/heads/gh-readonly-queue/main/pr-42-${COMMIT}` },
    },
    reads: [...["installation", "action", "repository", "repository.id"], ...["merge_group", "merge_group.head_sha"]],
  },
  {
    event: "push",
    payload: { ...common, ref: "refs/heads/main", commits: [{ added: ["a.md"], modified: [], removed: [] }] },
    reads: [
      ...["installation", "repository", "repository.id", "repository.default_branch", "ref"],
      ...["commits", "commits.0", "commits.0.added", "commits.0.added.0"],
    ],
  },
  {
    event: "issues",
    payload: { ...common, action: "closed", issue: { number: 7 } },
    reads: ["installation", "action", "repository", "repository.id", "issue", "issue.number", "sender", "sender.login"],
  },
  {
    event: "issue_comment",
    payload: {
      ...common,
      action: "created",
      issue: { number: 7 },
      comment: { body: "/done", user: { type: "User" } },
    },
    reads: [
      ...["installation", "action", "repository", "repository.id", "issue", "issue.number"],
      ...["comment", "comment.body", "comment.user", "comment.user.type"],
    ],
  },
  {
    event: "issue_comment",
    payload: {
      ...common,
      action: "edited",
      issue: { number: 7 },
      comment: { id: 5, body: "/done", user: { type: "User" }, updated_at: "2024-09-20T09:00:00Z" },
      changes: { body: { from: "Soon." } },
    },
    reads: ["comment.id", "comment.updated_at", "sender", "sender.login", "changes", "changes.body.from"],
  },
];

const WRONG: Readonly<Record<string, unknown>> = {
  missing: undefined,
  null: null,
  "a word": "wrong",
  "a number": 5.5,
  zero: 0,
  negative: -1,
  huge: 1e308,
  "beyond a double": Number.MAX_SAFE_INTEGER + 1,
  "a long text": "x".repeat(2_000_000),
  yes: true,
  "an array": [],
  "an array in an array": [[["x"]]],
  "an object": {},
  "an object like an array": { length: 3, 0: "a.md" },
};

/**
 * What is right all the same, and wanted: the account of a comment is gone; a push of commits without files, or to a branch with
 * no word of its commits.
 */
const RIGHT: ReadonlySet<string> = new Set([
  "comment.user null",
  "commits an array",
  "commits.0 missing",
  "commits.0.added.0 missing",
  "commits.0 an object",
  "commits.0.added missing",
  "commits.0.added null",
  "commits.0.added an array",
  "commits.0 an object like an array",
  "changes.body.from a word",
  "changes.base an object",
  "changes.base an object like an array",
  "pull_request.merged yes",
  "sender.login a word",
  "comment.user.type a word",
]);

export interface Wrong {
  /** Such as `pull_request: pull_request.number huge`. */
  readonly name: string;
  readonly event: EventName;
  readonly payload: unknown;
  readonly right: boolean;
}

/** Every sample with every field of it made wrong in every way. */
export function wrongPayloads(samples: readonly Sample[] = SAMPLES): Wrong[] {
  return samples.flatMap(({ event, payload, reads }) =>
    reads.flatMap((path) =>
      Object.entries(WRONG).map(([how, value]) => ({
        name: `${event}: ${path} ${how}`,
        event,
        payload: withValue(payload, path.split("."), value),
        right: RIGHT.has(`${path} ${how}`),
      })),
    ),
  );
}

function withValue(whole: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(whole))
    return whole.flatMap((one, index) => {
      if (String(index) !== key) return [one];
      if (rest.length > 0) return [withValue(one, rest, value)];
      return value === undefined ? [] : [value];
    });
  const copy: Record<string, unknown> = { ...(whole as object) };
  if (rest.length > 0) copy[key] = withValue(copy[key], rest, value);
  else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}
