/** Issues: list, read, open, change, assign. */
import { answer, issueOf, paged, pagedByCursor, type Query, type Route, repositoryRoute } from "../call.js";
import { assignIssue, canBeAssigned, createIssue, needOpenIssues, updateIssue } from "../changes/issues.js";
import { notFound, refuseUnemulated } from "../errors.js";
import { simpleUser } from "../represent/account.js";
import { issueJson, timelineJson } from "../represent/issue.js";
import type { Account, Issue, Repository, World } from "../world.js";

const READ = [{ issues: "read" }, { pull_requests: "read" }] as const;
const WRITE = [{ issues: "write" }, { pull_requests: "write" }] as const;

type Person = string | { login?: string };

function loginOf(person: Person): string {
  return typeof person === "string" ? person : (person.login ?? "");
}

type LabelInput = string | { name?: string };

function nameOf(label: LabelInput): string {
  return typeof label === "string" ? label : (label.name ?? "");
}

/** `assignees`, or the older `assignee`, which an empty string empties. */
function assigneesFrom(body: { assignees?: Person[]; assignee?: string | null }): string[] | undefined {
  if (body.assignees !== undefined) return body.assignees.map(loginOf);
  if (body.assignee === undefined) return undefined;
  return body.assignee === null || body.assignee === "" ? [] : [body.assignee];
}

type Filter = Query<"issues/list-for-repo">;

/** The issues that a list asks for, in its order; pull requests are among them, as on GitHub. */
function listed(world: World, repository: Repository, query: Filter): Issue[] {
  const { state = "open", sort = "created", direction = "desc" } = query;
  const labels = (query.labels ?? "").split(",").filter((l) => l !== "");
  const since = query.since === undefined ? 0 : Date.parse(query.since);
  const has = (issue: Issue, label: string) => issue.labels.some((l) => l.name.toLowerCase() === label.toLowerCase());
  const matches = (issue: Issue) =>
    (state === "all" || issue.state === state) &&
    issue.updatedAt.getTime() >= since &&
    labels.every((label) => has(issue, label)) &&
    (query.creator === undefined || isBy(issue.user, query.creator)) &&
    assignedTo(issue, query.assignee);
  const isBy = ({ login, type }: Account, creator: string) =>
    login.toLowerCase() === creator.toLowerCase() && (type !== "Bot" || world.creatorFilterKnowsBots);
  const value = (issue: Issue) => {
    if (sort === "updated") return issue.updatedAt.getTime();
    if (sort === "comments") return [...repository.comments.values()].filter((c) => c.issue === issue).length;
    return issue.createdAt.getTime();
  };
  const sign = direction === "asc" ? 1 : -1;
  const order = (a: Issue, b: Issue) => sign * (value(a) - value(b) || a.number - b.number);
  return [...repository.issues.values()].filter(matches).sort(order);
}

function assignedTo(issue: Issue, assignee: string | undefined): boolean {
  if (assignee === undefined) return true;
  if (assignee === "none") return issue.assignees.length === 0;
  if (assignee === "*") return issue.assignees.length > 0;
  return issue.assignees.some((a) => a.login.toLowerCase() === assignee.toLowerCase());
}

function assignableIn(world: World, repository: Repository) {
  return [...world.accounts.values()].filter((a) => canBeAssigned(world, repository, a.login));
}

/** What the emulator has not: milestones, issue types and fields. */
function refuseOthers(body: { milestone?: unknown; type?: unknown; issue_field_values?: unknown }): void {
  const { milestone, type, issue_field_values } = body;
  refuseUnemulated({ milestone, type, issue_field_values });
}

export const issueRoutes: readonly Route[] = [
  repositoryRoute("issues/list-for-repo", READ, (call) => {
    const { milestone, type, mentioned } = call.query;
    refuseUnemulated({ milestone, type, mentioned });
    needOpenIssues(call.repository);
    const page = pagedByCursor(call, listed(call.world, call.repository, call.query));
    return answer(
      200,
      page.map((issue) => issueJson(call.world, call.repository, issue)),
    );
  }),
  repositoryRoute("issues/get", READ, (call) => {
    return answer(200, issueJson(call.world, call.repository, issueOf(call)));
  }),
  repositoryRoute("issues/list-events-for-timeline", READ, (call) =>
    answer(200, paged(call, timelineJson(call.world, call.repository, issueOf(call)))),
  ),
  repositoryRoute("issues/create", [{ issues: "write" }], (call) => {
    const { world, repository, body } = call;
    refuseOthers(body);
    const issue = createIssue(world, repository, world.app.bot, {
      title: String(body.title),
      body: body.body ?? null,
      labels: (body.labels ?? []).map(nameOf),
      assignees: assigneesFrom(body) ?? [],
    });
    const shown = issueJson(world, repository, issue);
    call.headers.location = shown.url;
    return answer(201, shown);
  }),
  repositoryRoute("issues/update", WRITE, (call) => {
    const { world, repository } = call;
    const body = call.body ?? {};
    const issue = issueOf(call);
    refuseOthers(body);
    const assignees = assigneesFrom(body);
    updateIssue(world, repository, issue, world.app.bot, {
      ...(body.title == null ? {} : { title: String(body.title) }),
      ...(body.body === undefined ? {} : { body: body.body }),
      ...(body.state === undefined ? {} : { state: body.state }),
      ...(body.state_reason === undefined ? {} : { stateReason: body.state_reason }),
      ...(body.duplicate_issue_id == null ? {} : { duplicateOf: body.duplicate_issue_id }),
      ...(body.labels === undefined ? {} : { labels: body.labels.map(nameOf) }),
      ...(assignees === undefined ? {} : { assignees }),
    });
    return answer(200, issueJson(world, repository, issue));
  }),
  repositoryRoute("issues/list-assignees", READ, (call) => {
    const page = paged(call, assignableIn(call.world, call.repository));
    return answer(
      200,
      page.map((a) => simpleUser(call.world, a)),
    );
  }),
  repositoryRoute("issues/check-user-can-be-assigned", READ, ({ world, repository, params }) => {
    if (!canBeAssigned(world, repository, params.assignee)) throw notFound();
    return answer(204, undefined);
  }),
  repositoryRoute("issues/add-assignees", WRITE, (call) => {
    const issue = issueOf(call);
    assignIssue(
      call.world,
      call.repository,
      issue,
      call.world.app.bot,
      (call.body?.assignees ?? []).map(loginOf),
      "add",
    );
    return answer(201, issueJson(call.world, call.repository, issue));
  }),
  repositoryRoute("issues/remove-assignees", WRITE, (call) => {
    const issue = issueOf(call);
    assignIssue(call.world, call.repository, issue, call.world.app.bot, call.body?.assignees ?? [], "remove");
    return answer(200, issueJson(call.world, call.repository, issue));
  }),
];
