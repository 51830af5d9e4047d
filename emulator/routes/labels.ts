/** A repository's labels, and those on its issues. */
import { answer, type Body, issueOf, paged, type Route, repositoryRoute } from "../call.js";
import { addLabel, labelIssue, replaceLabels } from "../changes/issues.js";
import { tell } from "../changes/tell.js";
import { notFound, validationFailed } from "../errors.js";
import { labelJson } from "../represent/issue.js";
import type { Issue, Label, Repository, World } from "../world.js";

const READ = [{ issues: "read" }, { pull_requests: "read" }] as const;
const WRITE = [{ issues: "write" }, { pull_requests: "write" }] as const;

function labelOf(repository: Repository, name: string): Label {
  const label = repository.labels.get(name.toLowerCase());
  if (label === undefined) throw notFound();
  return label;
}

/** The many shapes in which GitHub takes labels: names, objects with names, or either under `labels`. */
function namesIn(body: Body<"issues/add-labels"> | Body<"issues/set-labels">): string[] {
  if (body === undefined) return [];
  if (typeof body === "string") return [body];
  const list = Array.isArray(body) ? body : (body.labels ?? []);
  return list.map((label) => (typeof label === "string" ? label : label.name));
}

function labelsJson(world: World, repository: Repository, issue: Issue) {
  return issue.labels.map((label) => labelJson(world, repository, label));
}

export const labelRoutes: readonly Route[] = [
  repositoryRoute("issues/list-labels-for-repo", READ, (call) => {
    const page = paged(call, [...call.repository.labels.values()]);
    return answer(
      200,
      page.map((label) => labelJson(call.world, call.repository, label)),
    );
  }),
  repositoryRoute("issues/get-label", READ, ({ world, repository, params }) => {
    return answer(200, labelJson(world, repository, labelOf(repository, params.name)));
  }),
  repositoryRoute("issues/create-label", WRITE, ({ world, repository, body }) => {
    if (repository.labels.has(body.name.toLowerCase())) {
      throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
    }
    return answer(201, labelJson(world, repository, addLabel(world, repository, world.app.bot, body)));
  }),
  repositoryRoute("issues/update-label", WRITE, ({ world, repository, params, body = {} }) => {
    const label = labelOf(repository, params.name);
    const name = body.new_name ?? label.name;
    repository.labels.delete(label.name.toLowerCase());
    repository.labels.set(name.toLowerCase(), label);
    Object.assign(label, {
      name,
      color: body.color ?? label.color,
      description: body.description ?? label.description,
    });
    const shown = labelJson(world, repository, label);
    tell(world, repository, world.app.bot, "label", "edited", { label: shown, changes: {} });
    return answer(200, shown);
  }),
  repositoryRoute("issues/list-labels-on-issue", READ, (call) => {
    const page = paged(call, issueOf(call).labels);
    return answer(
      200,
      page.map((label) => labelJson(call.world, call.repository, label)),
    );
  }),
  repositoryRoute("issues/add-labels", WRITE, (call) => {
    const issue = issueOf(call);
    labelIssue(call.world, call.repository, issue, call.world.app.bot, namesIn(call.body), "add");
    return answer(200, labelsJson(call.world, call.repository, issue));
  }),
  repositoryRoute("issues/set-labels", WRITE, (call) => {
    const issue = issueOf(call);
    labelIssue(call.world, call.repository, issue, call.world.app.bot, namesIn(call.body), "set");
    return answer(200, labelsJson(call.world, call.repository, issue));
  }),
  repositoryRoute("issues/remove-label", WRITE, (call) => {
    const { world, repository, params } = call;
    const issue = issueOf(call);
    const kept = issue.labels.filter((l) => l.name.toLowerCase() !== params.name.toLowerCase());
    if (kept.length === issue.labels.length) throw notFound();
    replaceLabels(world, repository, issue, world.app.bot, kept);
    return answer(200, labelsJson(world, repository, issue));
  }),
];
