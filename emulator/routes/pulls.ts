/** Pull requests: list, read, their files; and the repository itself, with what people may do there. */
import { answer, paged, type Query, type Route, repositoryRoute } from "../call.js";
import { notFound } from "../errors.js";
import { simpleUser } from "../represent/account.js";
import { diffEntry, pullChanges, pullFull, pullSimple } from "../represent/code.js";
import { fullRepository } from "../represent/repository.js";
import type { Issue, Pull, Repository, Role } from "../world.js";

const READ = [{ pull_requests: "read" }] as const;
/** GitHub lists no more files of a pull request than these. */
const MAX_FILES = 3000;

function pullOf(repository: Repository, number: string): { issue: Issue; pull: Pull } {
  const issue = repository.issues.get(Number(number));
  if (!issue?.pull) throw notFound();
  return { issue, pull: issue.pull };
}

function listed(repository: Repository, query: Query<"pulls/list">): { issue: Issue; pull: Pull }[] {
  const { state = "open", sort = "created" } = query;
  const direction = query.direction ?? (sort === "created" ? "desc" : "asc");
  const time = ({ issue }: { issue: Issue }) => (sort === "updated" ? issue.updatedAt : issue.createdAt).getTime();
  const sign = direction === "asc" ? 1 : -1;
  return [...repository.issues.values()]
    .flatMap((issue) => (issue.pull === null ? [] : [{ issue, pull: issue.pull }]))
    .filter(({ issue }) => state === "all" || issue.state === state)
    .filter(({ pull }) => query.base === undefined || pull.base.ref === query.base)
    .filter(
      ({ pull }) => query.head === undefined || `${pull.head.repository.owner.login}:${pull.head.ref}` === query.head,
    )
    .sort((a, b) => sign * (time(a) - time(b) || a.issue.number - b.issue.number));
}

/** The four words of GitHub's older permission field; `role_name` has the finer ones. */
function permissionOf(role: Role | null): string {
  if (role === null) return "none";
  if (role === "maintain") return "write";
  return role === "triage" ? "read" : role;
}

export const pullRoutes: readonly Route[] = [
  repositoryRoute("repos/get", [{ metadata: "read" }], ({ world, repository }) => {
    return answer(200, fullRepository(world, repository));
  }),
  repositoryRoute("repos/get-collaborator-permission-level", [{ metadata: "read" }], (call) => {
    const { world, repository, params } = call;
    const account = world.account(params.username);
    if (account === undefined) throw notFound();
    const role = world.roleIn(repository, account.login) ?? (repository.private ? null : "read");
    const role_name = role ?? "none";
    const user = { ...simpleUser(world, account), role_name };
    return answer(200, { permission: permissionOf(role), role_name, user });
  }),
  repositoryRoute("pulls/list", READ, (call) => {
    const page = paged(call, listed(call.repository, call.query));
    const body = page.map(({ issue, pull }) => pullSimple(call.world, call.repository, issue, pull));
    return answer(200, body);
  }),
  repositoryRoute("pulls/get", READ, ({ world, repository, params }) => {
    const { issue, pull } = pullOf(repository, params.pull_number);
    return answer(200, pullFull(world, repository, issue, pull));
  }),
  repositoryRoute("pulls/list-files", READ, (call) => {
    const { pull } = pullOf(call.repository, call.params.pull_number);
    const files = pullChanges(call.world, pull).slice(0, MAX_FILES);
    const body = paged(call, files).map((f) => diffEntry(call.world, call.repository, pull.head.sha, f));
    return answer(200, body);
  }),
];
