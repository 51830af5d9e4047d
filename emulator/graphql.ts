/**
 * The one question of GraphQL that is emulated: which issue an issue was marked as a duplicate of. REST shows that an issue was marked, and
 * not of which. The types are those of https://docs.github.com/en/graphql/reference/objects#markedasduplicateevent
 */
import type { Viewer } from "./call.js";
import { GitHubError, notEmulated } from "./errors.js";
import { fullNameOf, type Issue, type Repository, type World } from "./world.js";

/** Where a GitHub Enterprise Server has GraphQL. */
export const GRAPHQL_PATH = "/api/graphql";

/** What may be asked for; anything else is a violation. */
const KNOWN = new Set(
  `query String Int owner name number repository issue timelineItems last itemTypes MARKED_AS_DUPLICATE_EVENT
  UNMARKED_AS_DUPLICATE_EVENT nodes __typename on MarkedAsDuplicateEvent Issue canonical duplicate state stateReason
  enableDuplicate true closedAt visibility databaseId nameWithOwner`.split(/\s+/),
);

interface Asked {
  query?: unknown;
  variables?: { owner?: unknown; name?: unknown; number?: unknown };
}

/** The answer, which is 200 also where GitHub refuses: then it says why under `errors`. */
export function answerGraphql(world: World, viewer: Viewer, text: string): { status: number; body: unknown } {
  const { query, variables = {} } = asked(text);
  const unknown = [...query.matchAll(/[A-Za-z_]\w*/g)].map(([word]) => word).filter((word) => !KNOWN.has(word));
  if (unknown.length > 0) throw notEmulated(`GraphQL: ${unknown.join(", ")}`);
  if (viewer.kind !== "installation") throw new GitHubError(401, "Requires authentication");
  const repository = world.repository(`${variables.owner}/${variables.name}`);
  if (repository === undefined || !sees(world, viewer, repository)) return refused("repository", ["repository"]);
  const issue = repository.issues.get(Number(variables.number));
  if (issue === undefined || issue.pull !== null) return refused("issue", ["repository", "issue"]);
  const nodes = issue.duplicateOf ? [marked(world, viewer, issue, issue.duplicateOf)] : [];
  return { status: 200, body: { data: { repository: { issue: { timelineItems: { nodes } } } } } };
}

function asked(text: string): Asked & { query: string } {
  const body: Asked = JSON.parse(text);
  if (typeof body.query !== "string")
    throw new GitHubError(400, "A query attribute must be specified and must be a string.");
  return { ...body, query: body.query };
}

/** The event in the duplicate's timeline. What the viewer may not see is null. */
function marked(world: World, viewer: Viewer, duplicate: Issue, canonical: Issue) {
  const home = [...world.repositories.values()].find((each) => each.issues.get(canonical.number) === canonical);
  const shown = home && sees(world, viewer, home) ? issueNode(home, canonical) : null;
  return { __typename: "MarkedAsDuplicateEvent", duplicate: { number: duplicate.number }, canonical: shown };
}

const issueNode = (repository: Repository, issue: Issue) => ({
  __typename: "Issue",
  number: issue.number,
  state: issue.state.toUpperCase(),
  stateReason: issue.stateReason?.toUpperCase() ?? null,
  closedAt: issue.closedAt?.toISOString().replace(/\.\d+Z$/, "Z") ?? null,
  repository: {
    databaseId: repository.id,
    nameWithOwner: fullNameOf(repository),
    visibility: repository.private ? "PRIVATE" : "PUBLIC",
  },
});

function sees(world: World, viewer: Viewer, repository: Repository): boolean {
  if (!repository.private) return true;
  if (viewer.kind !== "installation" || !world.covers(viewer.installation, repository)) return false;
  return viewer.repositories?.has(repository.id) ?? true;
}

function refused(what: string, path: readonly string[]) {
  const errors = [{ type: "NOT_FOUND", path, message: `Could not resolve to a ${what}.` }];
  return { status: 200, body: { data: { repository: path.length > 1 ? { issue: null } : null }, errors } };
}
