/**
 * What a request may reach: the repository in its path, seen and allowed, where it says it is, and not read-only. Refuses in GitHub's
 * way: 404 for what is not to be seen, 403 for what is not to be done, redirects for what has moved.
 */
import type { Need, Route, Services, Viewer } from "./call.js";
import { GitHubError, notAccessible, notFound } from "./errors.js";
import { fullNameOf, type Permissions, type Repository, type World } from "./world.js";

/** Below the origin, where the API begins. */
export const PREFIX = "/api/v3";

/** What of a request decides over access. */
export interface Asked {
  method: string;
  /** Below `/api/v3`, with the query. */
  path: string;
  params: Record<string, string>;
}

/** The repository a request is about, or undefined for one that names none. Throws where GitHub would refuse. */
export function repositoryFor(services: Services, viewer: Viewer, route: Route, asked: Asked): Repository | undefined {
  if (route.as !== viewer.kind) throw wrongKind(viewer);
  const { world } = services;
  const { owner, repo } = asked.params;
  const name = owner === undefined ? null : `${owner}/${repo}`;
  const repository = name === null ? undefined : world.repository(name);
  if (viewer.kind !== "installation") {
    if (name !== null && repository === undefined) throw movedOrMissing(world, name, asked);
    return undefined;
  }
  if (viewer.installation.suspendedAt !== null) throw new GitHubError(403, "This installation has been suspended");
  if (name === null) {
    if (!allowed(route.needs, viewer.permissions)) throw notAccessible();
    return undefined;
  }
  if (repository === undefined) throw movedOrMissing(world, name, asked);
  const reading = asked.method === "GET";
  const covered = world.covers(viewer.installation, repository) && (viewer.repositories?.has(repository.id) ?? true);
  if (!covered && repository.private) throw notFound();
  if (!covered && !reading) throw notAccessible();
  if (covered && !allowed(route.needs, viewer.permissions)) throw lacking(route.needs);
  if (repository.archived && !reading) throw new GitHubError(403, "Repository was archived so is read-only.");
  const gone = issueGone(world, repository, asked);
  if (gone !== null) throw gone;
  return repository;
}

/** `/repositories/ID/...`, which redirects lead to and no documentation knows, as `/repos/OWNER/NAME/...`. */
export function byName(world: World, path: string): string {
  const found = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  const repository = found && world.repositories.get(Number(found[1]));
  return repository ? `/repos/${fullNameOf(repository)}${found[2] ?? ""}` : path;
}

/** For a name of old, the way to where the repository is now. */
function movedOrMissing(world: World, name: string, asked: Asked): GitHubError {
  const id = world.formerNames.get(name.toLowerCase());
  if (id === undefined || !world.repositories.has(id)) return notFound();
  const rest = asked.path.slice(`/repos/${name}`.length);
  return new Moved(world, asked.method, `/repositories/${id}${rest}`);
}

/** A deleted issue is gone; a transferred one is where it went. */
function issueGone(world: World, repository: Repository, { method, path, params }: Asked): GitHubError | null {
  const number = params.issue_number;
  const left = number === undefined ? undefined : repository.gone.get(Number(number));
  if (left === undefined) return null;
  if (left === "deleted") return new GitHubError(410, "This issue was deleted");
  const rest = path.split(`/issues/${number}`)[1] ?? "";
  return new Moved(world, method, `/repositories/${left.repository.id}/issues/${left.number}${rest}`);
}

/** A redirect, whose body names the address too. GitHub keeps the method of what is not a GET by answering 307. */
class Moved extends GitHubError {
  constructor(world: World, method: string, to: string) {
    const location = world.origin + PREFIX + to;
    const reading = method === "GET";
    super(reading ? 301 : 307, reading ? "Moved Permanently" : "Temporary Redirect", [], { location });
  }

  override get body(): object {
    return { message: this.message, url: this.headers.location, documentation_url: "https://docs.github.com/rest" };
  }
}

function wrongKind(viewer: Viewer): GitHubError {
  if (viewer.kind === "installation") return new GitHubError(401, "A JSON web token could not be decoded");
  const message = "You must authenticate with an installation access token in order to access this resource";
  return new GitHubError(403, message);
}

/** Whether any of the permission sets is held. Everybody who is installed may read metadata. */
function allowed(needs: readonly Need[], permissions: Permissions): boolean {
  const has = new Map(Object.entries(permissions));
  const grants = ([name, level]: [string, string]) =>
    name === "metadata" || has.get(name) === level || has.get(name) === "write" || has.get(name) === "admin";
  return needs.length === 0 || needs.some((need) => Object.entries(need).every(grants));
}

/** GitHub names in a header what would have been enough. */
function lacking(needs: readonly Need[]): GitHubError {
  const sets = needs.map((need) =>
    Object.entries(need)
      .map(([name, level]) => `${name}=${level}`)
      .join(","),
  );
  const headers = { "x-accepted-github-permissions": sets.join("; ") };
  return new GitHubError(403, "Resource not accessible by integration", [], headers);
}
